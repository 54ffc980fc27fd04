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
                    guard oldToken.kind == newToken.kind, oldBytes.equals(oldToken.range, newBytes, newToken.range)
                    else {
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
    let docstrings: [ByteRange]
    var index = 0
    var docstring = 0
    private var isBehindDocstring = false

    init(outline: SourceOutline) {
        docstrings = outline.tables.declarations.map(\.docstring).filter { !$0.isEmpty }.sorted { $0.start < $1.start }
    }

    mutating func next(in tokens: borrowing Arena<Token>) -> Token {
        while true {
            let token = tokens[index]
            if token.kind == .endOfFile { return token }
            index += 1
            while docstring < docstrings.count, docstrings[docstring].end <= token.start { docstring += 1 }
            let isDocstring =
                docstring < docstrings.count && token.start >= docstrings[docstring].start && token.kind == .string
            if isDocstring { isBehindDocstring = true }
            if isDocstring || token.kind.isLayout || isBehindDocstring && token.kind == .semicolon { continue }
            isBehindDocstring = false
            return token
        }
    }
}

extension TokenKind {
    fileprivate var isLayout: Bool { self == .newline || self == .indent || self == .dedent }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a range holds the same bytes as a range of another buffer.
    fileprivate func equals(_ range: ByteRange, _ other: UnsafeBufferPointer<UInt8>, _ otherRange: ByteRange) -> Bool {
        guard range.count == otherRange.count else { return false }
        for index in 0..<range.count where self[Int(range.start) + index] != other[Int(otherRange.start) + index] {
            return false
        }
        return true
    }
}
