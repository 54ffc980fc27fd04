import Docstrings

/// Turns a docstring into CommonMark: prose, then each section under its title in bold, entries as lists.
struct DocstringMarkdown {
    /// How prose and names are written.
    let markup: InlineMarkdown

    /// The blocks, joined by empty lines; empty when the docstring says nothing.
    func markdown(_ docstring: Docstring) -> String {
        var parts = [prose(docstring.summary), prose(docstring.description)]
        for section in docstring.sections { parts += blocks(of: section) }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func blocks(of section: Docstring.Section) -> [String] {
        switch section {
        case .parameters(let entries): titled("Parameters", entries)
        case .otherParameters(let entries): titled("Other parameters", entries)
        case .returns(let entries): titled("Returns", entries)
        case .yields(let entries): titled("Yields", entries)
        case .receives(let entries): titled("Receives", entries)
        case .raises(let entries): titled("Raises", entries)
        case .warns(let entries): titled("Warns", entries)
        case .attributes(let entries): titled("Attributes", entries)
        case .methods(let entries): titled("Methods", entries)
        case .examples(let text): ["**Examples**", ProseBlocks.markdown(text, markup, mayHoldCode: true)]
        case .notes(let text): titled("Notes", text)
        case .references(let text): titled("References", text)
        case .seeAlso(let text): ["**See also**", references(text)]
        case .deprecated(let version, let text):
            titled("Deprecated" + (version.isEmpty ? "" : " since \(version)"), text)
        case .other(let title, let text): titled(title, text)
        }
    }

    private func titled(_ title: String, _ text: String) -> [String] { ["**\(markup.markdown(title))**", prose(text)] }

    private func titled(_ title: String, _ entries: [Docstring.Entry]) -> [String] {
        ["**\(title)**", entries.map(item).joined(separator: "\n")]
    }

    private func prose(_ text: String) -> String { ProseBlocks.markdown(text, markup) }

    // MARK: Entries

    private func item(_ entry: Docstring.Entry) -> String {
        let head = head(of: entry)
        var blocks = ProseBlocks.blocks(of: entry.text, markup)
        if let first = blocks.first, first.isParagraph {
            blocks[0].text = head.isEmpty ? first.text : "\(head): \(first.text)"
        } else if !head.isEmpty {
            blocks.insert(.init(text: head), at: 0)
        }
        let text = MarkdownText.indented(blocks.map(\.text).joined(separator: "\n\n"), by: 2)
        return "- " + text.drop { $0 == " " }
    }

    /// The names with the type, or the type alone where the entry has no name.
    private func head(of entry: Docstring.Entry) -> String {
        let names = entry.names.map { MarkdownText.codeSpan($0) }.joined(separator: ", ")
        let type = entry.type.map { markup.code($0) }
        var facts = names.isEmpty ? [] : [type].compactMap(\.self)
        if entry.isOptional { facts.append("optional") }
        if let value = entry.defaultValue { facts.append("default \(MarkdownText.codeSpan(value))") }
        let head = names.isEmpty ? type ?? "" : names
        return facts.isEmpty ? head : "\(head) (\(facts.joined(separator: ", ")))"
    }

    // MARK: See also

    /// Lines such as `open, close : What they do.` as a list of linked names; all else as prose.
    private func references(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).outdented
        let starts = lines.indices.filter { lines[$0].indentation == 0 && !lines[$0].isBlankLine }
        guard !starts.isEmpty, starts.allSatisfy({ names(in: lines[$0]) != nil }) else { return prose(text) }
        let ends = starts.dropFirst() + [lines.count]
        return zip(starts, ends).map { start, end in
            reference(lines[start], Array(lines[(start + 1)..<end]))
        }.joined(separator: "\n")
    }

    private func reference(_ line: Substring, _ rest: [Substring]) -> String {
        guard let found = names(in: line) else { return "" }
        let text = ([found.text] + rest.outdented).joined(separator: "\n")
        let linked = found.names.map { markup.code(String($0)) }.joined(separator: ", ")
        let blocks = ProseBlocks.blocks(of: text, markup).map(\.text)
        let body = ([blocks.isEmpty ? linked : "\(linked): \(blocks[0])"] + blocks.dropFirst()).joined(
            separator: "\n\n"
        )
        return "- " + MarkdownText.indented(body, by: 2).drop { $0 == " " }
    }

    private func names(in line: Substring) -> (names: [Substring], text: Substring)? {
        let colon = line.utf8.firstIndex(of: 58) ?? line.utf8.endIndex
        let names = line[..<colon].split(separator: ",").map(\.trimmed)
        let areNames = names.allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { $0 == 46 || $0 == 95 || MarkdownText.isAlphanumeric($0) }
        }
        return areNames && !names.isEmpty ? (names, line[colon...].dropFirst().trimmed) : nil
    }
}
