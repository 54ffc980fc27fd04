/// What several styles write in the same way.
extension TextWriter {
    /// The text that a body writes; once more with room for an `r` before the quotes if it holds a backslash.
    static func rendered(
        _ layout: DocstringLayout,
        markup: InlineMarkup,
        _ body: (inout TextWriter) -> Void
    ) -> String {
        var writer = TextWriter(layout, markup: markup)
        body(&writer)
        if layout.openingWidth == 3, writer.holdsBackslash {
            var wider = layout
            wider.openingWidth = 4
            writer = TextWriter(wider, markup: markup)
            body(&writer)
        }
        return writer.text
    }

    /// Writes summary, deprecations and description.
    mutating func writeOpening(_ docstring: Docstring, deprecations sections: [Docstring.Section]) {
        writeSummary(docstring.summary, isWhole: docstring.isSummaryOnly)
        writeDeprecations(sections)
        writeRestOfSummary()
        if docstring.description.isEmpty { return }
        skipLine()
        write(docstring.description)
    }

    /// Writes the sections on deprecation as directives, which stand directly behind the summary.
    private mutating func writeDeprecations(_ sections: [Docstring.Section]) {
        for case .deprecated(let version, let text) in sections {
            skipLine()
            line(".. deprecated:: " + version)
            write(text, level: 1)
        }
    }

    /// Writes a text, its first line one step less indented, so that no reader takes its beginning for a type.
    ///
    /// No colon stands on the first line before the first sentence's end: one behind a word becomes a dash, and a
    /// word with a colon inside goes to the next line.
    mutating func writeWithoutLabel(_ text: String, level: Int) {
        var text = text
        let firstEnd = text.withUTF8 { source in
            var blocks = TextBlocks(source)
            guard let first = blocks.next(), first.kind == .prose else { return 0 }
            InlineWriter.fill(&prose, markup, source, first.range)
            return first.range.upperBound
        }
        guard firstEnd > 0 else {
            line("As follows.", level: level - 1)
            return write(text, level: level)
        }
        avoidLabel()
        fill(0..<prose.words.count, level: level, lead: .below(level: level - 1))
        guard firstEnd < text.utf8.count else { return }
        let rest = String(text.utf8.dropFirst(firstEnd)) ?? ""
        if rest.hasPrefix("\n\n") { skipLine() }
        write(rest, level: level)
    }

    private mutating func avoidLabel() {
        var index = 0
        while index < prose.words.count {
            let word = prose.text(index)
            if word.last == .colon, word.count > 1, !word.dropLast().contains(.colon) {
                prose.replaceColon(at: index)
            } else if word.contains(.colon) {
                if index == 0 { prose.insert("The value", at: 0) }
                prose.words[max(index, 1)].isForcedDown = true
                return
            } else if word.last == .period {
                return
            }
            index += 1
        }
    }
}
