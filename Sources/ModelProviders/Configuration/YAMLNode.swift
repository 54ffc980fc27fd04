import CYaml

/// A value of a YAML document (JSON is YAML, too), with the line it stands in.
struct YAMLNode: Sendable {
    /// What a node holds.
    enum Content: Sendable {
        case scalar(String, isQuoted: Bool)
        case sequence([YAMLNode])
        /// The pairs in their order; keys are scalars with lines of their own.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    /// What it holds.
    var content: Content
    /// The line of its first character, counted from 1.
    var line: Int

    /// The text, where it is a scalar.
    var scalar: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// Whether it stands for nothing: empty, `~` or `null` without quotes.
    var isNull: Bool { if case .nothing = meaning { true } else { false } }

    /// Reads the one document of a text; `nil` where there is none.
    ///
    /// - Throws: ``ConfigurationProblem`` without a file's name.
    static func parse(_ bytes: [UInt8]) throws(ConfigurationProblem) -> YAMLNode? {
        // The parser points to itself, so it must not move.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            throw ConfigurationProblem(line: nil, message: "there is no memory to read the file")
        }
        defer { yaml_parser_delete(parser) }
        let result = bytes.withoutEscapePairs.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            var reader = YAMLReader(parser: parser, bytes: buffer)
            return Result { () throws(ConfigurationProblem) in try reader.onlyDocument() }
        }
        return try result.get()
    }
}

extension YAMLNode {
    /// What a node says by YAML's rules.
    enum Meaning {
        case nothing
        case truth(Bool)
        /// A number as it is written.
        case number(String)
        case text(String)
        case list
        case mapping

        /// What it is, for messages.
        var kind: String {
            switch self {
            case .nothing: "nothing"
            case .truth: "true or false"
            case .number: "a number"
            case .text: "a text"
            case .list: "a list"
            case .mapping: "a mapping"
            }
        }
    }

    /// What the node says.
    var meaning: Meaning {
        switch content {
        case .sequence: .list
        case .mapping: .mapping
        case .scalar(let text, isQuoted: true): .text(text)
        case .scalar(let text, isQuoted: false): Self.meaning(of: text)
        }
    }

    private static func meaning(of text: String) -> Meaning {
        switch text {
        case "", "~", "null", "Null", "NULL": return .nothing
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return .truth(true)
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return .truth(false)
        default: break
        }
        let digits = text.first.map { "+-.".contains($0) } == true ? text.dropFirst() : text[...]
        let isNumber = digits.first?.isNumber == true && Double(text) != nil && !text.lowercased().contains("x")
        return isNumber ? .number(text) : .text(text)
    }

    /// The same without quotes.
    var unquoted: YAMLNode {
        guard case .scalar(let text, _) = content else { return self }
        return YAMLNode(content: .scalar(text, isQuoted: false), line: line)
    }

    /// What stands there, for messages: the beginning of a text, without keys.
    var described: String {
        switch meaning {
        case .nothing, .list, .mapping: meaning.kind
        case .truth: scalar ?? ""
        case .number(let text): "the number \(text.prefix(40))"
        case .text(let text): text.isEmpty ? "an empty text" : "\"\(Self.shown(text))\""
        }
    }

    private static func shown(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").maskingKeys()
        return line.count > 60 ? line.prefix(60) + "…" : line
    }
}
