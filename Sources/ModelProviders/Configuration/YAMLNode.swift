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
    var isNull: Bool {
        guard case .scalar(let text, isQuoted: false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// Reads the first document of a text; `nil` where there is none.
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
        let result = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            var reader = YAMLReader(parser: parser)
            return Result { () throws(ConfigurationProblem) in try reader.document() }
        }
        return try result.get()
    }
}
