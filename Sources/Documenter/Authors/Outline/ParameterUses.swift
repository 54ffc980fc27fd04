import SourceCode

/// What a body does with one parameter, in the order of first appearance.
final class ParameterUse {
    /// Attributes of the receiver that hold the parameter as given.
    var storedAs = UniqueTexts()
    /// Attributes of the receiver that are set to something made from it.
    var shapes = UniqueTexts()
    /// Local names that are set to something made from it.
    var computes = UniqueTexts()
    /// The callees that get it.
    var passedTo = UniqueTexts()
    /// For each callee the keyword under which it gets the parameter.
    var keywords: [String?] = []
    /// Methods of it that are called.
    var methods = UniqueTexts()
    /// Attributes of it that are read.
    var attributes = UniqueTexts()
    /// Literals that it is compared with.
    var comparedWith = UniqueTexts()
    /// The arguments with which it is called.
    var arguments = UniqueTexts()
    /// The callees in whose arguments it stands.
    var usedIn = UniqueTexts()
    /// The other sides of comparisons, quoted.
    var operands = UniqueTexts()
    /// What it is searched for in, quoted.
    var soughtIn = UniqueTexts()
    /// Items, and attributes of other things than the receiver, that are set to it.
    var storedIn = UniqueTexts()
    /// What it is an index or a key of.
    var keyOf = UniqueTexts()
    /// The operators of which it is an operand in a result.
    var operators = UniqueTexts()
    /// Attributes of it that are set.
    var changes = UniqueTexts()
    var facts: Facts = []
    /// The start of the statement whose rest is evaluated only when it is not `None`.
    var guardedStatement = -1
    /// How often the name appears.
    var count = 0

    struct Facts: OptionSet {
        let rawValue: UInt32

        static let isCalled = Facts(rawValue: 1 << 0)
        static let isIterated = Facts(rawValue: 1 << 1)
        static let isIndexed = Facts(rawValue: 1 << 2)
        static let isItemSet = Facts(rawValue: 1 << 3)
        static let isTested = Facts(rawValue: 1 << 4)
        static let isReturned = Facts(rawValue: 1 << 5)
        static let isSearched = Facts(rawValue: 1 << 6)
        static let isContext = Facts(rawValue: 1 << 7)
        static let isInResult = Facts(rawValue: 1 << 8)
        static let isInCondition = Facts(rawValue: 1 << 9)
        static let isFormatted = Facts(rawValue: 1 << 10)
        static let isAwaited = Facts(rawValue: 1 << 11)
        /// A call of it is awaited.
        static let isCallAwaited = Facts(rawValue: 1 << 12)
        /// A call of it is not awaited.
        static let isCallPlain = Facts(rawValue: 1 << 13)
        static let isNoneTested = Facts(rawValue: 1 << 14)
        /// Compared at a place that is reached when it is `None`, too.
        static let isComparedAnyway = Facts(rawValue: 1 << 15)
        static let isItemDeleted = Facts(rawValue: 1 << 16)
        static let isYielded = Facts(rawValue: 1 << 17)
        /// One of several values that are returned.
        static let isSometimesReturned = Facts(rawValue: 1 << 18)
        /// An item of a tuple that is returned.
        static let isInTuple = Facts(rawValue: 1 << 19)
    }
}

/// Finds the uses of all parameters of a function in one pass over its body.
struct ParameterUses {
    let scope: FunctionScope
    private let uses: [ParameterUse]
    /// For each open bracket the index of the bracket, when a callee stands in front of it; else -1.
    private var openCalls: [Int] = []
    /// Where parameters' names stand for something else.
    private var shadows = Shadows()
    /// The index of the statement's first token.
    private(set) var statement = 0

    init(scope: FunctionScope) {
        self.scope = scope
        uses = scope.givenParameters.map { _ in ParameterUse() }
        guard !uses.isEmpty else { return }
        shadows = Shadows(in: scope)
        for index in scope.body.indices { read(scope.body[index], at: index) }
    }

    /// The uses of a parameter, by its place among those that callers give.
    subscript(index: Int) -> ParameterUse { uses[index] }

    private mutating func read(_ token: CodeToken, at index: Int) {
        if !token.word.isDisjoint(with: .opening) {
            openCalls.append(token.word == .openRound ? index : -1)
        } else if !token.word.isDisjoint(with: .closing) {
            _ = openCalls.popLast()
        } else if token.word == .newline || token.word == .semicolon {
            statement = index + 1
        } else if token.kind == .name, token.word.isEmpty, !scope.holds([.dot, .def, .class], at: index - 1) {
            readName(at: index)
        }
    }

