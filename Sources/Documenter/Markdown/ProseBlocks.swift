/// Turns a docstring's text into CommonMark blocks: paragraphs, lists, quotes, and code that stays as it is.
struct ProseBlocks {
    /// A block, and whether text in front of it may go on with it.
    struct Block {
        var text: String
        var isParagraph = false
    }

    private let markup: InlineMarkdown
    private let lines: [Substring]
    private var row = 0
    private var blocks: [Block] = []
    private let mayHoldCode: Bool
    private let depth: Int
    /// The block that a next item belongs to, if it is still the last.
    private var list: (row: Int, isBulleted: Bool)?

    /// Reads the blocks of a cleaned text.
    ///
    /// In examples (`mayHoldCode`) lines that look like statements are code, though nothing announces it.
    static func blocks(of text: String, _ markup: InlineMarkdown, mayHoldCode: Bool = false) -> [Block] {
        var reader = ProseBlocks(lines: text.lines, markup: markup, mayHoldCode: mayHoldCode, depth: 0)
        return reader.read()
    }

    /// The blocks as one text.
    static func markdown(_ text: String, _ markup: InlineMarkdown, mayHoldCode: Bool = false) -> String {
        blocks(of: text, markup, mayHoldCode: mayHoldCode).map(\.text).joined(separator: "\n\n")
    }

    private init(lines: [Substring], markup: InlineMarkdown, mayHoldCode: Bool, depth: Int) {
        self.lines = lines
        self.mayHoldCode = mayHoldCode
        self.markup = markup
        self.depth = depth
    }

    private mutating func read() -> [Block] {
        while row < lines.count {
            if lines[row].isBlankLine { row += 1 } else { readBlock() }
        }
        return blocks
    }

    private mutating func readBlock() {
        let line = lines[row].trimmed
        // Texts nested deeper than this are not prose: they stay as they are.
        if depth > 8 { return appendCode(take { _ in true }, language: "text") }
        if let ticks = line.fence { return readFence(ticks) }
        if line.begins(">>>") { return readDoctest() }
        if line.isTableLine { return appendCode(take { !$0.isBlankLine }, language: "text") }
        if let directive = Directive(line) { return readDirective(directive) }
        if let marker = line.listMarker { return readItem(marker) }
        if lines[row].indentation > 0 { return readQuote() }
        if mayHoldCode, lines[row].looksLikeCode { return readStatements() }
        readParagraph()
    }

    // MARK: Taking lines

    private mutating func take(while belongs: (Substring) -> Bool) -> [Substring] {
        let start = row
        while row < lines.count, belongs(lines[row]) { row += 1 }
        return Array(lines[start..<row])
    }

    /// The lines that are empty or indented deeper than a width, without empty ones at the end.
    private mutating func takeDeeper(than width: Int) -> [Substring] {
        var taken = take { $0.isBlankLine || $0.indentation > width }
        while taken.last?.isBlankLine == true {
            taken.removeLast()
            row -= 1
        }
        return taken
    }

    /// Groups of lines with empty lines between them, as long as the first line of the next group goes on with it.
    private mutating func takeGroups(
        while belongs: (Substring) -> Bool,
        goingOn goesOn: (Substring) -> Bool
    ) -> [Substring] {
        var taken = take(while: belongs)
        while let next = lines[row...].firstIndex(where: { !$0.isBlankLine }), next > row, goesOn(lines[next]) {
            taken += lines[row..<next]
            row = next
            taken += take(while: belongs)
        }
        return taken
    }

    private func nested(_ lines: [Substring]) -> [Block] {
        var reader = ProseBlocks(lines: lines.outdented, markup: markup, mayHoldCode: mayHoldCode, depth: depth + 1)
        return reader.read()
    }

    // MARK: Code

    private mutating func appendCode(_ lines: [Substring], language: String) {
        let text = lines.outdented.map { $0.trimmedEnd }.joined(separator: "\n")
        blocks.append(Block(text: MarkdownText.fence(text, language: language)))
    }

    /// Prompts with what they print, and the prompts behind empty lines.
    private mutating func readDoctest() {
        let width = lines[row].indentation
        let code = takeGroups(
            while: { !$0.isBlankLine },
            goingOn: { $0.indentation == width && $0.trimmed.begins(">>>") }
        )
        appendCode(code, language: "pycon")
    }

