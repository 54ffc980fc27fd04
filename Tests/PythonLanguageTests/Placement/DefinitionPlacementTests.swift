import PythonLanguage
import SourceCode
import Testing

struct DefinitionPlacementTests {
    @Test(
        arguments: [
            ("def f():\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n    pass\n"),
            ("def f():\n\tpass", "def f():\n\t\"\"\"A.\"\"\"\n\tpass"),
            ("def f():  # c\n  pass\n", "def f():  # c\n  \"\"\"A.\"\"\"\n  pass\n"),
            ("def f():\n\n    # c\n\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n\n    # c\n\n    pass\n"),
            ("def f():\n# c\n        # d\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n# c\n        # d\n    pass\n"),
            (
                "def f(a,\n  b=lambda: 1\n) -> {c: d}:\n    pass\n",
                "def f(a,\n  b=lambda: 1\n) -> {c: d}:\n    \"\"\"A.\"\"\"\n    pass\n"
            ),
            (
                "def f(a=f'{b:c}') -> lambda: e:\n    pass\n",
                "def f(a=f'{b:c}') -> lambda: e:\n    \"\"\"A.\"\"\"\n    pass\n"
            ),
            ("def f() \\\n  :\n    pass\n", "def f() \\\n  :\n    \"\"\"A.\"\"\"\n    pass\n"),
            (
                "def f[T: (int, {1: 2})](a: T):\n    pass\n",
                "def f[T: (int, {1: 2})](a: T):\n    \"\"\"A.\"\"\"\n    pass\n"
            ),
            (
                "@a\n# c\n@b(lambda: c)\nasync def f():\n    pass\n",
                "@a\n# c\n@b(lambda: c)\nasync def f():\n    \"\"\"A.\"\"\"\n    pass\n"
            ),
            ("def f():\n    @a\n    def g(): pass\n", "def f():\n    \"\"\"A.\"\"\"\n    @a\n    def g(): pass\n"),
            ("def f():\n    \\\n  pass\n", "def f():\n    \"\"\"A.\"\"\"\n    \\\n  pass\n"),
            ("def f():\n    x = '''\n'''\n", "def f():\n    \"\"\"A.\"\"\"\n    x = '''\n'''\n"),
            ("def f():\n    b'no'\n", "def f():\n    \"\"\"A.\"\"\"\n    b'no'\n"),
            ("def f():\n    f'no'\n", "def f():\n    \"\"\"A.\"\"\"\n    f'no'\n"),
            (
                "def f():\n    # type: () -> int\n    pass\n",
                "def f():\n    # type: () -> int\n    \"\"\"A.\"\"\"\n    pass\n"
            ),
            (
                "def f():  # type: ignore\n    #type:(int)->int\n    # c\n    pass\n",
                "def f():  # type: ignore\n    #type:(int)->int\n    \"\"\"A.\"\"\"\n    # c\n    pass\n"
            ),
            ("def f():\n    # type: int\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n    # type: int\n    pass\n"),
            (
                "def f():\n    # c\n    # type: () -> int\n    pass\n",
                "def f():\n    \"\"\"A.\"\"\"\n    # c\n    # type: () -> int\n    pass\n"
            ),
            ("def f():\r\n    pass\r\n", "def f():\r\n    \"\"\"A.\"\"\"\r\n    pass\r\n"),
            ("def f():\r    pass\r", "def f():\r    \"\"\"A.\"\"\"\r    pass\r"),
            ("def f():\n    pass\r\nx\r\ny\r\n", "def f():\n    \"\"\"A.\"\"\"\r\n    pass\r\nx\r\ny\r\n"),
            ("def f():\r\n    pass\nx\ny\n", "def f():\r\n    \"\"\"A.\"\"\"\n    pass\nx\ny\n"),
            ("def f():\n\u{0C}    pass\n", "def f():\n    \"\"\"A.\"\"\"\n\u{0C}    pass\n"),
            ("def f():\n  \u{0C}    pass\n", "def f():\n    \"\"\"A.\"\"\"\n  \u{0C}    pass\n"),
            ("\u{FEFF}def f():\n    pass\n", "\u{FEFF}def f():\n    \"\"\"A.\"\"\"\n    pass\n"),
            ("if a:\n  def f():\n      pass\n", "if a:\n  def f():\n      \"\"\"A.\"\"\"\n      pass\n"),
            ("class f(A):\n    # c\n    x = 1\n", "class f(A):\n    \"\"\"A.\"\"\"\n    # c\n    x = 1\n"),
            (
                "class f:\n\n    @a\n    def g(self): pass\n",
                "class f:\n    \"\"\"A.\"\"\"\n\n    @a\n    def g(self): pass\n"
            ),
            ("class f:\n    x = 1\n    'about x'\n", "class f:\n    \"\"\"A.\"\"\"\n    x = 1\n    'about x'\n"),
        ]
    )
    func `goes in front of the body's comments, blank lines and statements`(source: String, result: String) throws {
        #expect(try Placed(source, ["f": "A."]).text == result)
    }

