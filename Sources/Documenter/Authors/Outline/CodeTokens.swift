import SourceCode

/// A token of code, told apart only as far as descriptions need it.
struct CodeToken {
    enum Kind: UInt8 { case name, number, string, symbol, newline }

    let kind: Kind
    /// The keyword or symbol that it is; empty for other names, numbers and strings.
    let word: CodeWord
    let range: ByteRange
    /// The number of brackets around it; brackets count as outside of themselves.
    let depth: Int32
}

extension CodeToken {
    /// The tokens of a range of Python code; comments and blanks are left out, new lines inside brackets too.
    static func tokens(of range: ByteRange, in outline: SourceOutline) -> [CodeToken] {
        outline.file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CodeScanner(bytes: bytes, range: range.offsets.clamped(to: 0..<bytes.count))
            return scanner.scan()
        }
    }
}

/// Cuts bytes into tokens; forgiving, as the bytes have been parsed before.
private struct CodeScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let end: Int
    var position: Int
    var depth: Int32 = 0
    var tokens: [CodeToken] = []
    private let spellings = CodeSpellings.shared

    init(bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
        self.bytes = bytes
        end = range.upperBound
        position = range.lowerBound
        tokens.reserveCapacity(range.count / 4)
    }

    mutating func scan() -> [CodeToken] {
        while position < end { step() }
        return tokens
    }

    private mutating func step() {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\\"), 0x0C: position += 1
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): newLine()
        case UInt8(ascii: "#"): skipComment()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string(from: position)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
        case _ where isNameByte(byte): name()
        default: symbol(byte)
        }
    }

    private mutating func newLine() {
        let isContinued = position > 0 && bytes[position - 1] == UInt8(ascii: "\\")
        let isNew = tokens.last.map { $0.kind != .newline } ?? false
        if depth == 0, !isContinued, isNew { append(.newline, from: position, to: position + 1) }
        position += 1
    }

    private mutating func skipComment() {
        while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
    }

    private mutating func name() {
        let start = position
        while position < end, isNameByte(bytes[position]) { position += 1 }
        let isPrefix = position < end && position - start <= 2 && (bytes[position] == 0x22 || bytes[position] == 0x27)
        if isPrefix { string(from: start) } else { append(.name, from: start, to: position) }
    }

    private mutating func number() {
        let start = position
        while position < end, isNameByte(bytes[position]) || bytes[position] == UInt8(ascii: ".") { position += 1 }
        append(.number, from: start, to: position)
    }

    private mutating func string(from start: Int) {
        let quote = bytes[position]
        let isLong = position + 2 < end && bytes[position + 1] == quote && bytes[position + 2] == quote
        position += isLong ? 3 : 1
        while position < end {
            if bytes[position] == UInt8(ascii: "\\") {
                position += 2
            } else if bytes[position] == quote, !isLong {
                position += 1
                break
            } else if isLong, isClosing(quote) {
                position += 3
                break
            } else {
                position += 1
            }
        }
        position = min(position, end)
        append(.string, from: start, to: position)
    }

    private func isClosing(_ quote: UInt8) -> Bool {
        position + 2 < end && bytes[position] == quote && bytes[position + 1] == quote && bytes[position + 2] == quote
            || position + 3 == end && bytes[position] == quote
    }

    private mutating func symbol(_ byte: UInt8) {
        let start = position
        position += symbolLength(byte)
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            append(.symbol, from: start, to: position)
            depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            depth -= 1
            append(.symbol, from: start, to: position)
        default:
            append(.symbol, from: start, to: position)
        }
    }

    private func symbolLength(_ byte: UInt8) -> Int {
        guard position + 1 < end else { return 1 }
        let next = bytes[position + 1]
        if next == byte, byte == 0x2A || byte == 0x2F || byte == 0x3C || byte == 0x3E {
            return position + 2 < end && bytes[position + 2] == UInt8(ascii: "=") ? 3 : 2
        }
        if byte == UInt8(ascii: "-"), next == UInt8(ascii: ">") { return 2 }
        return next == UInt8(ascii: "=") && isAugmentable(byte) ? 2 : 1
    }

    private func isAugmentable(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "+"): true
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":")...UInt8(ascii: "@"): byte != UInt8(ascii: ";")
        case UInt8(ascii: "^"), UInt8(ascii: "|"): true
        default: false
        }
    }

    private mutating func append(_ kind: CodeToken.Kind, from start: Int, to end: Int) {
        let word: CodeWord
        switch kind {
        case .name: word = spellings.mayBeName(bytes[start], end - start) ? .name(pack(start, end)) : []
        case .symbol: word = end == start + 1 ? spellings.symbol(bytes[start]) : .symbol(pack(start, end))
        case .newline: word = .newline
        case .number, .string: word = []
        }
        tokens.append(CodeToken(kind: kind, word: word, range: ByteRange(start, end), depth: depth))
    }

    private func pack(_ start: Int, _ end: Int) -> UInt64 {
        var packed: UInt64 = 0
        for index in start..<end { packed = packed << 8 | UInt64(bytes[index]) }
        return packed
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}
