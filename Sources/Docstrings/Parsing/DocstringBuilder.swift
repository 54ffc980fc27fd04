/// Collects what a parser finds.
struct DocstringBuilder {
    private(set) var docstring = Docstring(summary: "")
    private let neutral: NeutralText
    private var description: [String] = []

    init(_ markup: InlineMarkup) { neutral = NeutralText(markup: markup) }

    /// The docstring so far.
    var built: Docstring {
        var result = docstring
        result.description = description.joined(separator: "\n\n")
        return result
    }

    /// Takes the first paragraph, or its first line if that ends a sentence, as the summary; gives the line behind it.
    mutating func takeSummary(of lines: DocstringLines, before end: Int) -> Int {
        let start = lines.firstText(from: 0)
        guard start < end else { return start }
        var stop = start + 1
        while stop < end, !lines[stop].isBlank, lines[stop].indent == 0, !endsSentence(lines[stop - 1].content) {
            stop += 1
        }
        docstring.summary = neutral(lines.lines[start..<stop].map { String($0.content) }.joined(separator: " "))
        return stop
    }

    private func endsSentence(_ line: Substring) -> Bool {
        guard let last = line.utf8.last else { return false }
        return ".!?:".utf8.contains(last)
    }

    /// Adds paragraphs to the description.
    mutating func describe(_ text: String) {
        if !text.isEmpty { description.append(neutral(text)) }
    }

    /// Adds a section; entries go to the last one of its title.
    mutating func add(_ section: Docstring.Section) {
        if let entries = section.entries,
            let twin = docstring.sections.lastIndex(where: { $0.title == section.title && $0.entries != nil })
        {
            docstring.sections[twin] = section.with((docstring.sections[twin].entries ?? []) + entries)
        } else {
            docstring.sections.append(section)
        }
    }

    /// The neutral form of a text.
    func text(_ text: String) -> String { neutral(text) }

    /// A named entry whose text may end with `Defaults to …`.
    func entry(_ names: [String], type: String?, text: String) -> Docstring.Entry {
        var result = Docstring.Entry(names: names, type: type, text: neutral(text))
        result.takeOptional()
        result.takeDefault()
        return result
    }

    /// A section of running text, by a title of any case and number.
    func section(title: String, text: String) -> Docstring.Section {
        switch title.lowercased() {
        case "example", "examples": .examples(text)
        case "note", "notes": .notes(neutral(text))
        case "reference", "references": .references(neutral(text))
        case "see also": .seeAlso(neutral(text))
        default: .other(title: title, text: neutral(text))
        }
    }

    /// An empty section of entries, by a title of any case and number; `nil` for titles of running text.
    static func entrySection(title: String) -> Docstring.Section? {
        switch title.lowercased() {
        case "args", "arguments", "parameters", "params": .parameters([])
        case "keyword args", "keyword arguments", "other parameters", "other params", "other args", "other arguments":
            .otherParameters([])
        case "returns", "return": .returns([])
        case "yields", "yield": .yields([])
        case "receives", "receive": .receives([])
        case "raises", "raise", "exceptions", "except": .raises([])
        case "warns", "warn": .warns([])
        case "attributes", "attribute": .attributes([])
        case "methods": .methods([])
        default: nil
        }
    }
}

extension Docstring.Entry {
    /// Moves `, optional` from the type to its own property.
    fileprivate mutating func takeOptional() {
        guard let type, type.hasSuffix(", optional") else { return }
        self.type = String(type.dropLast(10))
        isOptional = true
    }

    /// Moves a last sentence `Defaults to …` from the text to its own property.
    fileprivate mutating func takeDefault() {
        guard text.utf8.last == .period, let start = text.lastSentence(beginningWith: "Defaults") else { return }
        let words = text[start...].dropLast().dropFirst(8).trimmed
        guard words.utf8.starts(with: "to".utf8), words.utf8.dropFirst(2).first?.isWhitespace == true else { return }
        let value = words.dropFirst(2).trimmed
        guard !value.isEmpty, !value.utf8.contains(.lineFeed), value.firstRange(of: ". ") == nil else { return }
        defaultValue = Docstring.Entry.withoutBackticks(value)
        text = String(text[..<start].trimmed)
    }

    private static func withoutBackticks(_ value: Substring) -> String {
        let run = value.utf8.prefix { $0 == .backtick }.count
        guard run > 0, value.utf8.count > 2 * run, value.utf8.suffix(run).allSatisfy({ $0 == .backtick }) else {
            return String(value)
        }
        let code = value.dropFirst(run).dropLast(run)
        return String(run > 1 ? code.trimmed : code)
    }
}

extension String {
    /// Where a word stands last behind a blank or at the beginning.
    fileprivate func lastSentence(beginningWith word: String) -> Index? {
        let wanted = Array(word.utf8)
        var text = self
        let offset: Int? = text.withUTF8 { bytes in
            var start = bytes.count - wanted.count
            while start >= 0 {
                let isBeginning = start == 0 || bytes[start - 1].isWhitespace
                if isBeginning, bytes[start...].starts(with: wanted) { return start }
                start -= 1
            }
            return nil
        }
        return offset.map { utf8.index(startIndex, offsetBy: $0) }
    }
}
