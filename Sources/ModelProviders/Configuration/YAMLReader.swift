import CYaml

/// Makes nodes of the parser's events, one after another.
///
/// A whole document is never loaded first: the parser's work for each bracket grows with the depth at which it stands,
/// so that reading must end where a file is nested too deeply. Aliases can repeat each other without end, so that what
/// they stand for counts each time.
struct YAMLReader {
    /// How deeply values may be nested.
    static let depthLimit = 100
    /// How many values a file may have.
    static let sizeLimit = 100_000

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private var anchors: [String: Measured] = [:]
    private var remaining = Self.sizeLimit

    /// A node, how many nodes it is with all that it holds, and how deeply it is nested itself.
    private struct Measured {
        var node: YAMLNode
        var size = 1
        var height = 1

        mutating func take(_ child: Measured) {
            size += child.size
            height = max(height, child.height + 1)
        }
    }

    /// What the parser found, and where.
    private struct Event {
        enum Kind {
            case scalar(String, isQuoted: Bool)
            case alias(String)
            case sequence, mapping, end, other
        }

        var kind: Kind
        var anchor: String?
        var line: Int
    }

    /// Reads the bytes that a parser has been given; both must outlive the reader.
    init(parser: UnsafeMutablePointer<yaml_parser_t>, bytes: UnsafeBufferPointer<UInt8>) {
        self.parser = parser
        self.bytes = bytes
    }

    /// The document, where the file holds no second one; `nil` where there is none.
    mutating func onlyDocument() throws(ConfigurationProblem) -> YAMLNode? {
        guard let root = try document() else { return nil }
        if let second = try document() {
            throw ConfigurationProblem(line: second.line, message: "a second document begins here; a file holds one")
        }
        return root
    }

    /// The next document, read to its end; `nil` where there is none.
    private mutating func document() throws(ConfigurationProblem) -> YAMLNode? {
        while true {
            let event = try next()
            switch event.kind {
            case .other: continue
            case .end: return nil
            case .scalar, .alias, .sequence, .mapping:
                let root = try node(event, depth: 1)
                _ = try next()
                return root.node
            }
        }
    }

    private mutating func node(_ event: Event, depth: Int) throws(ConfigurationProblem) -> Measured {
        var measured = Measured(node: YAMLNode(content: .sequence([]), line: event.line))
        switch event.kind {
        case .scalar, .sequence, .mapping: try count(1, height: 1, at: event.line, depth: depth)
        case .alias, .end, .other: break
        }
        switch event.kind {
        case .scalar(let text, let isQuoted):
            measured.node.content = .scalar(text, isQuoted: isQuoted)
        case .alias(let name):
            guard let known = anchors[name] else {
                throw ConfigurationProblem(line: event.line, message: "the alias *\(name) refers to nothing before it")
            }
            try count(known.size, height: known.height, at: event.line, depth: depth)
            measured = known
        case .sequence:
            measured.node.content = .sequence(try items(of: &measured, depth: depth))
        case .mapping:
            measured.node.content = .mapping(try pairs(of: &measured, depth: depth))
        case .end, .other:
            break
        }
        if let anchor = event.anchor { anchors[anchor] = measured }
        return measured
    }

    private mutating func items(of parent: inout Measured, depth: Int) throws(ConfigurationProblem) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while let item = try child(of: &parent, depth: depth) { items.append(item) }
        return items
    }

    private mutating func pairs(
        of parent: inout Measured,
        depth: Int
    ) throws(ConfigurationProblem) -> [(key: YAMLNode, value: YAMLNode)] {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        while let key = try child(of: &parent, depth: depth) {
            guard let value = try child(of: &parent, depth: depth) else { return pairs }
            pairs.append((key, value))
        }
        return pairs
    }

    /// The next node inside another; `nil` at its end.
    private mutating func child(of parent: inout Measured, depth: Int) throws(ConfigurationProblem) -> YAMLNode? {
        let event = try next()
        if case .end = event.kind { return nil }
        let child = try node(event, depth: depth + 1)
        parent.take(child)
        return child.node
    }

    private mutating func count(
        _ nodes: Int,
        height: Int,
        at line: Int,
        depth: Int
    ) throws(ConfigurationProblem) {
        guard depth + height - 1 <= Self.depthLimit else {
            let message = "values are nested deeper than \(Self.depthLimit) levels"
            throw ConfigurationProblem(line: line, message: message)
        }
        remaining -= nodes
        guard remaining >= 0 else {
            throw ConfigurationProblem(line: line, message: "the file has more than \(Self.sizeLimit) values")
        }
    }

    private func next() throws(ConfigurationProblem) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxProblem() }
        defer { yaml_event_delete(&event) }
        let line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let isQuoted = scalar.style != YAML_PLAIN_SCALAR_STYLE
            return Event(kind: .scalar(text, isQuoted: isQuoted), anchor: name(scalar.anchor), line: line)
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias(name(event.data.alias.anchor) ?? ""), line: line)
        case YAML_SEQUENCE_START_EVENT:
            return Event(kind: .sequence, anchor: name(event.data.sequence_start.anchor), line: line)
        case YAML_MAPPING_START_EVENT:
            return Event(kind: .mapping, anchor: name(event.data.mapping_start.anchor), line: line)
        case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT:
            return Event(kind: .other, line: line)
        default:
            return Event(kind: .end, line: line)
        }
    }

    private func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }

    private func syntaxProblem() -> ConfigurationProblem {
        let reason = parser.pointee.problem.map { ": " + String(cString: $0) } ?? ""
        // A character that cannot be read has an offset in place of a line.
        let before =
            parser.pointee.error == YAML_READER_ERROR
            ? bytes.prefix(parser.pointee.problem_offset).count { $0 == UInt8(ascii: "\n") }
            : Int(parser.pointee.problem_mark.line)
        return ConfigurationProblem(line: before + 1, message: "this is neither YAML nor JSON\(reason)")
    }
}