    @Test func `is laid out with the body's own indentation and the file's line ends`() throws {
        let tabbed = try Placed("class A:\n\tdef f():\n\t\tpass\n", ["A.f": "A.\n\nB:\n    c"])
        let windows = try Placed("def f():\r\n  pass\r\n", ["f": "A.\n\nB."])

        #expect(
            tabbed.text == "class A:\n\tdef f():\n\t\t\"\"\"A.\n\n\t\tB:\n\t\t    c\n\t\t\"\"\"\n\t\tpass\n"
        )
        #expect(windows.text == "def f():\r\n  \"\"\"A.\r\n\r\n  B.\r\n  \"\"\"\r\n  pass\r\n")
    }

    @Test(
        arguments: [
            ("def f():\n    'old'\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n    pass\n"),
            ("def f():\n    'old'", "def f():\n    \"\"\"A.\"\"\""),
            ("def f():\n    '''old\n\n    b'''; pass # c\n", "def f():\n    \"\"\"A.\"\"\"; pass # c\n"),
            (
                "def f():\n    # c\n\n    'old' # d\n\n    pass\n",
                "def f():\n    # c\n\n    \"\"\"A.\"\"\" # d\n\n    pass\n"
            ),
            ("def f():\n    ('old')\n", "def f():\n    (\"\"\"A.\"\"\")\n"),
            ("def f():\n    ( # c\n      'a' 'b'\n    )\n", "def f():\n    ( # c\n      \"\"\"A.\"\"\"\n    )\n"),
            ("def f():\n    'a' \\\n    \"b\"\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n    pass\n"),
            ("def f():\n    r'\\a' u'b'\n    pass\n", "def f():\n    \"\"\"A.\"\"\"\n    pass\n"),
            ("class f:\n    \"\"\"Old.\"\"\"\n\n    x = 1\n", "class f:\n    \"\"\"A.\"\"\"\n\n    x = 1\n"),
            ("def f():\n    ''\n", "def f():\n    \"\"\"A.\"\"\"\n"),
            ("def f():\r    'old'\r    pass\r", "def f():\r    \"\"\"A.\"\"\"\r    pass\r"),
        ]
    )
    func `replaces the literals of an old docstring and nothing else`(source: String, result: String) throws {
        #expect(try Placed(source, ["f": "A."]).text == result)
    }

    @Test(
        arguments: ["'''  A.\n    '''", "'A' '.'", "U'A.'", "(r'A.')", "'\\x41.'"],
        PlacementOptions.OneLineSuites.allCases
    )
    func `leaves a docstring that says the same as it is`(
        literal: String,
        suites: PlacementOptions.OneLineSuites
    ) throws {
        for source in ["def f():\n    \(literal)\n", "def f(): \(literal); pass\n"] {
            #expect(try Placed(source, ["f": "A."], oneLineSuites: suites).text == source)
        }
    }

    @Test func `leaves a docstring that says the first line already, where no more has room`() throws {
        let source = "def f(): 'A.'; pass\n"

        #expect(try Placed(source, ["f": "A.\n\nMore."], oneLineSuites: .keep).text == source)
    }

    @Test func `does not hide that a comment between literals goes with them`() throws {
        let language = PythonLanguage()
        let before = try language.read(SourceFile(text: "def f():\n    ('a' # c\n     'b')\n"))

        let edits = language.placements(of: [1: "A."], in: before, options: PlacementOptions()).edits
        let after = try language.read(before.file.applying(edits))

        #expect(language.codeDifference(between: before, and: after) == "the number of comments differs")
    }

    @Test(
        arguments: [
            ("def f(): pass\n", "def f():\n    \"\"\"A.\"\"\"\n    pass\n", "def f(): \"\"\"A.\"\"\"; pass\n"),
            ("def f():pass", "def f():\n    \"\"\"A.\"\"\"\n    pass", "def f(): \"\"\"A.\"\"\";pass"),
            (
                "def f():   return a; b # c\n", "def f():\n    \"\"\"A.\"\"\"\n    return a; b # c\n",
                "def f(): \"\"\"A.\"\"\";   return a; b # c\n"
            ),
            (
                "if a:\n  def f(): ...\n", "if a:\n  def f():\n    \"\"\"A.\"\"\"\n    ...\n",
                "if a:\n  def f(): \"\"\"A.\"\"\"; ...\n"
            ),
            (
                "if a:\n\tclass f: x = 1\n", "if a:\n\tclass f:\n\t\t\"\"\"A.\"\"\"\n\t\tx = 1\n",
                "if a:\n\tclass f: \"\"\"A.\"\"\"; x = 1\n"
            ),
            (
                "def f(): \\\n  pass\n", "def f():\n    \"\"\"A.\"\"\"\n    pass\n",
                "def f(): \"\"\"A.\"\"\"; \\\n  pass\n"
            ),
            ("def f(): 'old'\n", "def f():\n    \"\"\"A.\"\"\"\n", "def f(): \"\"\"A.\"\"\"\n"),
            (
                "def f(): 'old' ; pass\n", "def f():\n    \"\"\"A.\"\"\" ; pass\n", "def f(): \"\"\"A.\"\"\" ; pass\n"
            ),
            ("def f(): ('old')\n", "def f(): (\"\"\"A.\"\"\")\n", "def f(): (\"\"\"A.\"\"\")\n"),
            (
                "def f(a,\n      b): return a\r\n\r\n",
                "def f(a,\n      b):\r\n    \"\"\"A.\"\"\"\r\n    return a\r\n\r\n",
                "def f(a,\n      b): \"\"\"A.\"\"\"; return a\r\n\r\n"
            ),
            (
                "@a\ndef f(): x = '''\n'''\n", "@a\ndef f():\n    \"\"\"A.\"\"\"\n    x = '''\n'''\n",
                "@a\ndef f(): \"\"\"A.\"\"\"; x = '''\n'''\n"
            ),
        ]
    )
    func `splits a body on its header's line, or keeps it there`(source: String, split: String, kept: String) throws {
        #expect(try Placed(source, ["f": "A."]).text == split)
        #expect(try Placed(source, ["f": "A.\n\nMore."], oneLineSuites: .keep).text == kept)
    }

    @Test func `documents nested declarations together with what holds them`() throws {
        let source = "class A:\n    def f(self): pass\n    class B:\n        def g(self):\n            def h(): pass\n"

        let placed = try Placed(
            source,
            ["": "M.", "A": "A.", "A.f": "F.", "A.B": "B.", "A.B.g": "G.", "A.B.g.h": "H."]
        )

        #expect(
            placed.text == """
                \"\"\"M.\"\"\"

                class A:
                    \"\"\"A.\"\"\"
                    def f(self):
                        \"\"\"F.\"\"\"
                        pass
                    class B:
                        \"\"\"B.\"\"\"
                        def g(self):
                            \"\"\"G.\"\"\"
                            def h():
                                \"\"\"H.\"\"\"
                                pass

                """
        )
    }

    @Test(arguments: [
        ("class f:\n    x = 1\n", "class f:\n    \"\"\"A.\"\"\"\n\n    x = 1\n"),
        ("class f:\n\n    x = 1\n", "class f:\n    \"\"\"A.\"\"\"\n\n    x = 1\n"),
        ("class f:\r\n    # c\r\n    x = 1\r\n", "class f:\r\n    \"\"\"A.\"\"\"\r\n\r\n    # c\r\n    x = 1\r\n"),
        ("class f: x = 1\n", "class f:\n    \"\"\"A.\"\"\"\n\n    x = 1\n"),
        ("class f:\n    'old'\n    x = 1\n", "class f:\n    \"\"\"A.\"\"\"\n    x = 1\n"),
        ("def f():\n    x = 1\n", "def f():\n    \"\"\"A.\"\"\"\n    x = 1\n"),
    ])
    func `is parted from a class's body by a blank line if that is asked for`(source: String, result: String) throws {
        #expect(try Placed(source, ["f": "A."], separatesClassDocstrings: true).text == result)
    }

    @Test func `refuses a text that says nothing`() throws {
        let placed = try Placed("def f():\n    pass\n", ["f": " \n"])

        #expect(placed.text == "def f():\n    pass\n")
        #expect(placed.refusals == ["the docstring is empty"])
    }
}
