import SourceCode

/// Expression statements and assignments.
extension Parser {
    mutating func expressionStatement(_ position: inout SuitePosition) throws(SyntaxFailure) {
        let isFirst = position.isFirst
        let from = start
        try assignedValue()
        switch kind {
        case .equal:
            note(.assignment, &position)
            try plainAssignment(from: from)
        case .colon:
            note(.assignment, &position)
            try annotatedAssignment(from: from)
        case _ where kind.isAugmentedAssignment:
            note(.assignment, &position)
            try checkSingleTarget(root)
            facts.augments(root)
            advance()
            facts.notesCode()
            try assignedValue()
        default:
            bareExpression(isFirst: isFirst, &position)
        }
    }

    /// A statement that is only an expression: a docstring, a field's docstring, `...` or something done.
    private mutating func bareExpression(isFirst: Bool, _ position: inout SuitePosition) {
        let isString = root.kind == .string
        if isString, isFirst, position.declaration >= 0 {
            position.isFirst = false
            return facts.docstring(root.range, of: position.declaration)
        }
        note(.expression, &position)
        if isString {
            facts.stringStatement(root.range)
        } else if root.kind == .ellipsis {
            facts.endsField()
        } else {
            facts.notesCode()
        }
    }

    private mutating func plainAssignment(from: Int) throws(SyntaxFailure) {
        facts.notesCode()
        targets.removeAll(keepingCapacity: true)
        while kind == .equal {
            if root.kind == .yield { throw SyntaxFailure(at: Int(root.start), "cannot assign to a yield expression") }
            try checkTarget(rootIndex)
            targets.append(rootIndex)
            advance()
            try assignedValue()
        }
        guard facts.keepsAssignments else { return }
        let statement = ByteRange(from, previousEnd)
        for target in targets { facts.assigns(to: target, nodes: nodes.base, value: root, statement: statement) }
    }

    private mutating func annotatedAssignment(from: Int) throws(SyntaxFailure) {
        try checkSingleTarget(root)
        facts.notesCode()
        let target = rootIndex
        advance()
        try expression()
        let annotation = root.range
        var value: Node?
        if accept(.equal) {
            try assignedValue()
            value = root
        }
        guard facts.keepsAssignments else { return }
        let statement = ByteRange(from, previousEnd)
        facts.assigns(to: target, nodes: nodes.base, annotation: annotation, value: value, statement: statement)
    }
}
