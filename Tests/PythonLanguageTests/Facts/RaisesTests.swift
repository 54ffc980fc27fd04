import PythonLanguage
import SourceCode
import Testing

struct RaisesTests {
    @Test(
        arguments: [
            ("raise ValueError", ["ValueError"]),
            ("raise ValueError()", ["ValueError"]),
            ("raise ValueError('a' \"b\", c)", ["ValueError 'a' \"b\""]),
            ("raise a.B(f'{c}') from d", ["a.B f'{c}'"]),
            ("raise ValueError(msg='a')", ["ValueError"]),
            ("raise ValueError(a, 'b')", ["ValueError"]),
            ("raise ValueError(*'a')", ["ValueError"]),
            ("raise ValueError(b'a')", ["ValueError"]),
            ("raise error", ["variable error"]),
            ("raise self.error('a')", ["variable self.error 'a'"]),
            ("raise socket.timeout", ["socket.timeout"]),
            ("raise make()['a']", ["something"]),
            ("raise A if b else C", ["something"]),
            ("raise (A('b'))", ["A 'b'"]),
            ("def g(): raise A\nclass B: raise C", []),
            ("raise", ["something again"]),
        ] as [(String, [String])]
    )
    func `tells the class and the message`(body: String, lines: [String]) throws {
        #expect(try Reading(function(body))().raises.map(\.line) == lines)
    }

    @Test func `takes a small name for a class if the file binds it as one`() throws {
        let imported = try Reading("from a import error as wrong\n" + function("raise wrong"))
        let declared = try Reading(function("raise wrong") + "class wrong(Exception): pass\n")

        #expect(try imported().raises.map(\.line) == ["wrong"])
        #expect(try declared().raises.map(\.line) == ["wrong"])
    }

    @Test(
        arguments: [
            ("if a: raise A", ["A | holds a"]),
            ("if a: pass\nelse: raise A", ["A | fails a"]),
            (
                "if a: raise A\nelif b: raise B\nelse: raise C",
                ["A | holds a", "B | fails a | holds b", "C | fails a | fails b"]
            ),
            ("if a: pass\nraise A", ["A"]),
            ("while a: raise A", ["A | holds a"]),
            ("for a in b.c(): raise A", ["A | iterates b.c()"]),
            ("for a in b: pass\nelse: raise A", ["A | untold "]),
            ("if (a := b):\n    for c in d:\n        if e: raise A", ["A | holds a := b | iterates d | holds e"]),
            ("try: pass\nexcept (A, b.C) as d: raise E", ["E | caught (A, b.C)"]),
            ("try: pass\nexcept: raise E", ["E | caught "]),
            ("match a:\n    case B(c) if d: raise E", ["E | matches B(c) if d"]),
            ("match a:\n    case 1: pass\n    case _: raise E", ["E | matches _"]),
            ("try: pass\nfinally: raise A", ["A"]),
            ("with a: raise A", ["A"]),
            ("if a:\n    def g():\n        if b: raise A\n    raise B", ["B | holds a"]),
        ] as [(String, [String])]
    )
    func `tells the conditions on the way`(body: String, lines: [String]) throws {
        #expect(try Reading(function(body))().raises.map(\.line) == lines)
    }

    @Test func `begins anew with the conditions of a nested function`() throws {
        let reading = try Reading(function("if a:\n    def g():\n        if b: raise A"))

        #expect(try reading("f.g").raises.map(\.line) == ["A | holds b"])
    }

    @Test(
        arguments: [
            ("a == b", ComparisonOperator.equal, "a", "b"),
            ("a.b() not in (1, 2)", .notIn, "a.b()", "(1, 2)"),
            ("len(a) >= -1", .greaterOrEqual, "len(a)", "-1"),
            ("(a is not None)", .isNot, "a", "None"),
            ("(a < b) != c", .notEqual, "a < b", "c"),
        ]
    )
    func `takes apart a test that is one comparison`(
        test: String,
        operation: ComparisonOperator,
        left: String,
        right: String
    ) throws {
        let reading = try Reading(function("if \(test): raise A"))
        let comparison = try #require(try reading().raises.first?.guards.first?.comparison)

        #expect(comparison == (left, operation, right))
    }

