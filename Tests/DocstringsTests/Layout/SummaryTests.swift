import Docstrings
import Testing

struct SummaryTests {
    @Test(arguments: [
        ("Return the number of lines of a long file.", "Return the number of lines of a long file."),
        (
            "Return the lines. Those that are empty are not there.",
            "Return the lines.\n\nThose that are empty are not there."
        ),
        (
            "Return the lines of it; those that are empty go away.",
            "Return the lines of it.\n\nThose that are empty go away."
        ),
        (
            "Return the lines, then the columns, and then the rest.",
            "Return the lines, then the columns.\n\nAnd then the rest."
        ),
        (
            "Return all the lines of some file that has been opened.",
            "Return all the lines of some file.\n\nThat has been opened."
        ),
        (
            "Return all those lines (of the given file that exists).",
            "Return all those lines (of the given file...\n\n... that exists)."
        ),
        (
            "Return e.g. the lines, i.e. what stands there in files.",
            "Return e.g. the lines.\n\nI.e. what stands there in files."
        ),
    ])
    func `cuts a summary that is too long`(summary: String, expected: String) {
        #expect(GoogleStyle.google.render(Docstring(summary: summary), layout: narrow) == expected)
    }

    @Test func `has room for the closing quotes only on a line of its own`() {
        // 47 characters: with 3 for the opening quotes just as many as fit, with the closing ones too many.
        let summary = "Return the lines of a file, which is opened now."
        var layout = narrow
        layout.lineLength = 4 + 3 + summary.count

        let alone = GoogleStyle.google.render(Docstring(summary: summary), layout: layout)
        let followed = GoogleStyle.google.render(Docstring(summary: summary, description: "More."), layout: layout)

        #expect(alone == "Return the lines of a file.\n\nWhich is opened now.")
        #expect(followed == summary + "\n\nMore.")
    }

    @Test func `leaves room for a raw literal's prefix when a backslash is written`() {
        let summary = "Return the lines of a file, which is opened now."
        var layout = narrow
        layout.lineLength = 4 + 3 + summary.count

        let text = ReSTStyle.rest.render(Docstring(summary: summary, description: "The *args."), layout: layout)

        #expect(text == "Return the lines of a file.\n\nWhich is opened now.\n\n" + #"The \*args."#)
    }

    @Test(arguments: DocstringStyles.all.map(\.name))
    func `writes nothing for an empty docstring and no empty sections`(name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        let sections: [Docstring.Section] = [.parameters([]), .notes(" \n"), .returns([])]

        #expect(style.render(Docstring(summary: ""), layout: DocstringLayout()).isEmpty)
        #expect(style.render(Docstring(summary: "Do it.", sections: sections), layout: DocstringLayout()) == "Do it.")
    }
}
