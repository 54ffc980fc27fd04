import PythonLanguage
import SourceCode
import Testing

struct FlowTests {
    @Test(
        arguments: [
            ("return", ["absent"]),
            ("return None", ["none None"]),
            ("if a: return True\nreturn 1", ["truth True", "number 1"]),
            ("return a, *b", ["tuple a, *b"]),
            ("return (a)", ["name a"]),
            ("return 'a' 'b'", ["string 'a' 'b'"]),
            ("return f'{a}'", ["formattedString f'{a}'"]),
            ("return a.b", ["attribute a.b"]),
            ("return a.b(c)", ["call a.b(c)"]),
            ("return a[b]", ["subscript a[b]"]),
            ("return await a", ["await await a"]),
            ("return not a", ["negation not a"]),
            ("return a or b", ["logical a or b"]),
            ("return a < b", ["comparison a < b"]),
            ("return a - b", ["arithmetic a - b"]),
            ("return -a", ["arithmetic -a"]),
            ("return a if b else c", ["conditional a if b else c"]),
            ("return lambda: a", ["lambda lambda: a"]),
            ("return [a], {}", ["tuple [a], {}"]),
            ("return [a for b in c]", ["listComprehension [a for b in c]"]),
            ("return {a for b in c}", ["setComprehension {a for b in c}"]),
            ("return {a: d for b in c}", ["dictionaryComprehension {a: d for b in c}"]),
            ("return (a for b in c)", ["generator (a for b in c)"]),
            ("return b'a'", ["bytes b'a'"]),
            ("return ...", ["ellipsis ..."]),
            ("return (a := b)", ["assignment a := b"]),
            ("return {a: b}", ["dictionary {a: b}"]),
            ("return {a}", ["set {a}"]),
            ("def g(): return 1\nlambda: 2\nreturn 3", ["number 3"]),
            ("try: return 1\nfinally: return 2", ["number 1", "number 2"]),
        ] as [(String, [String])]
    )
    func `lists what is returned`(body: String, lines: [String]) throws {
        #expect(try Reading(function(body))().returns.map(\.line) == lines)
    }

    @Test(
        arguments: [
            ("yield", ["absent"]),
            ("a = yield b, c", ["tuple b, c"]),
            ("yield from g()", ["from call g()"]),
            ("print((yield 1), [(yield 2)])", ["number 1", "number 2"]),
            ("lambda: (yield 1)", []),
            ("def g(): yield 1", []),
            ("return (yield a)", ["name a"]),
        ] as [(String, [String])]
    )
    func `lists what is yielded, and is a generator then`(body: String, lines: [String]) throws {
        let declaration = try Reading(function(body))()

        #expect(declaration.yields.map(\.line) == lines)
        #expect(declaration.traits.contains(.isGenerator) == !lines.isEmpty)
    }

    @Test(
        arguments: [
            ("a(b(c), d=e.f(g))(h)", ["a", "b", "e.f", "a(b(c), d=e.f(g))"]),
            ("lambda: a(b)", []),
            ("c(lambda: a(b), d())", ["c", "d"]),
            ("def g(): a()\nb()", ["b"]),
            ("[a(b) for c in d() if e()]", ["a", "d", "e"]),
            ("f'{a(b)}{c:{d()}}'", ["a", "d"]),
            ("with a() as b: c['x']()", ["a", "c['x']"]),
            ("super().__init__()", ["super", "super().__init__"]),
            ("match a():\n    case B(c): d()", ["a", "d"]),
        ] as [(String, [String])]
    )
    func `lists calls of the own body in order, those of lambdas left out`(body: String, calls: [String]) throws {
        #expect(try Set(Reading(function(body))().calls) == Set(calls))
    }

    @Test(arguments: [
        ("pass", 1),
        ("if a: pass", 2),
        ("if a: pass\nelif b: pass\nelif c: pass\nelse: pass", 4),
        ("for a in b: pass\nelse: pass", 2),
        ("while a: pass", 2),
        ("async for a in b: pass", 2),
        ("try: pass\nexcept A: pass\nexcept B: pass\nelse: pass\nfinally: pass", 4),
        ("try: pass\nfinally: pass", 1),
        ("match a:\n    case 1: pass\n    case 2: pass\n    case _: pass", 3),
        ("match a:\n    case 1: pass\n    case b if c: pass", 3),
        ("match a:\n    case (b): pass", 1),
        ("a = b and c or d if e else f", 1),
        ("a = [b for c in d if e for g in h]", 1),
        ("with a: assert b, c", 1),
        ("def g():\n    if a: pass", 1),
        ("class A:\n    if a: pass", 1),
        ("lambda: (a if b else c)", 1),
        ("if a:\n    if b:\n        while c:\n            for d in e: pass", 5),
    ])
    func `counts decisions`(body: String, complexity: Int) throws {
        #expect(try Reading(function(body))().record.complexity == Int32(complexity))
    }

    @Test func `counts no decisions of classes and modules`() throws {
        let reading = try Reading("if a: pass\nclass A:\n    if a: pass\n    for b in c: pass\n")

        #expect(reading.outline.declarations.map(\.record.complexity) == [1, 1])
    }

    @Test(arguments: [
        ("pass", true),
        ("return", false),
        ("raise A", false),
        ("if a: return", true),
        ("if a: return\nelse: raise B", false),
        ("if a: return\nelif b: raise B", true),
        ("while True: pass", false),
        ("while True:\n    if a: break", true),
        ("while 1: pass", false),
        ("while a: return", true),
        ("while True:\n    while b: break", false),
        ("for a in b: return", true),
        ("for a in b: pass\nelse: return", false),
        ("for a in b: break\nelse: return", true),
        ("try: return\nexcept A: pass", true),
        ("try: return\nexcept A: raise", false),
        ("try: pass\nexcept A: return\nelse: return", false),
        ("try: return\nfinally: pass", false),
        ("try: pass\nfinally: return", false),
        ("with a: return", false),
        ("match a:\n    case 1: return", true),
        ("match a:\n    case 1: return\n    case _: raise B", false),
        ("match a:\n    case 1: pass\n    case _: raise B", true),
        ("assert False", false),
        ("return; pass", false),
        ("def g(): return", true),
    ])
    func `knows whether the end can be reached`(body: String, canFallThrough: Bool) throws {
        #expect(try Reading(function(body))().traits.contains(.canFallThrough) == canFallThrough)
    }
}
