/// Help, laid out for a terminal of 80 columns, from what commands declare.
enum HelpPage {
    private static let width = 80

    /// The page of the tool itself.
    static var tool: String {
        let names = CommandList.all.map { (left: $0.name, right: $0.manual.summary) }
        let options = CommandList.options.map { (left: $0.usage, right: $0.help) }
        return """
            Docent writes truthful docstrings into Python code and changes nothing else.

            Usage: docent COMMAND [OPTION]... [PATH]...

            Commands:
            \(table(names))
            Options:
            \(table(options))
            Try:
              docent generate --diff src     show what would be written
              docent generate src            write it
              docent help generate           all options and exit codes

            """
    }

    /// The page of a command.
    static func page(_ description: CommandDescription) -> String {
        let manual = description.manual
        let usage = ["docent \(description.name)", "[OPTION]...", manual.operands].filter { !$0.isEmpty }
        var page = manual.summary + ".\n\nUsage: " + usage.joined(separator: " ") + "\n"
        if !manual.text.isEmpty { page += "\n\(manual.text)\n" }
        let column = column(for: description.options.map(\.usage))
        for heading in headings(of: description.options) {
            let options = description.options.filter { $0.group == heading }
            page += "\n\(heading.isEmpty ? "Options" : heading):\n"
            page += table(options.map { (left: $0.usage, right: text(of: $0)) }, column: column)
        }
        for section in manual.sections {
            page += "\n\(section.heading):\n"
            page += section.lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
        }
        return page
    }

    private static func headings(of options: [OptionLabel]) -> [String] {
        var headings: [String] = []
        for option in options where !headings.contains(option.group) { headings.append(option.group) }
        return headings
    }

    private static func text(of option: OptionLabel) -> String {
        guard !option.values.isEmpty else { return option.help }
        return option.help + ": " + option.values.joined(separator: ", ")
    }

    /// Two columns; the right one is wrapped, and begins on a line of its own beside a long left one.
    private static func table(_ rows: [(left: String, right: String)], column: Int? = nil) -> String {
        let column = column ?? self.column(for: rows.map(\.left))
        let margin = String(repeating: " ", count: column)
        var result = ""
        for row in rows {
            let lines = wrapped(row.right, to: width - column)
            let fits = row.left.count + 4 <= column
            result += "  " + row.left
            result += fits ? String(repeating: " ", count: column - row.left.count - 2) : "\n" + margin
            result += lines.joined(separator: "\n" + margin) + "\n"
        }
        return result
    }

    /// Where the right column begins.
    private static func column(for names: [String]) -> Int {
        min(28, (names.map(\.count).max() ?? 0) + 4)
    }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
