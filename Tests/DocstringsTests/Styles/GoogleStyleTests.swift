import Docstrings
import Testing

struct GoogleStyleTests {
    @Test func `writes every section in its place`() {
        let text = GoogleStyle.google.render(sample, layout: narrow)

        #expect(
            text == """
                Count the lines of a file.

                The file is read `once`.

                Args:
                    path (Path): The file.
                    encoding (str): Name of the encoding, `utf-8`
                        for instance. Defaults to 'utf-8'.
                    limit (int | None, optional): Lines to read at
                        most, counted from the first one.
                    mode: How.
                    *args (str):
                    **kwargs: Passed on.

                Returns:
                    dict[str, int]: The numbers {by} name.

                Raises:
                    OSError: If `path` cannot be read.
                    json.JSONDecodeError:

                Note:
                    It is slow.

                Examples:
                    >>> count(p)
                    3
                """
        )
    }

    @Test(arguments: [
        ("A mapping: keys to values. So: there.", "Returns:\n    A mapping - keys to values. So: there."),
        ("The items of `x[1:2]`.", "Returns:\n    The items of\n        `x[1:2]`."),
        ("`x[1:2]`, always.", "Returns:\n    The value\n        `x[1:2]`, always."),
        ("- one\n- two", "Returns:\n    As follows.\n        - one\n        - two"),
        ("One.\n\nTwo: three.", "Returns:\n    One.\n\n        Two: three."),
    ])
    func `keeps colons out of the first line of an untyped result`(text: String, expected: String) {
        #expect(GoogleStyle.google.body(.returns([Docstring.Entry(text: text)])) == expected)
    }

    @Test func `writes several results as one tuple`() {
        let entries = [
            Docstring.Entry("a", type: "int", text: "One."), Docstring.Entry("b", type: "str", text: "Two."),
        ]

        #expect(GoogleStyle.google.body(.returns(entries)) == "Returns:\n    tuple[int, str]: One. Two.")
    }

    @Test func `shortens a type that does not fit on its line`() {
        let long = "Callable[[dict[str, int], list[tuple[int, str]]], None]"
        let docstring = docstring(.parameters([Docstring.Entry("callback", type: long, text: "Called.")]))

        let text = GoogleStyle.google.render(docstring, layout: narrow)

        #expect(text == "Do it.\n\nArgs:\n    callback (Callable): Called.")
    }

    @Test func `puts all parameters into one section`() {
        let sections: [Docstring.Section] = [
            .parameters([Docstring.Entry("a")]), .otherParameters([Docstring.Entry("b")]),
        ]

        let text = GoogleStyle.google.render(
            Docstring(summary: "Do it.", sections: sections),
            layout: DocstringLayout()
        )

        #expect(text == "Do it.\n\nArgs:\n    a:\n    b:")
    }

    @Test(arguments: [
        ("Args:\n    x (dict[str, int], optional): Text: more\n        and more.\n    y, z: T.", "x", "dict[str, int]"),
        ("Args:\n  x: Text.", "x", nil),
        ("Parameters:\n    x (Callable[[int], str]): Text.", "x", "Callable[[int], str]"),
    ])
    func `reads entries of many shapes`(text: String, name: String, type: String?) throws {
        let docstring = GoogleStyle.google.parse("Do it.\n\n" + text)

        let entry = try #require(docstring.sections.first?.entries?.first)
        #expect(entry.names == [name])
        #expect(entry.type == type)
    }

    @Test func `keeps what it does not know as text`() {
        let docstring = GoogleStyle.google.parse("Do it.\n\nUsage:\n    run\n\nTodo:\n    Rest.\n\nEnd.")

        #expect(docstring.description == "Usage:\n    run\n\nEnd.")
        #expect(docstring.sections == [.other(title: "Todo", text: "Rest.")])
    }
}
