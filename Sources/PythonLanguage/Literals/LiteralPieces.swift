/// The string literals of an expression that is nothing but literals: adjacent ones are joined, and blanks, line ends,
/// comments, backslashes at line ends and parentheses may stand around each.
struct LiteralPieces: Sequence, IteratorProtocol {
    /// One literal: what stands between its quotes, and its prefix.
    struct Piece {
        let content: Range<Int>
        /// The prefix's letters, in lower case.
        var isRaw = false
        var isBytes = false
        /// An f-string or a t-string.
        var isInterpolated = false

        var isText: Bool { !isBytes && !isInterpolated }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    /// Whether something was met that belongs to no literal, or a literal that does not end.
    private(set) var isBroken = false

    /// Whether all bytes are taken.
    var isAtEnd: Bool { index == bytes.count }

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Piece? {
        skipFiller()
        guard index < bytes.count, !isBroken else { return nil }
        let prefixStart = index
        while index < bytes.count, bytes[index] | 0x20 >= 0x61, bytes[index] | 0x20 <= 0x7A { index += 1 }
        guard index - prefixStart <= 2, index < bytes.count, let content = quoted() else {
            isBroken = true
            return nil
        }
        var piece = Piece(content: content)
        for letter in bytes[prefixStart..<content.lowerBound] {
            switch letter | 0x20 {
            case UInt8(ascii: "r"): piece.isRaw = true
            case UInt8(ascii: "b"): piece.isBytes = true
            case UInt8(ascii: "f"), UInt8(ascii: "t"): piece.isInterpolated = true
            default: continue
            }
        }
        return piece
    }

    /// Takes a quoted text and gives what is between the quotes; `nil` if none begins here or it does not end.
    private mutating func quoted() -> Range<Int>? {
        let quote = bytes[index]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let width = isTriple(at: index, quote) ? 3 : 1
        let start = index + width
        index = start
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == quote, width == 1 || isTriple(at: index, quote) {
                defer { index += width }
                return start..<index
            } else {
                index += 1
            }
        }
        return nil
    }

    private func isTriple(at index: Int, _ quote: UInt8) -> Bool {
        index + 2 < bytes.count && bytes[index] == quote && bytes[index + 1] == quote && bytes[index + 2] == quote
    }

    private mutating func skipFiller() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "#"):
                while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            default: return
            }
        }
    }
}
