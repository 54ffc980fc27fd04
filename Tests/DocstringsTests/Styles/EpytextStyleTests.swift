import Docstrings
import Testing

struct EpytextStyleTests {
    @Test func `writes every section in its place`() {
        let text = EpytextStyle.epytext.render(sample, layout: narrow)

        #expect(
            text == """
                Count the lines of a file.

                The file is read C{once}.

                B{Examples}

                >>> count(p)
                3

                @param path: The file.
                @type path: Path
                @param encoding: Name of the encoding, C{utf-8}
                    for instance. Defaults to C{'utf-8'}.
                @type encoding: str
                @param limit: Lines to read at most, counted from
                    the first one.
                @type limit: int | None
                @param mode: How.
                @type mode: Literal['a:b']
                @param args:
                @type args: str
                @param kwargs: Passed on.
                @return: The numbers {by} name.
                @rtype: dict[str, int]
                @raise OSError: If C{path} cannot be read.
                @raise json.JSONDecodeError:
                @note: It is slow.
                """
        )
    }

    @Test(arguments: [
        ("a stray { there", "a stray E{lb} there"),
        ("a stray } there", "a stray E{rb} there"),
        ("a {pair} there", "a {pair} there"),
        ("an X{term} and L{obj}", "an X{term} and L{obj}"),
        ("an ABC{x} there", "an ABCE{lb}xE{rb} there"),
        ("`{'a': 1}` and `F{x}` and `{`", "C{{'a': 1}} and C{FE{lb}xE{rb}} and C{E{lb}}"),
        ("@property is it", "E{@}property is it"),
    ])
    func `escapes braces that would be read as markup`(text: String, expected: String) {
        #expect(EpytextStyle.epytext.render(Docstring(summary: text), layout: DocstringLayout()) == expected)
    }

    @Test func `indents a list and leaves its lines as they are`() {
        let docstring = Docstring(summary: "Do it.", description: "Either:\n\n- one  {x\n  two")

        let text = EpytextStyle.epytext.render(docstring, layout: DocstringLayout())

        #expect(text == "Do it.\n\nEither:\n\n    - one  {x\n      two")
    }

    @Test func `notes what a generator returns`() {
        let docstring = Docstring(
            summary: "Do it.",
            sections: [
                .returns([Docstring.Entry(type: "int", text: "One.")]),
                .yields([Docstring.Entry(type: "str", text: "Two.")]),
            ]
        )

        let text = EpytextStyle.epytext.render(docstring, layout: DocstringLayout())

        #expect(text == "Do it.\n\n@yield: Two.\n@ytype: str\n@note: Returns C{int}: One.")
    }
}
