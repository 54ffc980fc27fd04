import Docstrings

/// The least style these tests need: a summary, a description, and sections between lines such as `§raises§`, with
/// entries `name | type | text`, where `\n` in the text is a line end.
struct PlainStyle: DocstringStyle {
    var name = "plain"

    func parse(_ text: String) -> Docstring {
        var parts = text.split(separator: "\n§", omittingEmptySubsequences: false).map(String.init)
        let head = parts.removeFirst()
        let summary = head.prefix { $0 != "\n" }
        let description = head.dropFirst(summary.count).drop { $0 == "\n" }
        let sections = parts.map { part in
            let title = part.prefix { $0 != "§" }
            return section(String(title), String(part.dropFirst(title.count + 1).drop { $0 == "\n" }))
        }
        return Docstring(summary: String(summary), description: String(description), sections: sections)
    }

    func render(_ docstring: Docstring, layout: DocstringLayout) -> String { docstring.summary }

    private func section(_ title: String, _ text: String) -> Docstring.Section {
        switch title {
        case "args": .parameters(entries(text))
        case "returns": .returns(entries(text))
        case "raises": .raises(entries(text))
        case "attributes": .attributes(entries(text))
        case "examples": .examples(text)
        case "see": .seeAlso(text)
        default: .other(title: title, text: text)
        }
    }

    private func entries(_ text: String) -> [Docstring.Entry] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
                .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
            var entry = Docstring.Entry()
            entry.names = parts[0].isEmpty ? [] : [parts[0]]
            entry.type = parts.count < 2 || parts[1].isEmpty ? nil : parts[1]
            entry.text =
                parts.count < 3
                ? ""
                : parts[2].split(separator: "\\n", omittingEmptySubsequences: false)
                    .joined(separator: "\n")
            return entry
        }
    }
}
