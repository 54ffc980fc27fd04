import Documenter
import PythonLanguage
import SourceCode
import Testing

struct GateTests {
    private static let source = """
        # about a
        def a(x):
            return x  # given

        def b(x):
            # why
            y = x

            return y

        class C:
            '''Old.'''

            def d(self): pass

        def e():
            pass

        """

    /// A lie about the docstring of `b`, and what the gate says of it.
    struct Lie: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let reason: String
        let spoil: @Sendable (SourceEdit, SourceOutline) -> SourceEdit

        init(
            _ description: String,
            _ reason: String,
            _ spoil: @escaping @Sendable (SourceEdit, SourceOutline) -> SourceEdit
        ) {
            testDescription = description
            self.reason = reason
            self.spoil = spoil
        }

        static let all = [
            Lie("goes into another function", "the docstring does not read back as written") { edit, outline in
                edit.moved(to: Int(outline.tables.declarations[5].insertion), in: outline)
            },
            Lie("goes behind the first statement", "code differs at line 9") { edit, outline in
                edit.moved(behind: "y = x\n", in: outline)
            },
            Lie("changes code", "code differs at line 7") { edit, outline in
                edit.replacing("y = x", with: "y = z", in: outline)
            },
            Lie("drops a statement", "code differs at line 7") { edit, outline in
                edit.replacing("y = x", with: "", in: outline)
            },
            Lie("drops a comment", "the number of comments differs") { edit, outline in
                edit.replacing("# why\n    ", with: "", in: outline)
            },
            Lie("changes a comment", "a comment differs at line 6") { edit, outline in
                edit.replacing("# why", with: "# who", in: outline)
            },
            Lie("adds a comment", "the number of comments differs") { edit, outline in
                edit.replacing("# why", with: "# why\n    # and how", in: outline)
            },
            Lie("moves a statement out of its block", "the structure differs at statement 5") { edit, outline in
                edit.replacing("\n\n    return y", with: "\n\nreturn y", in: outline)
            },
            Lie("adds a statement", "code differs at line 7") { edit, _ in
                edit.rewritten(as: edit.replacement + Array("    pass\n".utf8))
            },
            Lie("writes another text", "the docstring does not read back as written") { edit, _ in
                edit.rewritten(as: Array("    \"\"\"Else.\"\"\"\n".utf8))
            },
            Lie("writes nothing", "the docstring does not read back as written") { edit, _ in edit.rewritten(as: []) },
            Lie("writes a format string", "code differs at line 7") { edit, _ in
                edit.rewritten(as: Array("    f\"\"\"B.\"\"\"\n".utf8))
            },
            Lie("breaks the syntax", "the file could not be parsed any more") { edit, _ in
                edit.rewritten(as: Array("    '''\n".utf8))
            },
            Lie("breaks the indentation", "the file could not be parsed any more") { edit, _ in
                edit.rewritten(as: Array("  \"\"\"B.\"\"\"\n".utf8))
            },
            Lie("changes another docstring", "another docstring changed") { edit, outline in
                edit.replacing("'''Old.'''", with: "'''New.'''", in: outline)
            },
            Lie("respells another docstring", "another docstring changed") { edit, outline in
                edit.replacing("'''Old.'''", with: "'Old.'", in: outline)
            },
            Lie("removes another docstring", "another docstring changed") { edit, outline in
                edit.replacing("'''Old.'''\n", with: "\n", in: outline)
            },
            Lie("lies outside the file", "the edits overlap or lie outside the file") { edit, outline in
                edit.moved(to: outline.file.bytes.count + 1, in: outline)
            },
            Lie("belongs to no declaration", "the edit belongs to no declaration") { edit, _ in
                SourceEdit(declaration: 99, range: edit.range, replacement: edit.replacement, text: edit.text)
            },
            Lie("declares something", "code differs at line 7") { edit, _ in
                edit.rewritten(as: edit.replacement + Array("    def f(): 'no'\n".utf8))
            },
        ]
    }

    @Test(arguments: Lie.all)
    func `takes back the one edit that lies, and lets the others pass`(lie: Lie) throws {
        let file = SourceFile(text: Self.source)
        let outline = try PythonLanguage().read(file)
        let language = LyingLanguage { edit, outline in
            Declaration(outline: outline, row: edit.declaration).path == "b" ? lie.spoil(edit, outline) : edit
        }
        let texts = [1: "A.", 2: "B.", 4: "D.", 5: "E."]
        let edits = language.placements(of: texts, in: outline, options: PlacementOptions()).edits

        let verdict = Gate(language: language, outline: outline).verdict(on: edits)

        #expect(verdict.undone.count == 1)
        #expect(verdict.undone.first?.reason.hasPrefix(lie.reason) == true, "\(verdict.undone.map(\.reason))")
        #expect(verdict.edits.map(\.text) == ["A.", "D.", "E."])
        let honest = PythonLanguage().placements(
            of: [1: "A.", 4: "D.", 5: "E."],
            in: outline,
            options: PlacementOptions()
        )
        #expect(verdict.outline.file.bytes == file.applying(honest.edits).bytes)
    }

    @Test func `passes edits that are what they say`() throws {
        let outline = try PythonLanguage().read(SourceFile(text: Self.source))
        let texts = [0: "M.", 1: "A.", 2: "B.", 3: "C.\n\nMore.", 4: "D.", 5: "E."]
        let edits = PythonLanguage().placements(of: texts, in: outline, options: PlacementOptions()).edits

        let verdict = Gate(language: PythonLanguage(), outline: outline).verdict(on: edits)

        #expect(verdict.edits == edits)
        #expect(verdict.undone.isEmpty)
        #expect(verdict.outline.file.bytes == outline.file.applying(edits).bytes)
    }

    @Test func `gives the file back when there is nothing to put in place`() throws {
        let outline = try PythonLanguage().read(SourceFile(text: Self.source))

        let verdict = Gate(language: PythonLanguage(), outline: outline).verdict(on: [])

        #expect(verdict.edits.isEmpty)
        #expect(verdict.outline === outline)
    }

    @Test func `keeps the first of edits that do not go together`() throws {
        let outline = try PythonLanguage().read(SourceFile(text: Self.source))
        let place = Int(outline.tables.declarations[1].insertion)
        let edits = ["A.", "Also a."].map { text in
            SourceEdit(
                declaration: 1,
                range: ByteRange(place, place),
                replacement: Array("    \"\"\"\(text)\"\"\"\n".utf8),
                text: text
            )
        }

        let verdict = Gate(language: PythonLanguage(), outline: outline).verdict(on: edits)

        #expect(verdict.edits.map(\.text) == ["A."])
        #expect(verdict.undone.map(\.edit.text) == ["Also a."])
    }

    @Test func `takes back an edit whose comment goes with the literals it replaces`() throws {
        let outline = try PythonLanguage().read(
            SourceFile(text: "def a():\n    ('x' # why\n     'y')\ndef b():\n    'z'\n")
        )
        let edits = PythonLanguage().placements(of: [1: "A.", 2: "B."], in: outline, options: PlacementOptions()).edits

        let verdict = Gate(language: PythonLanguage(), outline: outline).verdict(on: edits)

        #expect(verdict.undone.map(\.reason) == ["the number of comments differs"])
        #expect(
            String(decoding: verdict.outline.file.bytes, as: UTF8.self)
                == "def a():\n    ('x' # why\n     'y')\ndef b():\n    \"\"\"B.\"\"\"\n"
        )
    }

    @Test(arguments: PlacementOptions.OneLineSuites.allCases)
    func `passes docstrings of bodies on their header's line`(suites: PlacementOptions.OneLineSuites) throws {
        let outline = try PythonLanguage().read(
            SourceFile(text: "def a(): pass\nclass B: x = 1; y = 2\ndef c(): 'old'; pass\ndef d(): 'old'\n")
        )
        var options = PlacementOptions()
        options.oneLineSuites = suites
        let texts = [1: "A.", 2: "B.", 3: "C.", 4: "D."]
        let edits = PythonLanguage().placements(of: texts, in: outline, options: options).edits

        let verdict = Gate(language: PythonLanguage(), outline: outline).verdict(on: edits)

        #expect(verdict.undone.map(\.reason) == [])
        #expect(verdict.edits.count == 4)
    }
}

