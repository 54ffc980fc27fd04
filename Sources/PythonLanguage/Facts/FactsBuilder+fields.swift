import SourceCode

/// What class bodies and methods assign.
extension FactsBuilder {
    /// Whether assignments matter in the body being read: in a class, in a method, and in a module for `__doc__`.
    var keepsAssignments: Bool {
        guard keepsFacts else { return false }
        let frame = frames[frames.count - 1]
        return frame.kind != .function || !frame.receiver.isEmpty
    }

    /// An assignment to the target whose node has an index, with or without annotation and value.
    mutating func assigns(
        to target: Int,
        nodes: UnsafeMutablePointer<Node>,
        annotation: ByteRange = .none,
        value: Node?,
        statement: ByteRange
    ) {
        let node = nodes[target]
        if node.kind == .tuple || node.kind == .list {
            for child in nodes.operands(of: target) {
                assigns(to: child, nodes: nodes, value: nil, statement: statement)
            }
            return
        }
        guard var record = field(for: target, nodes: nodes) else { return }
        record.annotation = annotation
        record.value = value?.range ?? .none
        record.valueKind = value?.kind.expressionKind ?? .absent
        keep(record, isName: node.kind == .name, statement: statement)
    }

    /// An augmented assignment, which makes no field but may set the docstring.
    mutating func augments(_ target: Node) {
        guard keepsAssignments, target.kind == .name, frames[frames.count - 1].kind != .function else { return }
        if bytesEqual(target.range, "__doc__") { frames[frames.count - 1].setsDocstring = true }
    }

    /// Notes a statement that does nothing: a string behind it documents no field.
    @inline(__always)
    mutating func endsField() { lastField = nil }

    /// A record for a target: a name in a class body, or an attribute of a method's receiver.
    private func field(for target: Int, nodes: UnsafeMutablePointer<Node>) -> FieldRecord? {
        let node = nodes[target]
        let frame = frames[frames.count - 1]
        if node.kind == .name { return frame.kind == .function ? nil : FieldRecord(name: node.range) }
        guard node.kind == .attribute, Int(node.first) == target - 1, !frame.receiver.isEmpty else { return nil }
        guard nodes[target - 1].kind == .name, bytesEqual(nodes[target - 1].range, frame.receiver) else { return nil }
        var start = Int(node.end)
        while start > Int(nodes[target - 1].end), base[start - 1] != UInt8(ascii: "."), !base[start - 1].isBlank {
            start -= 1
        }
        return FieldRecord(name: ByteRange(start, Int(node.end)))
    }

    private mutating func keep(_ record: FieldRecord, isName: Bool, statement: ByteRange) {
        if isName, bytesEqual(record.name, "__doc__") { frames[frames.count - 1].setsDocstring = true }
        if frames[frames.count - 1].kind == .module { return }
        var record = record
        record.comment = comment(of: statement)
        if isName {
            lastField = .field(row: fieldRows.rows.count)
            fieldRows.append(record, owner: owner)
        } else if frames[frames.count - 1].attributeNames.insert(NameHash.of(base, record.name)).inserted {
            lastField = .attribute(row: attributeRows.rows.count)
            attributeRows.append(record, owner: owner)
        }
    }

    /// The comment behind a statement or above it, looked for once however many targets the statement has.
    private mutating func comment(of statement: ByteRange) -> ByteRange {
        if lastCommented.statement == statement { return lastCommented.comment }
        let trailing = comments.trailing(behind: Int(statement.end))
        let comment = trailing.isEmpty ? comments.blockAbove(Int(statement.start)) : trailing
        lastCommented = (statement, comment)
        return comment
    }

    /// A string that stands alone: the docstring of the field that the statement before it assigned.
    mutating func stringStatement(_ literals: ByteRange) {
        switch lastField {
        case .field(let row): fieldRows.rows[row].docstring = literals
        case .attribute(let row): attributeRows.rows[row].docstring = literals
        case nil: break
        }
        lastField = nil
    }
}
