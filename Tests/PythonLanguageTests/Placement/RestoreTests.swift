import Foundation
import PythonLanguage
import SourceCode
import Testing

/// Docstrings of real packages, taken out and put in again.
struct RestoreTests {
    private static let short = ["json", "email", "argparse.py", "dataclasses.py"]
    private static let long = [
        "ast.py", "asyncio", "collections",
        "concurrent", "ctypes", "distutils", "encodings", "http", "idlelib", "importlib",
        "lib2to3",
        "logging", "multiprocessing", "sqlite3", "tkinter", "urllib", "unittest", "wsgiref", "xml", "xmlrpc",
    ]
    private static var parts: [String] { LongTests.areAsked ? short + long : short }
    private static let fixtures = ProcessInfo.processInfo.environment["DOCENT_PYTHON_FIXTURES"]

    @Test(.enabled(if: PythonJudge.isFound))
    func `brings back every byte of a library's docstrings`() throws {
        let count = try LibraryFiles.files(in: Self.parts).reduce(0) { try $0 + expectRestores($1) }

        print("taken out and put back byte for byte: \(count) docstrings")
        #expect(count > 200)
    }

    @Test(.enabled(if: fixtures != nil, "DOCENT_PYTHON_FIXTURES names no folder of Python files"))
    func `brings back every byte of docstrings in files of odd layout`() throws {
        let folder = URL(fileURLWithPath: try #require(Self.fixtures))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let files = try names.filter { $0.hasSuffix(".py") || $0.hasSuffix(".pyi") }.map { name in
            SourceFile(path: name, bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
        }

        let count = try files.filter { (try? PythonLanguage().read($0)) != nil }.reduce(0) {
            try $0 + expectRestores($1)
        }

        #expect(count > 5)
    }

    @Test(arguments: [
        ("def f():\n    'old'\n    pass\n", "def f():\n    pass\n"),
        ("def f():\n\tU'''old\n\n\tmore'''\n\n\tpass", "def f():\n\n\tpass"),
        ("def f():\r\n    r\"\"\"\\d\r\n      \"\"\"  \r\n    pass\r\n", "def f():\r\n    pass\r\n"),
        ("def f():\r    'old'\r    pass\r", "def f():\r    pass\r"),
        ("def f():  # a\n    # b\n\n    'old'  # c\n    pass\n", "def f():  # a\n    # b\n\n      # c\n    pass\n"),
        ("def f():\n    'old'; pass\n", "def f():\n    pass\n"),
        ("def f():\n    'old' ;  # c\n    pass\n", "def f():\n      # c\n    pass\n"),
        ("def f():\n    'old'; \\\n  pass\n", "def f():\n    pass\n"),
        ("def f(): 'old'; pass\n", "def f(): pass\n"),
        ("def f(): 'old'\n", "def f(): pass\n"),
        ("def f(): 'old';\n", "def f(): pass;\n"),
        ("def f():\n    'old'", "def f():\n    pass"),
        ("class A:\n    'old'\n    # c\n", "class A:\n    pass\n    # c\n"),
        ("def f():\n    'a' \\\n    \"b\"\n    pass\n", "def f():\n    pass\n"),
        ("def f():\n    ( # c\n      'a' 'b' # (\n    )\n    pass\n", "def f():\n    pass\n"),
        ("def f():\n    ((\n'a'))\n", "def f():\n    pass\n"),
        ("def f():\n    \\\n  'old' # c\n    pass\n", "def f():\n     # c\n    pass\n"),
        ("def f():\n    'old'\n    'other'\n", "def f():\n    pass\n    'other'\n"),
        ("def f():\n    ''\n    ('other')\n", "def f():\n    pass\n    ('other')\n"),
        ("def f():\n    ''\n    pass\n", "def f():\n    pass\n"),
        ("#!/bin/x\n# coding: latin-1\n\n'old'\nimport a\n", "#!/bin/x\n# coding: latin-1\n\nimport a\n"),
        ("'old'\n# coding: latin-1\n", "pass\n# coding: latin-1\n"),
        ("\u{FEFF}'old'\n", "\u{FEFF}"),
        ("\u{C}'''old\n'''", ""),
        (
            "'m'\nclass A:\n  'a'\n  x = 1\n  'about x'\n  def f(self): 'f'\n",
            "class A:\n  x = 1\n  'about x'\n  def f(self): pass\n"
        ),
    ])
    func `takes out docstrings of any layout, and puts them back`(source: String, stripped: String) throws {
        let file = SourceFile(text: source)

        #expect(try expectRestores(file) > 0)
        let outline = try PythonLanguage().read(file)
        #expect(String(decoding: PythonLanguage().stripped(outline).file.bytes, as: UTF8.self) == stripped)
    }

    @Test func `puts another text, or one whose place has changed, where a missing docstring goes`() throws {
        let outline = try PythonLanguage().read(SourceFile(text: "def f():\n    # c\n    'old'\n    pass\n"))
        let stripped = PythonLanguage().stripped(outline)
        var options = PlacementOptions()
        options.spellings = stripped.spellings
        let changed = SourceFile(text: "def f():\n    # d\n    pass\n")

        let other = try restored(stripped.file, texts: [1: "New."], options)
        let moved = try restored(changed, texts: [1: "old"], options)

        #expect(other == Array("def f():\n    \"\"\"New.\"\"\"\n    # c\n    pass\n".utf8))
        #expect(moved == Array("def f():\n    \"\"\"old\"\"\"\n    # d\n    pass\n".utf8))
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `leaves every docstring that says the same already as it is`() throws {
        var count = 0
        for file in try LibraryFiles.files(in: Self.parts) {
            let outline = try PythonLanguage().read(file)
            let texts = Self.texts(of: outline).filter { !$0.value.isEmpty }

            let placements = PythonLanguage().placements(of: texts, in: outline, options: PlacementOptions())

            #expect(placements.edits.isEmpty, "\(file.path)")
            count += texts.count
        }

        #expect(count > 200)
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `replaces every docstring by one with a word more`() throws {
        var count = 0
        for file in try LibraryFiles.files(in: Self.parts) {
            let outline = try PythonLanguage().read(file)
            let texts = Self.texts(of: outline).mapValues { "More. " + $0 }
            let placements = PythonLanguage().placements(of: texts, in: outline, options: PlacementOptions())
            let after = try PythonLanguage().read(file.applying(placements.edits))

            #expect(PythonLanguage().codeDifference(between: outline, and: after) == nil, "\(file.path)")
            for row in texts.keys {
                let text = PythonLanguage().docstring(of: Declaration(outline: after, row: row))
                #expect(text == texts[row].map(DocstringLiteral.normalized), "\(file.path)")
            }
            #expect(placements.refusals.isEmpty)
            #expect(placements.edits.count == texts.count)
            count += texts.count
        }

        #expect(count > 200)
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `reads declarations, docstrings and code without facts as with them`() throws {
        let language = PythonLanguage()
        for file in try LibraryFiles.files(in: Self.parts) {
            let outline = try language.read(file)

            let structure = try language.readStructure(file)

            #expect(language.codeDifference(between: outline, and: structure) == nil, "\(file.path)")
            #expect(Self.texts(of: structure) == Self.texts(of: outline), "\(file.path)")
            #expect(structure.declarations.map(\.path) == outline.declarations.map(\.path), "\(file.path)")
            #expect(structure.tables.returns.isEmpty)
            #expect(structure.tables.fields.isEmpty)
        }
    }

    /// Takes a file's docstrings out, puts the same texts in, and expects the same bytes; gives the number of docstrings.
    private func expectRestores(_ file: SourceFile) throws -> Int {
        let language = PythonLanguage()
        let outline = try language.read(file)
        let stripped = language.stripped(outline)
        let bare = try language.read(stripped.file)
        var options = PlacementOptions()
        options.spellings = stripped.spellings

        let bytes = try restored(stripped.file, texts: Self.texts(of: outline), options)

        #expect(bare.declarations.allSatisfy { !$0.hasDocstring }, "\(file.path)")
        if stripped.spellings.values.allSatisfy(\.standIn.isEmpty), !stripped.losesComments(of: file) {
            #expect(language.codeDifference(between: outline, and: bare) == nil, "\(file.path)")
        }
        let isRestored = bytes == file.bytes
        #expect(isRestored, "\(file.path): \(String(decoding: bytes.prefix(400), as: UTF8.self))")
        return stripped.spellings.count
    }

    private func restored(_ file: SourceFile, texts: [Int: String], _ options: PlacementOptions) throws -> [UInt8] {
        let outline = try PythonLanguage().read(file)
        let placements = PythonLanguage().placements(of: texts, in: outline, options: options)
        #expect(placements.refusals.isEmpty)
        return file.applying(placements.edits).bytes
    }

    private static func texts(of outline: SourceOutline) -> [Int: String] {
        var texts: [Int: String] = [:]
        for declaration in outline.declarations { texts[declaration.row] = PythonLanguage().docstring(of: declaration) }
        return texts
    }
}

extension StrippedFile {
    /// Whether parentheses, maybe with comments, went with a docstring.
    fileprivate func losesComments(of file: SourceFile) -> Bool {
        spellings.values.contains { $0.source.contains(UInt8(ascii: "(")) && $0.source.contains(UInt8(ascii: "#")) }
            || spellings.values.contains { $0.source.first { $0 > 0x20 } == UInt8(ascii: "(") }
    }
}
