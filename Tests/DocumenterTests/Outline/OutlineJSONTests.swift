import Documenter
import PythonLanguage
import SourceCode
import Testing

struct OutlineJSONTests {
    @Test
    func `writes a line for each declaration`() throws {
        let lines = try lines(of: "class A:\n    def f(self): ...\n")

        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix(#"{"file":"a.py","path":"","ordinal":1,"kind":"module","name":"","line":1,"#))
        #expect(lines[1].contains(#""path":"A","ordinal":1,"kind":"class","name":"A","line":1,"column":1,"#))
        #expect(lines[2].contains(#""path":"A.f","ordinal":1,"kind":"method","name":"f","line":2,"column":5,"#))
    }

    @Test(arguments: [
        (
            "def f(a, /, *b: int, c=1): ...",
            #"{"name":"a","kind":"positionalOnly","receiver":false,"annotation":null,"default":null}"#
        ),
        (
            "def f(a, /, *b: int, c=1): ...",
            #"{"name":"b","kind":"variadic","receiver":false,"annotation":"int","default":null}"#
        ),
        (
            "def f(a, /, *b: int, c=1): ...",
            #"{"name":"c","kind":"keywordOnly","receiver":false,"annotation":null,"default":"1"}"#
        ),
        ("def f() -> int: return g(2)", #""returnAnnotation":"int""#),
        ("def f() -> int: return g(2)", #""returns":[{"line":1,"value":"g(2)","kind":"call"}]"#),
        ("def f(): return", #""returns":[{"line":1,"value":null,"kind":"absent"}]"#),
        ("def f(): yield from g", #""yields":[{"line":1,"value":"g","kind":"name","delegating":true}]"#),
        (
            "def f(x):\n    if x < 0: raise ValueError('negative')",
            #""raises":[{"line":2,"exception":"ValueError","message":"'negative'","caughtInside":false,"reraise":false,"#
                + #""conditions":[{"kind":"holds","text":"x < 0"}]}]"#
        ),
        (
            "def f():\n    r'''Say it.\n\n      More.\n    '''",
            #""docstring":{"text":"Say it.\n\nMore.","line":2,"endLine":5,"start":13,"end":45,"prefix":"r","quotes":"'''"}"#
        ),
        ("async def f(): await g()", #""async":true,"traits":["async""#),
    ])
    func `says what a function states`(source: String, member: String) throws {
        let lines = try lines(of: source)

        #expect(lines[1].contains(member), "\(lines[1])")
    }

    private func lines(of source: String) throws -> [String] {
        let language = PythonLanguage()
        var json = JSONWriter()
        OutlineJSON(language: language).write(try language.read(SourceFile(path: "a.py", text: source)), to: &json)
        return String(decoding: json.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
