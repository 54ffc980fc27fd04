import Documenter
import SourceCode

extension GenerateCommand {
    private typealias Choice = Option<GenerateCommand>

    static let options: [Option<GenerateCommand>] = selection + writing + modes + output

    static let manual = Manual(
        summary: "Write a docstring for every declaration that lacks one",
        operands: "[PATH]...",
        completion: .files,
        text: """
            Reads the Python files under each PATH (the current folder when there is none),
            but for those that .gitignore names, says in docstrings what the code itself
            states, proves that nothing else changed in a file, and writes it.
            Options override what [tool.docent] in pyproject.toml says.
            """,
        sections: [
            Manual.Section(
                "Exit codes",
                """
                0    done
                1    --check, and something would be written
                2    the command line, a path or the configuration is wrong; nothing was done
                3    some files could not be understood, read or written, the others are done;
                     or the output could not be written
                130  stopped by Ctrl-C; each file is either the old or the new one, in whole
                141  whoever read the output has stopped, as 'head' does
                """
            ),
            Manual.Section(
                "Examples",
                """
                docent generate --diff src            show what would be written
                docent generate src/app.py            write one file
                docent generate --check .             for continuous integration
                docent generate --diff . | git apply  write by way of git
                """
            ),
        ]
    )

    private static let selection = [
        Choice.text("include", "GLOB", "Only files that match; can be repeated") { $0.changes.include($1) },
        .text("exclude", "GLOB", "No file or folder that matches; can be repeated, adds to the project's") {
            $0.changes.exclude($1)
        },
        setting("private", "Document names that begin with an underscore, and vendored files", \.documentsPrivate),
        setting("nested", "Document what is declared inside functions or for a script's own run", \.documentsNested),
        setting("init", "Document __init__, not in its class, and empty __init__ files", \.documentsInitializers),
        setting("tests", "Document tests", \.documentsTests),
        setting("stubs", "Document stub files (.pyi)", \.documentsStubs),
        setting("runtime-docstrings", "Document where a docstring is data at run time", \.documentsRuntimeData),
        setting("overwrite", "Replace docstrings that exist", \.overwrites),
    ].map { $0.group("What to document") }

    private static let styles: KeyValuePairs<String, String?> = [
        "auto": nil, "google": "google", "numpy": "numpy", "rest": "rest", "sphinx": "rest", "epytext": "epytext",
    ]

    private static let writing = [
        Choice.choice("style", "The project's own style (auto, the default) or another", among: styles) {
            $0.changes.set(\.style, to: $1)
        }.short("s"),
        .number("line-length", in: 20...1000, "The longest line; the project's formatter's, else 88") {
            $0.changes.set(\.lineLength, to: $1)
        }.short("l"),
        .choice("types", "Types beside names; auto leaves them out in Google style", among: typeChoices) {
            $0.changes.set(\.types, to: $1)
        },
        .choice("one-line-suites", "Break lines with a body behind the colon, or keep them", among: suiteChoices) {
            $0.changes.set(\.oneLineSuites, to: $1)
        },
    ].map { $0.group("How to write") }

    private static let typeChoices: KeyValuePairs<String, DocstringContent.Types> = [
        "auto": .auto, "always": .always, "never": .never,
    ]

    private static let suiteChoices: KeyValuePairs<String, PlacementOptions.OneLineSuites> = [
        "split": .split, "keep": .keep,
    ]

    private static let modes = [
        Choice.flag("diff", "Show what would be written as a patch; write nothing") { $0.showsDifference = $1 },
        .flag("check", "Write nothing; exit with 1 if anything would be written") { $0.checks = $1 },
        .text("markdown", "DIR", "Write Markdown pages of all declarations, too") { $0.markdownFolder = $1 }
            .completing(.folders),
    ].map { $0.group("What happens") }

    private static let output = [
        Choice.flag("json", "Results as JSON lines; 'docent help json' tells more") { $0.writesJSON = $1 },
        .flag("quiet", "No progress and no summary, only errors") { $0.isQuiet = $1 }.short("q"),
        .number("jobs", in: 1...1024, "Files at once; as many as there are processors") {
            $0.changes.set(\.jobs, to: $1)
        }.short("j"),
    ].map { $0.group("Output and speed") }

    private static func setting(
        _ name: String,
        _ help: String,
        _ property: any WritableKeyPath<Settings, Bool> & Sendable
    ) -> Option<GenerateCommand> {
        .flag(name, help, isNegatable: true) { $0.changes.set(property, to: $1) }
    }
}
