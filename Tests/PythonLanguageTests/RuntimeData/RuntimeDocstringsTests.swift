import PythonLanguage
import SourceCode
import Testing

struct RuntimeDocstringsTests {
    /// A declaration with the module and the class around it, in as few words as a table needs.
    struct Case: Sendable, CustomTestStringConvertible {
        var decorator = ""
        var kind = DeclarationKind.function
        var name = "work"
        var base = ""
        var parent = ""
        var parentBase = ""
        var imports: [String] = []
        var definesTokens = false
        var code = ""

        var testDescription: String { "\(imports) @\(decorator) \(parent)(\(parentBase)).\(name)(\(base)) \(code)" }

        /// What the judge says, the class around it judged first.
        var traits: DeclarationTraits {
            var bytes: [UInt8] = []
            func range(_ text: String) -> ByteRange {
                defer { bytes += (text + "\n").utf8 }
                return ByteRange(bytes.count, bytes.count + text.utf8.count)
            }
            let ranges = [range(decorator), range(base), range(parentBase)]
            var record = DeclarationRecord()
            record.kind = kind
            record.name = range(name)
            if !decorator.isEmpty { record.decorators = RowRange(0, 1) }
            if !base.isEmpty { record.bases = RowRange(1, 2) }
            var enclosing = DeclarationRecord()
            if !parent.isEmpty {
                enclosing.kind = .class
                enclosing.name = range(parent)
                if !parentBase.isEmpty { enclosing.bases = RowRange(2, 3) }
            }
            bytes += code.utf8
            var module = RuntimeDocstrings.Module()
            module.definesTokens = definesTokens
            module.readsDocstring = code.contains("=__doc__")
            for name in imports {
                module.libraries.formUnion(Array(name.utf8).withUnsafeBufferPointer(RuntimeLibraries.library) ?? [])
            }
            return bytes.withUnsafeBufferPointer { buffer in
                let judge = RuntimeDocstrings(module, in: buffer)
                let top = DeclarationRecord()
                if enclosing.kind == .class {
                    enclosing.traits = judge.traits(of: enclosing, parent: top, ranges: ranges, in: buffer)
                }
                return judge.traits(of: record, parent: kind == .module ? nil : enclosing, ranges: ranges, in: buffer)
            }
        }
    }

    @Test(arguments: [
        Case(decorator: "cli.command()"),
        Case(decorator: "app.cli.command('x')"),
        Case(decorator: "main.group"),
        Case(decorator: "command(help='x')", imports: ["click"]),
        Case(decorator: "app.callback()", imports: ["typer"]),
        Case(decorator: "app.default", imports: ["cyclopts"]),
        Case(decorator: "router.get('/x')", imports: ["fastapi"]),
        Case(decorator: "app.post", imports: ["starlette"]),
        Case(decorator: "routes.delete('/')", imports: ["aiohttp"]),
        Case(decorator: "strawberry.type", kind: .class, name: "User", imports: ["strawberry"]),
        Case(kind: .class, name: "User", base: "graphene.ObjectType", imports: ["graphene"]),
        Case(kind: .class, name: "Users", base: "Resource", imports: ["flask_restx"]),
        Case(name: "get", parent: "Users", parentBase: "Resource", imports: ["flask_restx"]),
        Case(kind: .class, name: "Users", base: "viewsets.ModelViewSet", imports: ["rest_framework"]),
        Case(name: "list", parent: "Users", parentBase: "APIView", imports: ["rest_framework"]),
        Case(kind: .module, name: "", code: "argparse.ArgumentParser(description=__doc__)"),
        Case(name: "p_expression", imports: ["ply"]),
        Case(name: "t_NUMBER", parent: "Lexer", definesTokens: true),
        Case(name: "main", imports: ["fire"], code: "fire.Fire(main)"),
        Case(name: "main", imports: ["fire"], code: "from fire import Fire\nFire( main, name='x')"),
        Case(name: "anything", imports: ["fire"], code: "fire.Fire()"),
        Case(name: "build", parent: "Tool", imports: ["fire"], code: "fire.Fire(Tool)"),
        Case(kind: .class, name: "Tool", imports: ["tyro"], code: "tyro.cli(Tool)"),
        Case(decorator: "task", imports: ["invoke"]),
        Case(decorator: "task(pre=[x])", imports: ["fabric"]),
        Case(decorator: "task.branch", imports: ["airflow"]),
        Case(kind: .class, name: "Answer", base: "dspy.Signature", imports: ["dspy"]),
        Case(decorator: "tool"),
        Case(decorator: "mcp.tool()"),
        Case(decorator: "mcp.resource('x://y')", imports: ["mcp"]),
        Case(decorator: "function_tool"),
        Case(decorator: "given('a thing')", imports: ["pytest_bdd"]),
        Case(name: "do_quit", parent: "Shell", parentBase: "cmd.Cmd", imports: ["cmd"]),
    ])
    func `sees that a docstring is data at run time`(example: Case) {
        #expect(example.traits == .hasRuntimeDocstring)
    }

    @Test(arguments: [
        "Appender(_shared_docs['x'])", "Substitution(name='x')", "doc(Base.method)", "_docstring.interpd",
        "docstring.copy(Axes)",
        "add_start_docstrings('x')", "inherit_doc", "copy_docs", "fill_doc", "magic_arguments()",
    ])
    func `sees that a decorator makes the docstring`(decorator: String) {
        #expect(Case(decorator: decorator).traits == .hasDocstringDecorator)
    }

    @Test(arguments: [
        Case(),
        Case(decorator: "property"),
        Case(decorator: "functools.lru_cache(maxsize=None)"),
        Case(decorator: "command"),
        Case(decorator: "pytest.mark.group"),
        Case(decorator: "pytest.mark.docs"),
        Case(decorator: "skip_doctest"),
        Case(decorator: "app.route('/')", imports: ["flask"]),
        Case(decorator: "cache.get('x')"),
        Case(decorator: "task", imports: ["celery"]),
        Case(decorator: "shared_task", imports: ["invoke"]),
        Case(kind: .class, name: "Users", base: "Base", imports: ["sqlalchemy"]),
        Case(kind: .class, name: "Users", base: "metaclass=Resource", imports: ["flask_restx"]),
        Case(name: "get", parent: "Users", parentBase: "Base", imports: ["flask_restx"]),
        Case(name: "helper", parent: "Users", parentBase: "Resource", imports: ["flask_restx"]),
        Case(kind: .module, name: "", imports: ["click"], code: "x = 1"),
        Case(name: "p_expression"),
        Case(name: "p_error", imports: ["ply"]),
        Case(name: "helper", imports: ["fire"], code: "fire.Fire(main)\nmisfire.CampFire()"),
        Case(name: "_private", imports: ["fire"], code: "fire.Fire()"),
        Case(name: "_private", parent: "Tool", imports: ["fire"], code: "fire.Fire(Tool)"),
        Case(name: "main", code: "fire.Fire(main)"),
        Case(name: "do_quit", parent: "Shell"),
        Case(name: "document"),
    ])
    func `leaves ordinary declarations alone`(example: Case) {
        #expect(example.traits == [])
    }
}
