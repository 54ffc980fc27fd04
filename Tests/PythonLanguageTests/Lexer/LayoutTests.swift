import PythonLanguage
import SourceCode
import Testing

struct LayoutTests {
    @Test(
        arguments: [
            ("def f(): pass", ["f:1"]),
            ("def f():\n\tpass\n\n\tdef g():\n\t\tpass\ndef h(): pass", ["f:1", "f.g:4", "h:6"]),
            ("class A:\r    def f(self):\r        pass\r\rdef g(): pass\r", ["A:1", "A.f:2", "g:5"]),
            ("class A:\r\n  def f(self):\n    pass\rdef g(): pass", ["A:1", "A.f:2", "g:4"]),
            ("\u{FEFF}def f(): pass", ["f:1"]),
            ("\u{FEFF}# c\ndef f(): pass", ["f:2"]),
            ("def \\\n  f():\n    pass", ["f:1"]),
            ("x = 1 \\\n\ndef f(): pass", ["f:3"]),
            ("if a: \\\n\n  pass\ndef f(): pass", ["f:4"]),
            ("\u{0C}def f():\n\u{0C}    pass\n    \u{0C}def g(): pass", ["f:1", "g:3"]),
            ("def f():\n    \u{0C}  pass\n  def g(): pass", ["f:1", "f.g:3"]),
            ("\u{0C}\ndef f():\n    pass\n\u{0C}\n    def g(): pass\n", ["f:2", "f.g:5"]),
            (
                "class A:\n    def f(self): pass\n  # less\n        # more\n    def g(self): pass\n# none\n",
                ["A:1", "A.f:2", "A.g:5"]
            ),
            ("class A:\n        x = 1\n\tdef f(self): pass", nil),
            ("class A:\n  if a:\n\tx = 1\n  def f(self): pass", nil),
            ("class A:\n    x = [\ndef, ]", nil),
            ("class A:\n    x = [\n0, ]\n    def f(self): pass", ["A:1", "A.f:4"]),
            ("class A:\n    x = '''\ndef no(): pass\n'''\n    def f(self): pass", ["A:1", "A.f:5"]),
            ("class A:\n    x = 1; \\\n  y = 2\n    def f(self): pass", ["A:1", "A.f:4"]),
            ("class A:\n    \\\n    def f(self): pass", ["A:1", "A.f:3"]),
            ("def f(): pass\n    ", ["f:1"]),
            ("def f():\n    pass\n    # c", ["f:1"]),
            ("def f():\n    pass\n\n\n   ", ["f:1"]),
            ("\n\n  \n# c\n   # c\ndef f(): pass", ["f:6"]),
            ("def f(a\n, b): pass;\nclass A: x = 1;", ["f:1", "A:3"]),
            ("x = 1\u{2028}\n", nil),
            ("# \u{2028}\u{85}\u{0B}\ndef f(): pass", ["f:2"]),
            ("x = '\u{2028}\u{85}\u{0B}'\ndef f(): pass", ["f:2"]),
            ("match = 1\nmatch.x\nmatch(a)\ncase = type = _ = match\ndef type(): pass", ["type:5"]),
            ("match x:\n  case 1:\n    def f(): pass\ndef case(): pass", ["f:3", "case:4"]),
            ("type X = int\ntype = 1\ndef f(): pass", ["f:3"]),
            ("@a\n\n# c\n@b\nasync \\\ndef f(): pass", ["f:5"]),
            ("x = 1\0", nil),
            ("x = '\0'", nil),
            ("# \0", nil),
        ] as [(String, [String]?)]
    )
    func `is read as CPython reads it`(source: String, lines: [String]?) throws {
        guard let lines else {
            #expect(throws: SourceError.self) { try Reading(source) }
            return
        }

        let reading = try Reading(source)

        #expect(reading.outline.declarations.dropFirst().map { "\($0.path):\($0.record.line)" } == lines)
    }

    @Test(arguments: [
        ("a\nb\r\nc\r\n", LineEnding.carriageReturnLineFeed, [0, 2, 5, 8]),
        ("a\nb\r\nc\n", .lineFeed, [0, 2, 5, 7]),
        ("a\rb\rc\n", .carriageReturn, [0, 2, 4, 6]),
        ("a", .lineFeed, [0]),
        ("", .lineFeed, [0]),
        ("\u{FEFF}a\n", .lineFeed, [3, 5]),
        ("a\n\rb", .lineFeed, [0, 2, 3]),
    ])
    func `ends lines at three marks only`(source: String, ending: LineEnding, starts: [UInt32]) throws {
        let outline = try Reading(source).outline

        #expect(outline.lineEnding == ending)
        #expect(outline.tables.lineStarts == starts)
    }

    @Test(arguments: [
        ("def f():\n  pass\nclass A:\n        x = 1", "  "),
        ("def f():\n\tpass", "\t"),
        ("x = (\n  1)", "    "),
        ("def f(): pass", "    "),
        ("# c\n   # d\nif a:\n   b", "   "),
    ])
    func `takes its unit from the first indented block`(source: String, unit: String) throws {
        #expect(try Reading(source).outline.indentationUnit == unit)
    }

    @Test(
        .enabled(if: PythonJudge.isFound),
        arguments: [
            "\u{0C}def f():\n\u{0C}    pass\n    \u{0C}def g(): pass",
            "class A:\n  if a:\n\tx = 1\n  def f(self): pass",
            "class A:\n    \\\n    def f(self): pass", "x = 1 \\\n\ndef f(): pass", "if a: \\\n\n  pass\ndef f(): pass",
            "class A:\n        x = 1\n\tdef f(self): pass", "x = 1\n\u{0C}  \n\u{0C}y", "if a:\n \u{0C} b\n \u{0C} c",
            "if a:\n\u{0C}\tb\n\u{0C}        c", "def f():\n    \u{0C}  pass\n  def g(): pass", "if a:\n  b\n \\\n c",
            "if a:\n  b\n \\\n  c",
            "if a:\n  \\\n    b\n  c", "if a:\n \\\n  \\\n   b\n c", "if a:\n\\\n  b", "  \\\nx", "\\\nx", "\\\n",
            "x\\\n", "x = 1\n  \\\n",
            "x = 1\n\\\n", "\u{0C}  x", "# \0", "x = 1\n#", "if a: b\n\t\n  \t# c\nd", "x\r\n\ry", "x = 'a\\\r\nb'",
            "x = 'a\rb'",
        ]
    )
    func `is accepted or refused as by the CPython at hand`(source: String) throws {
        let isAccepted = (try? Reading(source)) != nil

        let verdicts: [Bool] = try PythonJudge.answers(
            to: [source],
            script: """
                def answer(source):
                    try:
                        ast.parse(source.encode())
                        return True
                    except (SyntaxError, ValueError):
                        return False
                """
        )

        #expect(verdicts == [isAccepted])
    }
}
