/// What can be assigned to, deleted or looped over.
extension Parser {
    /// The targets of a `for`, up to `in`.
    mutating func loopTargets() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        try loopTarget()
        if kind == .comma {
            while accept(.comma), kind != .in { try loopTarget() }
            emit(.tuple, from: from, first: first)
        }
        try checkTarget(rootIndex)
    }

    private mutating func loopTarget() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        let isStarred = accept(.star)
        try operand(Precedence.bitwiseOr)
        if isStarred { emit(.starred, from: from, first: first) }
    }

    /// Refuses what cannot be assigned to, in any depth of tuples and lists.
    func checkTarget(_ index: Int) throws(SyntaxFailure) {
        let node = nodes[index]
        switch node.kind {
        case .name, .attribute, .subscript:
            return
        case .starred:
            let inner = nodes[index - 1]
            if inner.kind == .starred { throw cannotAssign(inner) }
            try checkTarget(index - 1)
        case .tuple, .list:
            var child = index - 1
            while child >= Int(node.first) {
                try checkTarget(child)
                child = Int(nodes[child].first) - 1
            }
        default:
            throw cannotAssign(node)
        }
    }

    /// Refuses what `del` cannot take: as an assignment's targets, but never starred.
    func checkDeletion(_ index: Int) throws(SyntaxFailure) {
        let node = nodes[index]
        switch node.kind {
        case .name, .attribute, .subscript:
            return
        case .tuple, .list:
            var child = index - 1
            while child >= Int(node.first) {
                try checkDeletion(child)
                child = Int(nodes[child].first) - 1
            }
        default:
            throw SyntaxFailure(at: Int(node.start), "cannot delete this expression")
        }
    }

    /// Refuses what an augmented or annotated assignment cannot take: one name, attribute or subscript only.
    func checkSingleTarget(_ node: Node) throws(SyntaxFailure) {
        switch node.kind {
        case .name, .attribute, .subscript: return
        default: throw cannotAssign(node)
        }
    }

    private func cannotAssign(_ node: Node) -> SyntaxFailure {
        SyntaxFailure(at: Int(node.start), "cannot assign to this expression")
    }
}
