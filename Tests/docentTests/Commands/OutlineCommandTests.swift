import Documenter
import SourceCode
import Testing

@testable import docent

struct OutlineCommandTests {
    @Test
    func `lists declarations by depth and says which lack a docstring`() async {
        let console = TestConsole()

        let code = await Docent.run(["outline", "pkg"], in: context(console))

        #expect(code == .someFailed)
        #expect(
            console.output.text == """
                a.py
                     1  class C
                     1    async def f(*a)  (no docstring)

                """
        )
        #expect(console.messages.text == "docent: b.py:3:7: expected ':'\ndocent: c.py: unreadable\n")
    }

    @Test
    func `writes the facts, or the error of a file, as JSON lines`() async {
        let console = TestConsole()

        let code = await Docent.run(["outline", "--json"], in: context(console))

        #expect(code == .someFailed)
        #expect(
            console.output.text == """
                {"file":"a.py"}
                {"file":"b.py","error":{"reason":"expected ':'","line":3,"column":7}}
                {"file":"c.py","error":{"reason":"unreadable","line":null,"column":null}}

                """
        )
    }

    @Test
    func `shows only errors when asked to be quiet`() async {
        let console = TestConsole()

        let code = await Docent.run(["outline", "--quiet", "--json"], in: context(console))

        #expect(code == .someFailed)
        #expect(console.output.text.isEmpty)
        #expect(console.messages.text == "docent: b.py:3:7: expected ':'\ndocent: c.py: unreadable\n")
    }

    private func context(_ console: TestConsole) -> CommandContext {
        var services = console.context().services
        services.files = { _, _ in
            var found = ProjectFiles()
            found.files = ["a.py", "b.py", "c.py"].map { ProjectFile(path: $0, resolvedPath: "/" + $0, byteCount: 1) }
            return found
        }
        services.outline = { file in
            switch file.path {
            case "a.py": return Self.outline
            case "b.py": throw SourceError(.syntax, path: file.path, line: 3, column: 7, reason: "expected ':'")
            default: throw ProjectError("unreadable")
            }
        }
        services.writeJSON = { outline, json in
            json.object { $0.member("file", outline.file.path) }
            json.endLine()
        }
        return CommandContext(console: console.console, services: services)
    }

    /// `C` with a docstring and in it `f` with `*a` and none.
    private static let outline: SourceOutline = {
        var tables = SourceOutline.Tables()
        var type = DeclarationRecord()
        type.kind = .class
        type.name = ByteRange(0, 1)
        type.parent = 0
        type.docstring = ByteRange(0, 1)
        var function = DeclarationRecord()
        function.kind = .function
        function.traits = .isAsync
        function.name = ByteRange(1, 2)
        function.parent = 1
        function.parameters = RowRange(0, 1)
        tables.parameters = [ParameterRecord(kind: .variadic, name: ByteRange(2, 3))]
        tables.declarations = [DeclarationRecord(), type, function]
        return SourceOutline(
            file: SourceFile(path: "a.py", text: "Cfa"),
            encoding: .utf8,
            layout: (.lineFeed, "    "),
            tables: tables
        )
    }()
}
