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
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw ConfigurationProblem(line: nil, message: "there is no memory to read the file")
        }
        defer { yaml_parser_delete(&parser) }
        let result = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            return Result { () throws(ConfigurationProblem) in try document(of: &parser) }
        }
        return try result.get()
    }

    private static func document(of parser: inout yaml_parser_t) throws(ConfigurationProblem) -> YAMLNode? {
        var document = yaml_document_t()
        guard yaml_parser_load(&parser, &document) == 1 else { throw syntaxProblem(of: parser) }
        defer { yaml_document_delete(&document) }
        guard let root = yaml_document_get_root_node(&document) else { return nil }
        var reader = YAMLReader(document: document)
        return try reader.node(root, depth: 0)
    }

    private static func syntaxProblem(of parser: yaml_parser_t) -> ConfigurationProblem {
        let reason = parser.problem.map { String(cString: $0) } ?? "this is no YAML"
        let mark = parser.error == YAML_READER_ERROR ? nil : Int(parser.problem_mark.line) + 1
        return ConfigurationProblem(line: mark, message: reason)
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
