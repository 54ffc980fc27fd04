/// Strings of the parts that tokenizers cut differently, the same ones for the same seed.
struct StringGenerator {
    private var state: UInt64

    private static let parts: [String] = [
        " ", "  ", "   ", "\n", "\r\n", "\n\n", "\t", "\u{A0}", "\u{3000}", "\u{2028}", "\u{85}", "\u{200B}",
        "\u{FEFF}",
        "'s", "'T", "'ll", "'Re", "'ſ", "'", "''", "a", "A", "hello", "World", "HTTPServer", "camelCase", "SHOUT",
        "word", "snake_case", "ǅ", "ﬁ", "ʰ", "é", "e\u{301}", "\u{301}", "ß", "İ", "漢", "字", "漢字仮名", "ひらがな", "カ",
        "한국어", "привет", "Ω", "ελλ", "ไทย", "नमस्ते", "عربي", "1", "12", "123", "1234567", "٣", "Ⅷ", "½", "²", "!", "...",
        "=", "==>", "//", "/", "/*", "{}", "();", "<|endoftext|>", "<|", "|>", "🙂", "👩‍👩‍👧", "🇩🇪", "\u{1F44D}\u{1F3FD}", "€",
        "—",
        "def ", "return", "import ", "self.", "    ", "        ", "\0", "\u{7F}", "\u{10FFFF}", "\u{E000}", "x",
        "Ａ１", "①", "㍿", "ﷺ", "가", "\u{1100}\u{1161}", "ｶﾞ", "\u{344}", "Å", "q\u{307}\u{323}",
    ]

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func number(below limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % limit
    }

    /// A string of up to so many parts, some of them repeated or random characters.
    mutating func next(pieces: Int) -> String {
        var text = ""
        for _ in 0...number(below: pieces) {
            switch number(below: 10) {
            case 0: text.unicodeScalars.append(scalar())
            case 1: text += String(repeating: Self.parts[number(below: Self.parts.count)], count: 1 + number(below: 9))
            default: text += Self.parts[number(below: Self.parts.count)]
            }
        }
        return text
    }

    /// A part of a real text, with bytes left out, repeated, replaced, or put in; seldom no UTF-8 any more.
    mutating func mutated(_ real: [UInt8]) -> [UInt8] {
        let start = number(below: real.count)
        var bytes = Array(real[start..<min(real.count, start + 1 + number(below: 200))])
        while bytes.first.map({ $0 & 0xC0 == 0x80 }) == true { bytes.removeFirst() }
        for _ in 0..<number(below: 4) where !bytes.isEmpty {
            let place = number(below: bytes.count)
            switch number(below: 5) {
            case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1 + number(below: 3)))
            case 1: bytes.insert(contentsOf: Array(Self.parts[number(below: Self.parts.count)].utf8), at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + number(below: 20))], at: place)
            case 3: bytes[place] = UInt8(number(below: 128))
            default: bytes.swapAt(place, number(below: bytes.count))
            }
        }
        return bytes
    }

    private mutating func scalar() -> Unicode.Scalar {
        let limits = [0x80, 0x250, 0x3100, 0xA000, 0x20000, 0x110000]
        return Unicode.Scalar(UInt32(number(below: limits[number(below: limits.count)]))) ?? "\u{FFFD}"
    }
}