    private mutating func readFence(_ ticks: Substring) {
        let language = lines[row].trimmed.dropFirst(ticks.utf8.count).prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        row += 1
        let code = take { !($0.trimmed.hasPrefix(ticks) && $0.trimmed.allSatisfy { $0 == ticks.first }) }
        row += 1
        appendCode(code, language: String(language))
    }

    /// Statements without prompts, and those behind empty lines.
    private mutating func readStatements() {
        let code = takeGroups(
            while: { !$0.isBlankLine && !$0.begins(">>>") },
            goingOn: { $0.indentation > 0 || $0.looksLikeCode }
        )
        appendCode(code, language: "python")
    }

    /// What a paragraph that ends with `::` announces.
    private mutating func readLiteral() {
        let start = row
        _ = take { $0.isBlankLine }
        guard row < lines.count, lines[row].indentation > 0 else {
            row = start
            return
        }
        appendCode(takeDeeper(than: 0), language: "text")
    }

    // MARK: Directives

    private mutating func readDirective(_ directive: Directive) {
        let width = lines[row].indentation
        let first = lines[row]
        row += 1
        let body = takeDeeper(than: width)
        switch directive.kind {
        case .code(let language):
            appendCode(directive.withoutOptions(body), language: language)
        case .remark(let title):
            let text = [Substring(directive.argument)] + body.outdented
            append(nested(text), behind: "**\(markup.markdown(title)):**")
        case .footnote:
            append(nested([Substring(directive.argument)] + body.outdented), behind: "")
        case .other:
            appendCode([first] + body, language: "text")
        }
    }

    private mutating func append(_ nested: [Block], behind head: String) {
        guard let first = nested.first, first.isParagraph else {
            if !head.isEmpty { blocks.append(Block(text: head, isParagraph: true)) }
            return blocks += nested
        }
        blocks.append(Block(text: head.isEmpty ? first.text : "\(head) \(first.text)", isParagraph: true))
        blocks += nested.dropFirst()
    }

    // MARK: Lists, quotes, paragraphs

    private mutating func readItem(_ marker: ListMarker) {
        let width = lines[row].indentation
        let first = lines[row].trimmed.dropFirst(marker.length)
        row += 1
        let content = nested([first] + takeDeeper(than: width).outdented)
        let text = content.map(\.text).joined(separator: "\n\n")
        let item = marker.text + " " + MarkdownText.indented(text, by: marker.text.utf8.count + 1).drop { $0 == " " }
        if let list, list.row == blocks.count - 1, list.isBulleted == marker.isBullet {
            blocks[list.row].text += "\n" + item
        } else {
            blocks.append(Block(text: item))
            list = (blocks.count - 1, marker.isBullet)
        }
    }

    private mutating func readQuote() {
        let content = nested(takeDeeper(than: 0)).map(\.text).joined(separator: "\n\n")
        let quoted = content.lines
            .map { $0.isEmpty ? ">" : "> " + $0 }
        blocks.append(Block(text: quoted.joined(separator: "\n")))
    }

    private mutating func readParagraph() {
        let start = row
        row += 1
        while row < lines.count, continuesParagraph(lines[row]) { row += 1 }
        if row == start + 2, lines[start + 1].isUnderline {
            return blocks.append(Block(text: "**\(markup.markdown(String(lines[start])))**"))
        }
        let text = lines[start..<row].joined(separator: "\n").trimmedEnd
        let announcesCode = text.hasSuffix("::") && !text.hasSuffix(":::")
        let prose = announcesCode ? Self.announcement(text) : String(text)
        if !prose.isEmpty { blocks.append(Block(text: markup.markdown(prose), isParagraph: true)) }
        if announcesCode { readLiteral() }
    }

    /// `text::` is shown as `text:`, `text ::` as `text`, a lone `::` not at all.
    private static func announcement(_ text: Substring) -> String {
        let head = text.dropLast(2)
        return head.last == " " || head.last == "\n" ? String(head.trimmedEnd) : head.isEmpty ? "" : head + ":"
    }

    private func continuesParagraph(_ line: Substring) -> Bool {
        guard !line.isBlankLine, line.indentation == 0 else { return false }
        return !line.begins(">>>") && line.fence == nil && line.listMarker == nil && Directive(line) == nil
    }
}
