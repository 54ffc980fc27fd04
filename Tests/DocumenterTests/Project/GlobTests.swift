import Documenter
import Testing

struct GlobTests {
    @Test(arguments: [
        ("*.py", "a.py"), ("*", "é"), ("?", "é"), ("[é-ü]x", "öx"), ("[!a]", "ß"), ("a?c", "abc"),
        ("**/x.py", "x.py"), ("**/x.py", "a/b/x.py"), ("a/**", "a/b/c"), ("a/**/b", "a/b"), ("a/**/b", "a/x/y/b"),
        ("**/a/**/b/*.py", "x/a/y/a/z/b/c.py"), ("*a*b*c", "xxaxxbxxbxxc"), ("{a,b}.py", "b.py"),
        ("{a,b{c,d}}/{e,}f", "bd/f"), ("a[{]b", "a{b"), ("\\{a}", "{a}"), ("\\*", "*"), ("[]]", "]"), ("[a-]", "-"),
        ("[[:digit:]_]", "7"), ("a**b", "axb"), ("**", "a/b"), ("[\\]]", "]"),
    ])
    func `matches`(pattern: String, path: String) throws {
        #expect(try Glob(pattern).matches(path))
    }

    @Test(arguments: [
        ("*.py", "a/b.py"), ("?", "/"), ("?", "ab"), ("[!a]", "/"), ("a/**", "a"), ("a/**/b", "ab"),
        ("**/x.py", "ax.py"), ("a**b", "a/b"), ("*a", "ab"), ("\\*", "a"), ("[a-c]", "d"), ("{a,b}", "{a,b}"),
        ("", "a"),
        ("a/*", "a/b/c"),
    ])
    func `does not match`(pattern: String, path: String) throws {
        #expect(try !Glob(pattern).matches(path))
    }

    @Test(arguments: [
        ("[a", "has a `[` without a `]`"), ("{a,b", "has a `{` without a `}`"), ("a\\", "ends with a backslash"),
        ("[[:nope:]]", "has the unknown class `[:nope:]`"),
        ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "has more than 1000 alternatives"),
    ])
    func `says why a pattern cannot be used`(pattern: String, reason: String) throws {
        let error = #expect(throws: Glob.Malformed.self) { try Glob(pattern) }

        #expect(error?.description == reason)
    }

    @Test(arguments: ["a*b?[c]{d,e}\\f", "plain/path"])
    func `an escaped text matches itself`(text: String) throws {
        #expect(try Glob(Glob.escaped(text)).matches(text))
    }

    @Test func `no pattern takes long`() throws {
        let name = String(repeating: "a", count: 4000)
        let path = String(repeating: "a/", count: 2000)
        let stars = String(repeating: "*a", count: 60) + "b"
        let folders = String(repeating: "**/a*a/", count: 30) + "b"

        let start = ContinuousClock.now
        #expect(try !Glob(stars).matches(name))
        #expect(try !Glob(folders).matches(path))
        let time = ContinuousClock.now - start

        #expect(time < .seconds(5))
    }
}
