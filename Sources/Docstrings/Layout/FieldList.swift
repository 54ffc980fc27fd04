/// Writes the fields of reST and Epytext: `:param x: text`, `@param x: text`.
struct FieldList {
    /// What a field begins with.
    let prefix: String
    /// The steps of indentation of a field's further lines.
    let level: Int
    private var isStarted = false

    init(prefix: String, level: Int) {
        self.prefix = prefix
        self.level = level
    }

    /// Writes a parameter or attribute, each of its names, and its type, as it is, in a field of its own.
    mutating func write(_ tag: String, _ typeTag: String, _ entry: Docstring.Entry, to writer: inout TextWriter) {
        let names = entry.names.isEmpty ? [""] : entry.names
        for name in names {
            field(tag, name, entry.textWithDefault, to: &writer)
            if let type = entry.type { typeField(typeTag, name, type, to: &writer) }
        }
    }

    /// Writes a result as one field for its text and one for its type.
    mutating func write(_ tag: String, _ typeTag: String?, result: [Docstring.Entry], to writer: inout TextWriter) {
        guard let entry = result.joinedResult else { return }
        if !entry.text.isEmpty { field(tag, "", entry.text, to: &writer) }
        if let typeTag, let type = entry.type { typeField(typeTag, "", type, to: &writer) }
    }

    /// Writes an exception or a warning.
    mutating func write(_ tag: String, subject entry: Docstring.Entry, to writer: inout TextWriter) {
        field(tag, entry.subject, entry.text, to: &writer)
    }

    /// Writes a field whose text is prose.
    mutating func field(_ tag: String, _ argument: String, _ text: String, to writer: inout TextWriter) {
        begin(tag, argument, to: &writer)
        writer.writeBehind(text, level: level)
    }

    /// Writes a field whose text is a type: wrapped at its blanks, otherwise as it is.
    private mutating func typeField(_ tag: String, _ argument: String, _ type: String, to writer: inout TextWriter) {
        begin(tag, argument, to: &writer)
        writer.writeTypeBehind(type, level: level)
    }

    private mutating func begin(_ tag: String, _ argument: String, to writer: inout TextWriter) {
        if !isStarted { writer.skipLine() }
        isStarted = true
        writer.beginLine()
        writer.append(prefix)
        writer.append(tag)
        if !argument.isEmpty {
            writer.append(" ")
            writer.append(argument)
        }
        writer.append(":")
    }
}

extension TextWriter {
    /// Writes a type behind the line in hand: no inline markup but Epytext's escapes for unbalanced braces.
    mutating func writeTypeBehind(_ type: String, level: Int) {
        var type = type
        prose.removeAll()
        type.withUTF8 { source in
            let raw: InlineMarkup = if case .epytext = markup { .epytext } else { .singleBackticks }
            InlineWriter.fill(&prose, raw, source, 0..<source.count)
        }
        fill(0..<prose.words.count, level: level, lead: .behind)
    }

    /// Writes a title, and below it entries for which a style has no place, as a list.
    mutating func writeList(_ title: String, _ entries: [Docstring.Entry]) {
        skipLine()
        line(title)
        skipLine()
        for entry in entries where !entry.isEmpty {
            beginLine(level: 1)
            append("- " + entry.subject + (entry.text.isEmpty ? "" : ":"))
            writeBehind(entry.text, level: 2)
        }
    }
}
