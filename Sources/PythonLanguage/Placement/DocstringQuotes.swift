/// The prefix and the quotes of a docstring, which another one takes over.
struct DocstringQuotes {
    private let prefix: [UInt8]
    private let quotes: [UInt8]

    private static let ours = Array("\"\"\"".utf8)

    /// Reads them off a docstring; `nil` where it is joined of several literals.
    init?(of literals: ArraySlice<UInt8>) {
        let found = literals.withUnsafeBufferPointer { bytes -> (start: Int, width: Int)? in
            var pieces = LiteralPieces(bytes)
            guard let piece = pieces.next(), pieces.isAtEnd, let quote = bytes.last else { return nil }
            let start = bytes.firstIndex(of: quote) ?? 0
            return (start, piece.content.lowerBound - start)
        }
        guard let found else { return nil }
        prefix = Array(literals.prefix(found.start))
        quotes = Array(literals.dropFirst(found.start).prefix(found.width))
    }

    /// A literal of ours (`"""` or `r"""`) with these quotes; `nil` where its text cannot stand between them.
    func around(_ literal: [UInt8]) -> [UInt8]? {
        let isRaw = literal.first == UInt8(ascii: "r")
        let content = literal[((isRaw ? 1 : 0) + Self.ours.count)..<(literal.count - Self.ours.count)]
        guard let quote = quotes.first, quotes == Self.ours || stands(content, between: quote) else { return nil }
        return prefix(isRaw: isRaw, hasBackslashes: content.contains(UInt8(ascii: "\\"))) + quotes + content + quotes
    }

    private func stands(_ content: ArraySlice<UInt8>, between quote: UInt8) -> Bool {
        if quotes.count == 1 { return !content.contains { $0 == quote || $0.isLineEnd } }
        return content.first != quote && content.last != quote && !content.contains([quote, quote, quote])
    }

    /// The old prefix where it does not change what backslashes mean.
    private func prefix(isRaw: Bool, hasBackslashes: Bool) -> [UInt8] {
        let wasRaw = prefix.contains { $0 | 0x20 == UInt8(ascii: "r") }
        guard hasBackslashes, wasRaw != isRaw else { return prefix }
        return isRaw ? [UInt8(ascii: "r")] : []
    }
}