extension SourceEdit {
    fileprivate func rewritten(as bytes: [UInt8]) -> SourceEdit {
        SourceEdit(declaration: declaration, range: range, replacement: bytes, text: text)
    }

    fileprivate func moved(to offset: Int, in outline: SourceOutline) -> SourceEdit {
        SourceEdit(declaration: declaration, range: ByteRange(offset, offset), replacement: replacement, text: text)
    }

    fileprivate func moved(behind text: String, in outline: SourceOutline) -> SourceEdit {
        moved(to: outline.range(of: text).upperBound, in: outline)
    }

    /// The edit stretched over a piece of the file, which it replaces.
    fileprivate func replacing(_ old: String, with new: String, in outline: SourceOutline) -> SourceEdit {
        let found = outline.range(of: old)
        let (low, high) = (Int(range.start), found.upperBound)
        let between = outline.file.bytes[low..<found.lowerBound]
        return SourceEdit(
            declaration: declaration,
            range: ByteRange(low, high),
            replacement: replacement + between + Array(new.utf8),
            text: self.text
        )
    }
}

extension SourceOutline {
    /// Where a text stands first.
    fileprivate func range(of text: String) -> Range<Int> {
        let wanted = Array(text.utf8)
        let start = file.bytes.indices.first { file.bytes[$0...].starts(with: wanted) } ?? 0
        return start..<start + wanted.count
    }
}
