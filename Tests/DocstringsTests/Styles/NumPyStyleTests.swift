import Docstrings
import Testing

struct NumPyStyleTests {
    @Test func `writes every section in its place`() {
        let text = NumPyStyle.numpy.render(sample, layout: narrow)

        #expect(
            text == """
                Count the lines of a file.

                The file is read ``once``.

                Parameters
                ----------
                path : Path
                    The file.
                encoding : str, default='utf-8'
                    Name of the encoding, ``utf-8`` for instance.
                limit : int | None, optional
                    Lines to read at most, counted from the first
                    one.
                mode : Literal['a:b']
                    How.
                *args : str
                **kwargs
                    Passed on.

                Returns
                -------
                dict[str, int]
                    The numbers {by} name.

                Raises
                ------
                OSError
                    If ``path`` cannot be read.
                json.JSONDecodeError

                Notes
                -----
                It is slow.

                Examples
                --------
                >>> count(p)
                3
                """
        )
    }

    @Test(arguments: [
        ([Docstring.Entry(text: "A thing.")], "Returns\n-------\nobject\n    A thing."),
        ([Docstring.Entry("a", type: "int"), Docstring.Entry("b", type: "str")], "Returns\n-------\na : int\nb : str"),
    ])
    func `gives every result a type`(entries: [Docstring.Entry], expected: String) {
        #expect(NumPyStyle.numpy.body(.returns(entries)) == expected)
    }

    @Test func `tells a default in the text when there is no type`() {
        var entry = Docstring.Entry("x", text: "How many")
        entry.defaultValue = "3"

        #expect(
            NumPyStyle.numpy.body(.parameters([entry])) == "Parameters\n----------\nx\n    How many. Defaults to ``3``."
        )
    }

    @Test func `writes a deprecation directly behind the summary`() {
        let text = NumPyStyle.numpy.render(
            Docstring(
                summary: "Do it.",
                description: "More.",
                sections: [.deprecated(version: "1.6.0", text: "Use `g`.")]
            ),
            layout: DocstringLayout()
        )

        #expect(text == "Do it.\n\n.. deprecated:: 1.6.0\n    Use ``g``.\n\nMore.")
    }

    @Test(arguments: [
        ("x : int, default: 3\n    T.", "int", "3"), ("x : int, default 3", "int", "3"),
        ("x, y : array_like", "array_like", nil),
        ("x", nil, nil),
    ])
    func `reads types and defaults of many shapes`(text: String, type: String?, value: String?) throws {
        let docstring = NumPyStyle.numpy.parse("Do it.\n\nParameters\n----------\n" + text)

        let entry = try #require(docstring.sections.first?.entries?.first)
        #expect(entry.names.first == "x")
        #expect(entry.type == type)
        #expect(entry.defaultValue == value)
    }
}
