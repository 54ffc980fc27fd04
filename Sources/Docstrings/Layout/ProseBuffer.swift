/// The words of a paragraph in a style's own markup; what must not be broken over lines is one word.
///
/// Words stand one behind the other with one blank between, so that a line is a run of bytes. One buffer serves a
/// whole docstring, so that a paragraph costs no allocation of its own.
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

    /// Appends bytes of a word.
    mutating func append(plain span: Slice<UnsafeBufferPointer<UInt8>>) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: span))
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
            bytes.append(.blank)
            wordStart = bytes.count
            isAtLineStart = false
        }
        if atLineEnd { isAtLineStart = true }
    }

    /// The bytes of a word.
    func text(_ index: Int) -> ArraySlice<UInt8> { bytes[words[index].start..<words[index].end] }

    /// A run of words with one blank between each two.
    func text(_ range: Range<Int>) -> ArraySlice<UInt8> {
        range.isEmpty ? [] : bytes[words[range.lowerBound].start..<words[range.upperBound - 1].end]
    }

    /// The columns of a run of words with one blank between each two.
    func width(_ range: Range<Int>) -> Int {
        var width = range.count - 1
        for index in range { width += words[index].width }
        return width
    }

    /// Puts a dash where a word's last colon stands.
    mutating func replaceColon(at index: Int) {
        let colon = words[index].end - 1
        bytes.replaceSubrange(colon...colon, with: " -".utf8)
        words[index].end = colon
        words[index].width -= 1
        shift(from: index + 1, by: 1)
        words.insert(Word(start: colon + 1, end: colon + 2, width: 1, beginsLine: false), at: index + 1)
    }

    /// Puts ASCII text before a word, as a word of its own.
    mutating func insert(_ text: String, at index: Int) {
        let start = words[index].start
        let count = text.utf8.count
        bytes.insert(contentsOf: (text + " ").utf8, at: start)
        shift(from: index, by: count + 1)
        words.insert(Word(start: start, end: start + count, width: count, beginsLine: false), at: index)
    }

    private mutating func shift(from index: Int, by distance: Int) {
        for index in index..<words.count {
            words[index].start += distance
            words[index].end += distance
        }
    }
}

/// The columns that UTF-8 text takes: one a character, two for East Asian wide ones and emoji, as line-length
/// checkers count.
func columns(of bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
        var count = 0
        for position in bytes.indices {
            let byte = bytes[position]
            if byte & 0xC0 == 0x80 { continue }
            count += 1
            if byte >= 0xE1, position + 1 < bytes.count, isWide(byte, bytes[position + 1]) { count += 1 }
        }
        return count
    }
}

/// Whether a character is wide, by its first two bytes.
private func isWide(_ lead: UInt8, _ second: UInt8) -> Bool {
    switch (lead, second) {
    case (0xE1, 0x84...0x85), (0xE2, 0xBA...0xBF), (0xE3...0xE9, _), (0xEA, 0x80...0x93), (0xEA, 0xB0...0xBF),
        (0xEB...0xEC, _), (0xED, 0x80...0x9E), (0xEF, 0xA4...0xAB), (0xEF, 0xB8...0xBD), (0xF0, 0x9F...0xBF):
        true
    default: false
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