    private func readName(at index: Int) {
        guard let row = scope.parameterNames.index(at: scope.body[index].range, in: scope.outline) else { return }
        let isKeyword = scope.body[index].depth > 0 && scope.holds(.assign, at: index + 1)
        guard !isKeyword, !shadows.hide(row, at: index) else { return }
        uses[row].count += 1
        guard !shadows.isReplaced(row, at: index) else { return }
        note(index, in: uses[row])
    }

    private func note(_ index: Int, in use: ParameterUse) {
        let isEnding =
            scope.holds([.closing, .comma, .colon, .semicolon, .newline], at: index + 1)
            || index + 1 == scope.body.count
        noteAccess(index, in: use)
        noteArgument(index, in: use)
        noteEnclosingCall(in: use)
        noteKey(index, in: use)
        noteOperators(index, in: use)
        noteTarget(index, isEnding, in: use)
        noteComparison(index, in: use)
        noteOperands(index, in: use)
        noteStatement(index, isEnding, in: use)
        guard isEnding || scope.holds([.and, .or, .else, .if, .for], at: index + 1) else { return }
        if scope.holds(.in, at: index - 1) { noteMembership(index, in: use) }
        if scope.holds(.await, at: index - 1) { use.facts.insert(.isAwaited) }
        if scope.holds(.with, at: index - 1) { use.facts.insert(.isContext) }
        if isTest(index) { use.facts.insert(.isTested) }
    }

    private func noteAccess(_ index: Int, in use: ParameterUse) {
        if scope.holds(.openRound, at: index + 1) { noteCall(index, in: use) }
        if scope.holds(.openSquare, at: index + 1) {
            use.facts.insert(.isIndexed)
            if index == statement + 1, scope.holds(.del, at: statement) { use.facts.insert(.isItemDeleted) }
            if index == statement, isItemAssigned(index) { use.facts.insert(.isItemSet) }
        }
        guard scope.holds(.dot, at: index + 1) else { return }
        let name = scope.word(index + 2)
        let isMethod = scope.holds(.openRound, at: index + 3)
        if index == statement, scope.holds([.assign, .augmented], at: index + 3) {
            return _ = use.changes.insert(name)
        }
        if index == statement + 1, scope.holds(.del, at: statement) { return }
        if isMethod { use.methods.insert(name) } else { use.attributes.insert(name) }
    }

    /// The most different calls, comparisons and the like that are remembered of a parameter.
    static let mostDetails = 4
    /// The most tokens that an argument list or an operand is read through.
    static let mostTokens = 40

    private func noteCall(_ index: Int, in use: ParameterUse) {
        use.facts.insert([.isCalled, scope.holds(.await, at: index - 1) ? .isCallAwaited : .isCallPlain])
        guard use.arguments.count < Self.mostDetails else { return }
        let depth = scope.body[index].depth
        let last = min(index + 2 + Self.mostTokens, scope.body.count)
        let closing = (index + 2..<last).first { scope.body[$0].depth == depth }
        let inside = closing.map { Expression(outline: scope.outline, tokens: scope.body[index + 2..<$0]) }
        use.arguments.insert(inside.map { $0.isEmpty ? "" : $0.code ?? "?" } ?? "?")
    }

    private func noteEnclosingCall(in use: ParameterUse) {
        guard let open = openCalls.last, open >= 0, use.usedIn.count < Self.mostDetails else { return }
        if let callee = callee(before: open) { use.usedIn.insert(callee) }
    }

    private func isItemAssigned(_ index: Int) -> Bool {
        let depth = scope.body[index].depth
        let closing = scope.body[(index + 2)...].firstIndex { $0.depth == depth && $0.word == .closeSquare }
        return closing.map { scope.holds([.assign, .augmented], at: $0 + 1) } ?? false
    }

    private func noteArgument(_ index: Int, in use: ParameterUse) {
        guard !scope.holds(.raise, at: statement) else { return }
        guard scope.holds([.closeRound, .comma], at: index + 1), let open = openCalls.last, open >= 0 else { return }
        let isKeyword = scope.holds(.assign, at: index - 1)
        guard isKeyword || scope.holds([.openRound, .comma, .star, .doubleStar], at: index - 1) else { return }
        guard let callee = callee(before: open) else { return }
        if use.passedTo.insert(callee) { use.keywords.append(isKeyword ? scope.word(index - 2) : nil) }
    }

    /// The most tokens that are looked back at for the keyword that `in` belongs to.
    private static let mostTargets = 200

    private func noteMembership(_ index: Int, in use: ParameterUse) {
        var start = index - 1
        let least = max(statement, start - Self.mostTargets)
        while start > least, !scope.holds([.for, .if, .return, .and, .or, .elif, .assign, .colon], at: start - 1) {
            start -= 1
        }
        use.facts.insert(scope.holds(.for, at: start - 1) ? .isIterated : .isSearched)
    }

