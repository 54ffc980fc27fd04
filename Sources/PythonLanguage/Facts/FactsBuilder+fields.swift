import SourceCode

/// What class bodies and methods assign.
extension FactsBuilder {
    /// An assignment without annotation: one or more targets, the first at a node's index, and a value.
    mutating func assigns(targets first: Int, count: Int, statement: ByteRange, nodes: UnsafeMutablePointer<Node>, value: Int) {
        var target = first
        for position in 0..<count {
            assign(to: target, nodes: nodes, value: count == 1 || position >= 0 ? nodes[value] : nil, statement: statement)
            // The next target's root is the last node before the value that follows it.
            guard position + 1 < count, let next = root(behind: target, upTo: value, nodes: nodes) else { return }
            target = next
        }
    }

    /// The root of the expression that begins right behind another's root.
    private func root(behind index: Int, upTo last: Int, nodes: UnsafeMutablePointer<Node>) -> Int? {
        var here = last
        while here > index, Int(nodes[here].first) != index + 1 { here = Int(nodes[here].first) - 1 }
        return here > index ? here : nil
    }

    private mutating func assign(to target: Int, nodes: UnsafeMutablePointer<Node>, value: Node?, statement: ByteRange) {
        let node = nodes[target]
        if node.kind == .tuple || node.kind == .list {
            var child = Int(node.first)
            while child < target {
                let end = endOfOperand(from: child, below: target, nodes: nodes)
                assign(to: end, nodes: nodes, value: nil, statement: statement)
                child = end + 1
            }
            return
        }
        guard var record = field(for: target, nodes: nodes) else { return }
        record.value = value?.range ?? .none
        record.valueKind = value?.kind.expressionKind ?? .absent
        keep(record, isName: node.kind == .name, statement: statement)
    }

    /// The index of the operand of a node that begins at an index.
    private func endOfOperand(from start: Int, below parent: Int, nodes: UnsafeMutablePointer<Node>) -> Int {
        var here = parent - 1
        while here > start, Int(nodes[here].first) != start { here = Int(nodes[here].first) - 1 }
        return max(here, start)
    }

    mutating func annotates(
        target: Int,
        annotation: ByteRange,
        value: Node?,
        statement: ByteRange,
        nodes: UnsafeMutablePointer<Node>
    ) {
        guard var record = field(for: target, nodes: nodes) else { return }
        record.annotation = annotation
        record.value = value?.range ?? .none
        record.valueKind = value?.kind.expressionKind ?? .absent
        keep(record, isName: nodes[target].kind == .name, statement: statement)
    }

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
        record.comment = comments.trailing(behind: Int(statement.end))
        if record.comment.isEmpty { record.comment = comments.blockAbove(Int(statement.start)) }
        if isName {
            lastField = .field(row: fieldRows.rows.count)
            fieldRows.append(record, owner: owner)
        } else if frames[frames.count - 1].attributeNames.insert(NameHash.of(base, record.name)).inserted {
            lastField = .attribute(row: attributeRows.rows.count)
            attributeRows.append(record, owner: owner)
        }
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
