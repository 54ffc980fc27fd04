import Docstrings

/// A docstring with something of everything that styles write differently.
let sample: Docstring = {
    var encoding = Docstring.Entry("encoding", type: "str", text: "Name of the encoding, `utf-8` for instance.")
    encoding.defaultValue = "'utf-8'"
    var limit = Docstring.Entry("limit", type: "int | None", text: "Lines to read at most, counted from the first one.")
    limit.isOptional = true
    return Docstring(
        summary: "Count the lines of a file.",
        description: "The file is read `once`.",
        sections: [
            .raises([
                Docstring.Entry(type: "OSError", text: "If `path` cannot be read."),
                Docstring.Entry(type: "json.JSONDecodeError"),
            ]),
            .parameters([
                Docstring.Entry("path", type: "Path", text: "The file."), encoding, limit,
                Docstring.Entry("mode", type: "Literal['a:b']", text: "How."),
                Docstring.Entry("*args", type: "str"), Docstring.Entry("**kwargs", text: "Passed on."),
            ]),
            .returns([Docstring.Entry(type: "dict[str, int]", text: "The numbers {by} name.")]),
            .examples(">>> count(p)\n3"),
            .notes("It is slow."),
        ]
    )
}()

/// A layout of 50 columns behind four blanks.
var narrow: DocstringLayout {
    var layout = DocstringLayout()
    layout.lineLength = 54
    layout.indentationWidth = 4
    return layout
}

/// A docstring with one section.
func docstring(_ section: Docstring.Section) -> Docstring { Docstring(summary: "Do it.", sections: [section]) }

extension DocstringStyle {
    /// What stands behind the summary and an empty line, in the default layout.
    func body(_ section: Docstring.Section) -> String {
        String(render(docstring(section), layout: DocstringLayout()).dropFirst("Do it.\n\n".count))
    }
}
