import SourceCode
import Testing

struct SourceOutlineTests {
    /// Two classes `A`, the first with a method `f`, over hand-made rows.
    private let outline: SourceOutline = {
        var module = DeclarationRecord()
        module.kind = .module
        var first = DeclarationRecord()
        first.kind = .class
        first.name = ByteRange(6, 7)
        first.parent = 0
        first.leadingComment = ByteRange(29, 43)
        var method = DeclarationRecord()
        method.kind = .function
        method.name = ByteRange(15, 16)
        method.parent = 1
        var tables = SourceOutline.Tables()
        tables.declarations = [module, first, method]
        tables.lineStarts = [0, 9, 29, 36]
        let text = "class A:\n  def f(self): pass\n#: one\n##  two\n"
        return SourceOutline(
            file: SourceFile(text: text),
            encoding: .utf8,
            layout: (.lineFeed, "  "),
            tables: tables
        )
    }()

    @Test(arguments: [(0, 1, 1), (8, 1, 9), (9, 2, 1), (15, 2, 7), (28, 2, 20), (29, 3, 1), (99, 4, 64)])
    func `tells line and column of an offset`(offset: Int, line: Int, column: Int) {
        let position = outline.position(of: offset)

        #expect(position.line == line)
        #expect(position.column == column)
    }

    @Test
    func `joins names from the outermost declaration inwards`() {
        #expect(outline.declarations.map(\.path) == ["", "A", "A.f"])
        #expect(outline.declarations.map(\.isMethod) == [false, false, true])
    }

    @Test
    func `gives comments without their marks`() {
        #expect(Declaration(outline: outline, row: 1).leadingComment == "one\n two")
    }

    @Test
    func `gives no text for ranges outside of the file`() {
        #expect(outline.text(ByteRange(40, 400)).isEmpty)
    }
}

struct SourceEditTests {
    @Test
    func `applies edits in order and keeps every other byte`() {
        let file = SourceFile(text: "abcdef")
        let edits = [
            SourceEdit(declaration: 0, range: ByteRange(0, 0), replacement: Array("<".utf8), text: ""),
            SourceEdit(declaration: 1, range: ByteRange(2, 4), replacement: Array("--".utf8), text: ""),
            SourceEdit(declaration: 2, range: ByteRange(6, 6), replacement: Array(">".utf8), text: ""),
        ]

        #expect(file.applying(edits).bytes == Array("<ab--ef>".utf8))
        #expect(file.applying([]).bytes == file.bytes)
    }
}
