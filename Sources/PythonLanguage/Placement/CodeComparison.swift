import SourceCode

/// Compares two versions of a file as code: tokens by kind and spelling, comments, and each statement's kind and depth.
///
/// Line breaks and indentation are left out, and so are docstrings' own tokens and semicolons behind them. With equal tokens and equal statement
/// shapes the syntax trees are equal, too.
struct CodeComparison {
    let before: SourceOutline
    let after: SourceOutline

    /// What differs first, or nil.
    func firstDifference() -> String? {
        guard let old = before.residue as? CodeTokens, let new = after.residue as? CodeTokens else {
            return "the versions were not read as Python"
        }
        return tokenDifference(old, new) ?? commentDifference(old, new) ?? shapeDifference(old, new)
    }

    private func tokenDifference(_ old: CodeTokens, _ new: CodeTokens) -> String? {
        var oldCursor = CodeCursor(outline: before)
        var newCursor = CodeCursor(outline: after)
        return before.file.bytes.withUnsafeBufferPointer { oldBytes in
            after.file.bytes.withUnsafeBufferPointer { newBytes in
                while true {
                    let oldToken = oldCursor.next(in: old.tokens)
                    let newToken = newCursor.next(in: new.tokens)
                    let isSame =
                        oldToken.kind == newToken.kind
                        && (!oldToken.kind.leavesSpelling
                            || oldBytes.equals(oldToken.range, newBytes, newToken.range))
                    guard isSame else {
                        return "code differs at line \(before.position(of: Int(oldToken.start)).line)"
                    }
                    if oldToken.kind == .endOfFile { return nil }
                }
            }
        }
    }

    private func commentDifference(_ old: CodeTokens, _ new: CodeTokens) -> String? {
        guard old.comments.count == new.comments.count else { return "the number of comments differs" }
        return before.file.bytes.withUnsafeBufferPointer { oldBytes in
            after.file.bytes.withUnsafeBufferPointer { newBytes in
                for row in 0..<old.comments.count
                where !oldBytes.equals(old.comments[row], newBytes, new.comments[row]) {
                    return "a comment differs at line \(before.position(of: Int(old.comments[row].start)).line)"
                }
                return nil
            }
        }
    }

    private func shapeDifference(_ old: CodeTokens, _ new: CodeTokens) -> String? {
        guard old.shapes.count == new.shapes.count else { return "the number of statements differs" }
        for row in 0..<old.shapes.count where old.shapes[row] != new.shapes[row] {
            return "the structure differs at statement \(row + 1)"
        }
        return nil
    }
}

/// Goes through tokens that are code: no layout, no docstrings.
private struct CodeCursor {
    /// In file order.
    private let docstrings: [ByteRange]
    /// The next of them, or the one at hand.
    private var row = -1
    private var docstring = ByteRange.none
    private var index = 0
    private var isBehindDocstring = false

    init(outline: SourceOutline) {
        docstrings = outline.tables.declarations.map(\.docstring).filter { !$0.isEmpty }.sorted { $0.start < $1.start }
        goOn()
    }

    private mutating func goOn() {
        row += 1
        docstring = row < docstrings.count ? docstrings[row] : ByteRange(Int(UInt32.max), Int(UInt32.max))
    }

    @inline(__always)
    mutating func next(in tokens: borrowing Arena<Token>) -> Token {
        while true {
            let token = tokens[index]
            if token.kind == .endOfFile { return token }
            index += 1
            if token.kind.isLayout { continue }
            while docstring.end <= token.start { goOn() }
            if token.start >= docstring.start, token.kind == .string {
                isBehindDocstring = true
                continue
            }
            guard isBehindDocstring else { return token }
            if token.kind == .semicolon { continue }
            isBehindDocstring = false
            return token
        }
    }
}

extension TokenKind {
    @inline(__always) fileprivate var isLayout: Bool { self == .newline || self == .indent || self == .dedent }

    /// Whether tokens of this kind are spelt in more than one way: literals and names, keywords and marks not.
    @inline(__always) fileprivate var leavesSpelling: Bool { rawValue <= TokenKind.softUnderscore.rawValue }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a range holds the same bytes as a range of another buffer.
    @inline(__always)
    fileprivate func equals(_ range: ByteRange, _ other: UnsafeBufferPointer<UInt8>, _ otherRange: ByteRange) -> Bool {
        guard range.count == otherRange.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress else { return range.isEmpty }
        let (own, others) = (left + Int(range.start), right + Int(otherRange.start))
        var index = 0
        while index + 8 <= range.count {
            let word = UnsafeRawPointer(own + index).loadUnaligned(as: UInt64.self)
            guard word == UnsafeRawPointer(others + index).loadUnaligned(as: UInt64.self) else { return false }
            index += 8
        }
        while index < range.count, own[index] == others[index] { index += 1 }
        return index == range.count
    }
}