    private func noteComparison(_ index: Int, in use: ParameterUse) {
        guard scope.holds([.equal, .notEqual], at: index + 1), scope.body.indices.contains(index + 2) else { return }
        let token = scope.body[index + 2]
        let isLast = scope.holds([.closing, .comma, .colon, .newline, .and, .or, .if, .else], at: index + 3)
        guard isLast, token.kind == .string || token.kind == .number else { return }
        guard let code = Phrases.code(scope.word(index + 2)) else { return }
        use.comparedWith.insert(code)
    }

    /// What the whole statement does with it.
    private func noteStatement(_ index: Int, _ isEnding: Bool, in use: ParameterUse) {
        if isEnding, scope.holds(.yield, at: index - 1) {
            use.facts.insert(.isYielded)
        } else if scope.holds(.return, at: statement) {
            noteResult(index, isEnding, in: use)
        } else if scope.holds([.if, .elif, .while], at: statement) {
            use.facts.insert(.isInCondition)
        } else if scope.holds(.dot, at: statement + 1), let assign = attributeAssign, index > assign {
            guard scope.word(statement) == scope.receiver else { return }
            noteStored(index, behind: assign, in: use)
        } else if scope.holds(.assign, at: statement + 1), index > statement + 1 {
            let name = scope.word(statement)
            if !scope.isParameter(name) { use.computes.insert(name) }
        }
        if scope.holds(.percent, at: index - 1)
            || scope.holds(.openRound, at: index - 1) && scope.holds(.percent, at: index - 2)
        {
            if scope.body.indices.contains(index - 3),
                scope.body[index - 3].kind == .string || scope.body[index - 2].kind == .string
            {
                use.facts.insert(.isFormatted)
            }
        }
    }

    private func noteKey(_ index: Int, in use: ParameterUse) {
        guard scope.holds(.openSquare, at: index - 1), scope.holds(.closeSquare, at: index + 1) else { return }
        guard use.keyOf.count < Self.mostDetails, let container = callee(before: index - 1) else { return }
        use.keyOf.insert(container)
    }

    /// The index of the `=` by which the statement sets an attribute of a name, annotated or extended.
    private var attributeAssign: Int? {
        if scope.holds([.assign, .augmented], at: statement + 3) { return statement + 3 }
        guard scope.holds(.colon, at: statement + 3) else { return nil }
        let end = min(statement + Self.mostTokens, scope.body.count)
        return (statement + 4..<max(end, statement + 4)).first {
            scope.body[$0].depth == 0 && scope.holds(.assign, at: $0)
        }
    }

    private func noteStored(_ index: Int, behind assign: Int, in use: ParameterUse) {
        let attribute = scope.word(statement + 2)
        let isWhole =
            index == assign + 1 && scope.holds(.assign, at: assign)
            && (scope.holds([.newline, .semicolon], at: index + 1) || index + 1 == scope.body.count)
        let isOriginal = !scope.isRebound(scope.word(index), before: scope.body[index].range.offsets.lowerBound)
        if isWhole, isOriginal {
            use.storedAs.insert(attribute)
        } else {
            use.shapes.insert(attribute)
        }
    }

    /// The dotted name that ends in front of an opening parenthesis.
    private func callee(before open: Int) -> String? {
        var start = open
        while start > 0 {
            let isName = scope.body[start - 1].kind == .name && !scope.holds(.keywords, at: start - 1)
            let fits = start == open || scope.holds(.dot, at: start) ? isName : scope.holds(.dot, at: start - 1)
            guard fits else { break }
            start -= 1
        }
        guard start < open else { return nil }
        if scope.holds(.dot, at: start) { return chained(start, open) }
        guard !scope.holds([.def, .class], at: start - 1) else { return nil }
        return text(start..<open)
    }

    /// The tokens' text without blanks.
    private func text(_ range: Range<Int>) -> String {
        let whole = ByteRange(
            scope.body[range.lowerBound].range.offsets.lowerBound,
            scope.body[range.upperBound - 1].range.offsets.upperBound
        )
        let size = scope.body[range].reduce(0) { $0 + $1.range.count }
        return size == whole.count ? scope.outline.text(whole) : range.map(scope.word).joined()
    }

    /// A method of something that is no plain name: `super().method` where it is that, else the method alone.
    private func chained(_ dot: Int, _ open: Int) -> String? {
        let name = text(dot + 1..<open)
        guard scope.holds(.closeRound, at: dot - 1) else { return "str.\(name)" == "str.format" ? "format" : nil }
        let depth = scope.body[dot - 1].depth
        guard let start = scope.body[..<(dot - 1)].lastIndex(where: { $0.depth == depth && $0.word == .openRound })
        else { return nil }
        return start > 0 && scope.word(start - 1) == "super" ? "super().\(name)" : name
    }
}
