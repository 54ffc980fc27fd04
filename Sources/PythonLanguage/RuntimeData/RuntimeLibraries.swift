/// Libraries, by what they do with docstrings at run time; a module that imports none needs few questions.
package struct RuntimeLibraries: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A command's docstring is its help text.
    package static let commands = RuntimeLibraries(rawValue: 1)
    /// A route's docstring is its description.
    package static let routes = RuntimeLibraries(rawValue: 1 << 1)
    /// A resource or view class has docstrings that are descriptions, its own and those of its methods.
    package static let resources = RuntimeLibraries(rawValue: 1 << 2)
    /// The docstring of a schema's type or field is its description.
    package static let schemas = RuntimeLibraries(rawValue: 1 << 3)
    /// The docstring of a rule is its grammar: PLY.
    package static let grammars = RuntimeLibraries(rawValue: 1 << 4)
    /// What is given to a call becomes a command: `fire.Fire(main)`.
    package static let entryPoints = RuntimeLibraries(rawValue: 1 << 5)
    /// A task's docstring is its help text.
    package static let tasks = RuntimeLibraries(rawValue: 1 << 6)
    /// The docstring is an instruction to a language model.
    package static let prompts = RuntimeLibraries(rawValue: 1 << 7)
    /// The docstring tells a language model what a function is for.
    package static let tools = RuntimeLibraries(rawValue: 1 << 8)
    /// A test step's docstring is shown in reports.
    package static let steps = RuntimeLibraries(rawValue: 1 << 9)
    /// The docstrings of `do_…` methods are help texts.
    package static let consoles = RuntimeLibraries(rawValue: 1 << 10)

    /// What the library of an imported top-level module does with docstrings; `nil` if nothing is known.
    package static func library(named name: UnsafeBufferPointer<UInt8>) -> RuntimeLibraries? {
        let name = ByteName(name)
        for (libraries, names) in known where name.isOne(of: names) { return libraries }
        return name.hasPrefix("langchain") || name.hasPrefix("llama_index") ? .tools : nil
    }

    private static let known: [(RuntimeLibraries, [StaticString])] = [
        ([.commands, .entryPoints], ["typer", "cyclopts"]),
        (.commands, ["click", "rich_click", "asyncclick", "cloup", "click_extra", "discord", "nextcord", "disnake"]),
        (
            .routes,
            [
                "fastapi", "starlette", "aiohttp", "litestar", "ninja", "flasgger", "apispec", "flask_openapi3",
                "apiflask",
                "spectree", "sanic_ext", "sanic_openapi", "quart_schema", "fastapi_utils", "flask_apispec",
            ]
        ),
        ([.routes, .resources], ["flask_restx", "flask_restplus", "flask_smorest", "rest_framework", "drf_yasg"]),
        (.schemas, ["strawberry", "strawberry_django", "graphene", "graphene_django"]),
        (.grammars, ["ply"]),
        (.entryPoints, ["fire", "tyro", "defopt", "plac", "clize", "jsonargparse", "argh"]),
        (.tasks, ["invoke", "fabric", "fabric2", "prefect", "airflow", "dagster", "nox"]),
        (.prompts, ["dspy", "marvin", "ell", "outlines"]),
        (
            .tools,
            [
                "smolagents", "mcp", "fastmcp", "agents", "pydantic_ai", "crewai", "semantic_kernel", "livekit",
                "strands",
                "autogen", "langgraph", "haystack",
            ]
        ),
        (.steps, ["pytest_bdd", "behave"]),
        (.consoles, ["cmd", "cmd2"]),
    ]
}
