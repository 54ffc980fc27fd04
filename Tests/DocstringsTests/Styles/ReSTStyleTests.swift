import Docstrings
import Testing

struct ReSTStyleTests {
    @Test func `writes every section in its place`() {
        let text = ReSTStyle.rest.render(sample, layout: narrow)

        #expect(
            text == """
                Count the lines of a file.

                The file is read ``once``.

                .. note::

                    It is slow.

                .. rubric:: Examples

                >>> count(p)
                3

                :param path: The file.
                :type path: Path
                :param encoding: Name of the encoding, ``utf-8``
                    for instance. Defaults to ``'utf-8'``.
                :type encoding: str
                :param limit: Lines to read at most, counted from
                    the first one.
                :type limit: int | None
                :param mode: How.
                :type mode: Literal['a:b']
                :param *args:
                :type *args: str
                :param **kwargs: Passed on.
                :returns: The numbers {by} name.
                :rtype: dict[str, int]
                :raises OSError: If ``path`` cannot be read.
                :raises json.JSONDecodeError:
                """
        )
    }

    @Test(arguments: [
        ("stray *args and **kwargs", #"stray \*args and \*\*kwargs"#),
        ("2 * 3 and a*b stay", "2 * 3 and a*b stay"),
        ("an *important* word", "an *important* word"),
        ("a foo_ and foo__ and foo_bar and __init__", #"a foo\_ and foo\__ and foo_bar and __init__"#),
        ("an |x| there", #"an \|x| there"#),
        (#"a \d here"#, #"a \\d here"#),
        ("many `code`s", #"many ``code``\ s"#),
        ("a :class:`x y` and `text <https://a.b/_x_>`_", "a :class:`x y` and `text <https://a.b/_x_>`_"),
        ("a stray ` there", #"a stray \` there"#),
        ("`` a`b `` and `*`", "``a`b`` and ``*``"),
    ])
    func `escapes what would be read as markup`(text: String, expected: String) {
        #expect(ReSTStyle.rest.render(Docstring(summary: text), layout: DocstringLayout()) == expected)
    }

    @Test func `puts an empty line before a list`() {
        let docstring = Docstring(summary: "Do it.", description: "Either:\n- one\n- two")

        let text = ReSTStyle.rest.render(docstring, layout: DocstringLayout())

        #expect(text == "Do it.\n\nEither:\n\n- one\n- two")
    }

    @Test func `writes one field for each exception and for yielded values`() {
        let yields = ReSTStyle.rest.body(.yields([Docstring.Entry(type: "int", text: "Numbers.")]))
        let raises = ReSTStyle.rest.body(.raises([Docstring.Entry(type: "KeyError, OSError", text: "If so.")]))

        #expect(yields == ":yields: Numbers.\n:ytype: int")
        #expect(raises == ":raises KeyError: If so.\n:raises OSError: If so.")
    }

    @Test func `wraps a long type at its blanks`() {
        let type = "Callable[[dict[str, int], list[int]], None]"
        let docstring = docstring(.parameters([Docstring.Entry("call", type: type)]))

        let text = ReSTStyle.rest.render(docstring, layout: narrow)

        #expect(text == "Do it.\n\n:param call:\n:type call: Callable[[dict[str, int], list[int]],\n    None]")
    }

    @Test func `reads types in the parameter's own field and unknown fields`() {
        let docstring = ReSTStyle.rest.parse("Do it.\n\n:param int x: One.\n:meta private:")

        #expect(
            docstring.sections == [
                .other(title: ":meta private:", text: ""),
                .parameters([Docstring.Entry("x", type: "int", text: "One.")]),
            ]
        )
    }
}