    @Test(arguments: ["a < b < c", "a", "not a == b", "a == b and c", "a if b == c else d"])
    func `takes apart no other test`(test: String) throws {
        let guards = try Reading(function("if \(test): raise A"))().raises.first?.guards

        #expect(guards?.count == 1)
        #expect(guards?.first?.comparison == nil)
    }

    @Test(
        arguments: [
            ("try: raise KeyError\nexcept KeyError: pass", ["KeyError inside"]),
            ("try: raise KeyError\nexcept LookupError: pass", ["KeyError inside"]),
            ("try: raise LookupError\nexcept KeyError: pass", ["LookupError"]),
            ("try: raise FileNotFoundError\nexcept IOError: pass", ["FileNotFoundError inside"]),
            ("try: raise Mine\nexcept Exception: pass", ["Mine inside"]),
            ("try: raise Mine\nexcept BaseException: pass", ["Mine inside"]),
            ("try: raise KeyboardInterrupt\nexcept Exception: pass", ["KeyboardInterrupt"]),
            ("try: raise Mine\nexcept Other: pass", ["Mine"]),
            ("try: raise a.Mine\nexcept Mine: pass", ["a.Mine inside"]),
            ("try: raise A\nexcept (B, A): pass", ["A inside"]),
            ("try: raise A\nexcept: pass", ["A inside"]),
            ("try: raise A\nexcept: raise", ["A", "something again | caught "]),
            ("try: raise A\nexcept A as e: raise e", ["A", "A again | caught A"]),
            ("try: raise A\nexcept A as e: raise B from e", ["A inside", "B | caught A"]),
            ("try: pass\nexcept (A, B): raise", ["A again | caught (A, B)", "B again | caught (A, B)"]),
            ("try: raise A\nexcept B: pass\nexcept A: pass", ["A inside"]),
            ("try: pass\nexcept A: pass\nelse: raise A", ["A | untold "]),
            ("try: pass\nexcept A: raise A", ["A | caught A"]),
            ("try:\n    try: raise A\n    except B: pass\nexcept A: pass", ["A inside"]),
            ("try:\n    try: raise A\n    finally: pass\nexcept A: pass", ["A inside"]),
            ("try:\n    try: pass\n    except B: raise A\nexcept A: pass", ["A inside | caught B"]),
            ("try: raise A\nfinally: return", ["A inside"]),
            ("try: pass\nexcept B: raise A\nfinally:\n    if c: return", ["A | caught B"]),
            ("try:\n    def g(): raise A\nexcept A: pass", []),
            ("try: raise A\nexcept* A: pass", ["A inside"]),
            ("try: raise\nexcept: pass", ["something again inside"]),
            ("try: raise NotImplementedError\nexcept RuntimeError: pass", ["NotImplementedError inside"]),
            ("try: raise UnicodeDecodeError(1)\nexcept ValueError: pass", ["UnicodeDecodeError inside"]),
        ] as [(String, [String])]
    )
    func `knows what a handler keeps inside and what is raised again`(body: String, lines: [String]) throws {
        #expect(try Reading(function(body))().raises.map(\.line) == lines)
    }

    @Test func `does not take the raises of a nested function for caught`() throws {
        let reading = try Reading(function("try:\n    def g(): raise A\nexcept A: pass"))

        #expect(try reading("f.g").raises.map(\.line) == ["A"])
    }

    @Test(
        arguments: [
            ("try: pass\nexcept A: pass", ["A"]),
            ("try: pass\nexcept (A, b.C) as d: pass\nexcept: pass", ["A", "b.C"]),
            ("try: pass\nexcept A, B: pass", ["A", "B"]),
            ("try: pass\nexcept* errors(): pass", ["errors()"]),
            ("def g():\n    try: pass\n    except A: pass", []),
        ] as [(String, [String])]
    )
    func `lists the types that handlers name`(body: String, types: [String]) throws {
        #expect(try Reading(function(body))().catches == types)
    }
}
