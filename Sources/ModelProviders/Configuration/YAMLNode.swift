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

    /// Reads the first document of a text; `nil` where there is none.
    ///
    /// - Throws: ``ConfigurationProblem`` without a file's name.
    static func parse(_ bytes: [UInt8]) throws(ConfigurationProblem) -> YAMLNode? {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw ConfigurationProblem(line: nil, message: "there is no memory to read the file")
        }
        defer { yaml_parser_delete(&parser) }
        let result = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            return Result { () throws(ConfigurationProblem) in
                let root = try document(of: &parser, in: buffer)
                if root != nil, let second = try document(of: &parser, in: buffer) {
                    let message = "a second document begins here; a file holds one"
                    throw ConfigurationProblem(line: second.line, message: message)
                }
                return root
            }
        }
        return try result.get()
    }

    private static func document(
        of parser: inout yaml_parser_t,
        in bytes: UnsafeBufferPointer<UInt8>
    ) throws(ConfigurationProblem) -> YAMLNode? {
        var document = yaml_document_t()
        guard yaml_parser_load(&parser, &document) == 1 else { throw syntaxProblem(of: parser, in: bytes) }
        defer { yaml_document_delete(&document) }
        guard let root = yaml_document_get_root_node(&document) else { return nil }
        var reader = YAMLReader(document: document)
        return try reader.node(root, depth: 0)
    }

    private static func syntaxProblem(
        of parser: yaml_parser_t,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> ConfigurationProblem {
        let reason = parser.problem.map { ": " + String(cString: $0) } ?? ""
        // A character that cannot be read has an offset in place of a line.
        let before =
            parser.error == YAML_READER_ERROR
            ? bytes.prefix(parser.problem_offset).count { $0 == UInt8(ascii: "\n") } : Int(parser.problem_mark.line)
        return ConfigurationProblem(line: before + 1, message: "this is neither YAML nor JSON\(reason)")
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

/// Copies a document's nodes, and bounds how many there are: aliases can repeat each other without end.
private struct YAMLReader {
    var document: yaml_document_t
    var remaining = 100_000

    mutating func node(
        _ node: UnsafeMutablePointer<yaml_node_t>,
        depth: Int
    ) throws(ConfigurationProblem) -> YAMLNode {
        let line = Int(node.pointee.start_mark.line) + 1
        remaining -= 1
        guard remaining > 0, depth < 100 else {
            throw ConfigurationProblem(line: line, message: "the file is too large or nested too deeply")
        }
        return YAMLNode(content: try content(node.pointee, depth: depth), line: line)
    }

    private mutating func content(
        _ node: yaml_node_t,
        depth: Int
    ) throws(ConfigurationProblem) -> YAMLNode.Content {
        switch node.type {
        case YAML_SEQUENCE_NODE:
            return .sequence(try items(node, depth: depth))
        case YAML_MAPPING_NODE:
            return .mapping(try pairs(node, depth: depth))
        default:
            let scalar = node.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
        }
    }

    private mutating func items(_ node: yaml_node_t, depth: Int) throws(ConfigurationProblem) -> [YAMLNode] {
        var items: [YAMLNode] = []
        var item = node.data.sequence.items.start
        while let current = item, current != node.data.sequence.items.top {
            items.append(try target(current.pointee, depth: depth))
            item = current + 1
        }
        return items
    }

    private mutating func pairs(
        _ node: yaml_node_t,
        depth: Int
    ) throws(ConfigurationProblem) -> [(key: YAMLNode, value: YAMLNode)] {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        var pair = node.data.mapping.pairs.start
        while let current = pair, current != node.data.mapping.pairs.top {
            let key = try target(current.pointee.key, depth: depth)
            pairs.append((key, try target(current.pointee.value, depth: depth)))
            pair = current + 1
        }
        return pairs
    }

    private mutating func target(_ index: Int32, depth: Int) throws(ConfigurationProblem) -> YAMLNode {
        guard let target = yaml_document_get_node(&document, index) else {
            throw ConfigurationProblem(line: nil, message: "an alias refers to nothing")
        }
        return try node(target, depth: depth + 1)
    }
}
