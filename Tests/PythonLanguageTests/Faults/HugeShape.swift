import Testing

/// A file that is large in one way only, as no person writes it.
struct HugeShape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The size at which reading takes some milliseconds.
    let size: Int
    let text: @Sendable (Int) -> String

    init(_ description: String, _ size: Int = 20_000, _ text: @escaping @Sendable (Int) -> String) {
        testDescription = description
        self.size = size
        self.text = text
    }

    static let all = declarations + statements + layouts

    private static let declarations = [
        repeating("functions", 4000, "def f(): pass\n"),
        repeating("functions with comments", 3000, "# a\n# b\ndef f(): # c\n    # d\n    pass\n"),
        repeating("classes with methods", 2000, "class A(B, c=d):\n    x = 1\n    def f(self, a): self.y = a\n"),
        repeating("methods of one class", 4000, begin: "class A:\n", "    def f(self): raise B\n"),
        repeating("nested functions of one function", 4000, begin: "def f():\n", "    def g(): return 1\n"),
        repeating("functions under a formatter's pragma", 4000, "def f(): pass # yapf: disable\n"),
        repeating("functions in formatter-off zones", 2000, "# fmt: off\ndef f(): pass\n# fmt: on\n"),
        repeating("decorators of one function", 20_000, "@a.b(c)\n", end: "def f(): pass\n"),
        repeating("parameters", begin: "def f(", "a: b = c, ", end: "): pass\n"),
        repeating("bases", begin: "class A(", "B, ", end: "): pass\n"),
        repeating("type parameters", begin: "class A[", "B: c, ", end: "]: pass\n"),
        repeating("type comments", begin: "def f():\n", "    # type: () -> a\n", end: "    pass\n"),
        repeating("a name's length", begin: "def ", "a", end: "(): pass\n"),
        repeating("a dotted decorator", begin: "@a", ".b", end: "\ndef f(): pass\n"),
        repeating("a base's length", begin: "class A(a", ".b", end: "): pass\n"),
    ]

    private static let statements = [
        repeating("fields on one line", begin: "class A:\n    ", "x = 1; ", end: "y = 2\n"),
        repeating("fields with comments", begin: "class A:\n", "    # a\n    x = 1 # b\n    'doc'\n"),
        repeating("a comment block and targets", 4000, begin: "class A:\n") { n in
            String(repeating: "    # a\n", count: n) + "    " + String(repeating: "a, ", count: n) + "b = c\n"
        },
        repeating("a comment block and chained targets", 4000, begin: "class A:\n") { n in
            String(repeating: "    # a\n", count: n) + "    " + String(repeating: "a = ", count: n) + "c\n"
        },
        repeating("attributes", begin: "class A:\n    def f(self):\n", "        self.x = self.y = 1\n"),
        repeating("target tuples", 20_000, "a, ", end: "b = c\n"),
        repeating("target tuples of a class", begin: "class A:\n    ", "a, ", end: "b = c\n"),
        repeating("loop targets", begin: "for ", "a, ", end: "b in c: pass\n"),
        repeating("deletions", begin: "del ", "a, ", end: "b\n"),
        repeating("raises", begin: "def f():\n", "    raise A('b')\n"),
        repeating("raises in a try", begin: "def f():\n    try:\n", "        raise A\n", end: "    except B: pass\n"),
        repeating("raises and handlers", 5000, begin: "def f():\n    try:\n") { n in
            String(repeating: "        raise A\n", count: n) + String(repeating: "    except B: pass\n", count: n)
        },
        repeating(
            "tries",
            5000,
            begin: "def f():\n",
            "    try: raise A\n    except B as c: raise\n    finally: return\n"
        ),
        repeating("elif arms that raise", 5000, begin: "def f():\n    if a: pass\n", "    elif b == c: raise A\n"),
        repeating("arguments of a raise", begin: "def f():\n    raise A(", "b, ", end: "c)\n"),
        repeating("caught types", begin: "try: raise A\nexcept (", "B, ", end: "C): pass\n"),
        repeating("match subjects", 20_000, "match(a); ", end: "match (b)\n"),
        repeating("match calls", 20_000, "match(a)\n"),
        repeating("matches", 5000, "match a:\n  case 1: pass\n"),
        repeating("with statements in parentheses", 5000, "with (a as b, c): pass\n"),
        repeating("with calls in one parenthesis", begin: "with (", "f(a), ", end: "b): pass\n"),
        repeating("imports", begin: "from a import (", "b as c, ", end: "d)\n"),
        repeating("a string", begin: "x = '''", "a'\\n\n", end: "'''\n"),
        repeating("escapes", begin: "x = '", "\\x41\\N{EN DASH}", end: "'\n"),
        repeating("adjacent strings", begin: "x = ", "'a' ", end: "'b'\n"),
        repeating("replacement fields", begin: "x = f'", "{a!r:{b}}", end: "'\n"),
        repeating("a docstring of many literals", begin: "def f():\n    (", "'a'\n    ", end: ")\n"),
        repeating("numbers", begin: "x = [", "0x1f, 1e5, ", end: "]\n"),
    ]

    private static let layouts = [
        repeating("comment lines", 20_000, "# a\n"),
        repeating("comment lines above a function", 20_000, "# a\n", end: "def f(): pass\n"),
        repeating("comment lines in a body", begin: "def f():\n", "    # a\n", end: "    pass\n"),
        repeating(
            "comment lines between functions",
            2000,
            "# a\n# b\n# c\n# d\ndef f():\n    # e\n    # f\n    pass\n"
        ),
        repeating("blank lines", begin: "def f():\n", "    \n", end: "    pass\n"),
        repeating("blanks before a comment", begin: "class A:\n    x = 1", " ", end: "# a\n"),
        repeating("blanks between fields", begin: "class A:\n    x = 1;", " ", end: "y = 1\n"),
        repeating("form feeds", 20_000, "\u{0C}", end: "x\n"),
        repeating("carriage returns", 20_000, "\r"),
        repeating("continuations in indentation", begin: "if a:\n", "  \\\n", end: "  b\n"),
        repeating("continuations", begin: "x = a", " \\\n", end: " + b\n"),
        repeating("blanks in front of code", begin: "if a:\n", " ", end: "b\n"),
        repeating("line ends in brackets", begin: "x = (", "\n# a\n", end: "a)\n"),
    ]

    private static func repeating(
        _ name: String,
        _ size: Int = 20_000,
        begin: String = "",
        _ piece: String,
        end: String = ""
    ) -> HugeShape {
        HugeShape(name, size) { begin + String(repeating: piece, count: $0) + end }
    }

    private static func repeating(
        _ name: String,
        _ size: Int,
        begin: String,
        _ text: @escaping @Sendable (Int) -> String
    ) -> HugeShape {
        HugeShape(name, size) { begin + text($0) }
    }
}
