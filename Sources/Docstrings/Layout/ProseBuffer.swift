/// The words of a paragraph in a style's own markup; what must not be broken over lines is one word.
///
/// One buffer serves a whole docstring, so that a paragraph costs no allocation of its own.
struct ProseBuffer {
    /// A run of bytes that stays on one line.
    struct Word {
        var start: Int
        var end: Int
        /// Columns it takes.
        var width: Int
        /// Whether a line of the source began with it.
        var beginsLine: Bool
        /// Whether it must not share a line with the word before.
        var isForcedDown = false
    }

    var bytes: [UInt8] = []
    var words: [Word] = []
    private var wordStart = 0
    private var isAtLineStart = false

    /// Whether the word in hand has no byte yet.
    var isBetweenWords: Bool { wordStart == bytes.count }
    /// The bytes of the word in hand.
    var wordInHand: ArraySlice<UInt8> { bytes[wordStart...] }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        wordStart = 0
        isAtLineStart = false
    }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends bytes that stay together, line ends among them as blanks.
    mutating func append(unbroken span: Slice<UnsafeBufferPointer<UInt8>>) {
        for byte in span { bytes.append(byte == .lineFeed || byte == .tab ? .blank : byte) }
    }

    /// Ends the word in hand, if there is one.
    mutating func endWord(atLineEnd: Bool = false) {
        if bytes.count > wordStart {
            let width = columns(of: bytes[wordStart...])
            words.append(Word(start: wordStart, end: bytes.count, width: width, beginsLine: isAtLineStart))
            wordStart = bytes.count
            isAtLineStart = false
        }
        if atLineEnd { isAtLineStart = true }
    }

    /// The bytes of a word.
    func text(_ index: Int) -> ArraySlice<UInt8> { bytes[words[index].start..<words[index].end] }

    /// The columns of a run of words with one blank between each two.
    func width(_ range: Range<Int>) -> Int {
        words[range].reduce(range.count - 1) { $0 + $1.width }
    }
}

/// The columns that UTF-8 text takes: one a character, two for East Asian wide ones and emoji, as line-length
/// checkers count.
func columns(of bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    var position = bytes.startIndex
    while position < bytes.endIndex {
        let byte = bytes[position]
        position += 1
        if byte & 0xC0 == 0x80 { continue }
        count += byte >= 0xE1 && isWide(byte, bytes[position...]) ? 2 : 1
    }
    return count
}

/// Whether a character is wide, by its first byte and those behind it.
private func isWide(_ lead: UInt8, _ rest: ArraySlice<UInt8>) -> Bool {
    guard let second = rest.first else { return false }
    switch (lead, second) {
    case (0xE1, 0x84...0x85), (0xE2, 0xBA...0xBF), (0xE3...0xE9, _), (0xEA, 0x80...0x93), (0xEA, 0xB0...0xBF),
        (0xEB...0xEC, _), (0xED, 0x80...0x9E), (0xEF, 0xA4...0xAB), (0xEF, 0xB8...0xBD), (0xF0, 0x9F...0xBF):
        return true
    default: return false
    }
}

extension UInt8 {
    static let blank = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let backtick = UInt8(ascii: "`")
    static let colon = UInt8(ascii: ":")
    static let period = UInt8(ascii: ".")

    var isWhitespace: Bool { self == .blank || (self >= 0x09 && self <= 0x0D) }
    var isUppercase: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    var isLowercase: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    /// A letter or digit; every character beyond ASCII counts as a letter.
    var isWordLike: Bool { isUppercase || isLowercase || isDigit || self >= 0x80 }
}
