/// Building blocks of English: lists, articles, quoted code, words of names.
enum Phrases {
    /// The longest code that is quoted, in characters.
    static let longestCode = 60

    /// Code between backticks; `nil` when it is empty, long or would not survive there.
    static func code(_ text: String) -> String? {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= longestCode, bytes.first != 0x20, bytes.last != 0x20 else { return nil }
        var quotes = 0
        for byte in bytes {
            if byte == UInt8(ascii: "`") || byte < 0x20 || byte == 0x7F { return nil }
            quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
            if quotes == 3 { return nil }
        }
        return "`\(text)`"
    }

    /// The items in one phrase: "a", "a and b", "a, b and c".
    static func list(_ items: [String], _ conjunction: String = "and") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(joined(items.dropLast())) \(conjunction) \(last)"
    }

    private static func joined(_ items: ArraySlice<String>) -> String {
        var text = ""
        text.reserveCapacity(items.reduce(64) { $0 + $1.utf8.count + 2 })
        for item in items {
            if !text.isEmpty { text += ", " }
            text += item
        }
        return text
    }

    /// The first items in one phrase, with the number of the others.
    static func list(_ items: [String], atMost count: Int) -> String {
        guard items.count > count + 1 else { return list(items) }
        return "\(joined(items.prefix(count))) and \(items.count - count) more"
    }

    /// A noun with its number, spelt "a word" or "3 words".
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        number == 1 ? "\(article(noun)) \(noun)" : "\(number) \(plural ?? noun + "s")"
    }

    /// A sentence: first letter large, full stop behind.
    static func sentence(_ phrase: String) -> String {
        guard let first = phrase.utf8.first, let last = phrase.utf8.last else { return "" }
        let needsStop = last != UInt8(ascii: ".")
        guard first < 0x80 else { return capitalized(phrase) + (needsStop ? "." : "") }
        let count = phrase.utf8.count
        return String(unsafeUninitializedCapacity: count + 1) { buffer in
            _ = buffer.initialize(from: phrase.utf8)
            if isLower(first) { buffer[0] = first & 0xDF }
            if needsStop { buffer[count] = UInt8(ascii: ".") }
            return needsStop ? count + 1 : count
        }
    }

    private static func capitalized(_ phrase: String) -> String {
        phrase.first.map { $0.isLowercase ? $0.uppercased() + phrase.dropFirst() : phrase } ?? phrase
    }

    /// "a" or "an" for the word that follows.
    static func article(_ word: String) -> String {
        let bytes = word.utf8.drop { $0 == UInt8(ascii: "`") }
        guard let first = bytes.first else { return "a" }
        let isSpelt = bytes.count > 1 && bytes.prefix(2).allSatisfy(isUpper)
        if isSpelt { return "AEFHILMNORSX".utf8.contains(first) ? "an" : "a" }
        let start = String(decoding: bytes.prefix(4).map { isUpper($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        if word.utf8.first == first, ["one", "uni", "use", "url", "utf", "euro"].contains(where: start.hasPrefix) {
            return "a"
        }
        return "aeiouAEIOU".utf8.contains(first) ? "an" : "a"
    }

    /// The words of a name in snake or camel case, in small letters but for acronyms.
    static func words(of name: String) -> [String] {
        let bytes = Array(name.utf8)
        var words: [String] = []
        var start = 0
        for index in bytes.indices {
            let isUnderscore = bytes[index] == UInt8(ascii: "_")
            guard isUnderscore || index > start && isBoundary(before: index, in: bytes) else { continue }
            if start < index { words.append(lowered(bytes[start..<index])) }
            start = isUnderscore ? index + 1 : index
        }
        if start < bytes.count { words.append(lowered(bytes[start...])) }
        return words
    }

    private static func isBoundary(before index: Int, in bytes: [UInt8]) -> Bool {
        guard isUpper(bytes[index]) else { return false }
        if !isUpper(bytes[index - 1]) { return true }
        guard index + 1 < bytes.count, isLower(bytes[index + 1]) else { return false }
        let isPluralAcronym =
            bytes[index + 1] == UInt8(ascii: "s") && (index + 2 == bytes.count || !isLower(bytes[index + 2]))
        return !isPluralAcronym
    }

    static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

    static func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }

    private static func lowered(_ word: ArraySlice<UInt8>) -> String {
        let stem = word.last == UInt8(ascii: "s") ? word.dropLast() : word
        let isAcronym = word.count > 1 && stem.allSatisfy { isUpper($0) || $0 >= 0x30 && $0 <= 0x39 }
        if isAcronym { return String(decoding: word, as: UTF8.self) }
        return String(decoding: word.map { isUpper($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// What a name says that its value is: "The start.", "Whether it is open."; `nil` for a name of one or two letters.
    static func subject(of name: String, isFlag: Bool) -> String? {
        let words = words(of: name)
        let noun = words.joined(separator: " ")
        guard let first = words.first, noun.utf8.count > 2 else { return nil }
        let rest = words.dropFirst().joined(separator: " ")
        guard !rest.isEmpty else { return "The \(noun)." }
        switch first {
        case "is", "has", "should", "can", "are": return "Whether it \(noun)."
        case "use", "allow", "include", "enable", "ignore", "skip", "show", "keep", "disable", "strip", "exclude":
            return isFlag ? "Whether to \(noun)." : "The \(noun)."
        case "n", "num", "nb": return "The number of \(rest)."
        case "max": return "The maximum \(rest)."
        case "min": return "The minimum \(rest)."
        default: return "The \(noun)."
        }
    }

    /// Whether a text holds another, by bytes.
    static func isFound(_ part: String, in text: String) -> Bool {
        let wanted = part.utf8
        guard let first = wanted.first else { return true }
        var rest = text.utf8[...]
        while let index = rest.firstIndex(of: first) {
            rest = rest[index...]
            if rest.starts(with: wanted) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// The text with one space wherever it has blanks or new lines.
    static func collapsed(_ text: String) -> String {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            let isUneven = byte < 0x20 || byte == 0x20 && previous == 0x20
            if isUneven { return text.split { $0.isWhitespace }.joined(separator: " ") }
            previous = byte
        }
        return text
    }

    /// Whether a phrase, with a full stop behind it, fits into some characters in every style.
    ///
    /// Some styles write each backtick twice.
    static func fits(_ phrase: String, in width: Int) -> Bool {
        let bytes = phrase.utf8
        guard bytes.count < 4 * width else { return false }
        var backticks = 0
        var isASCII = true
        for byte in bytes {
            if byte == UInt8(ascii: "`") { backticks += 1 }
            if byte >= 0x80 { isASCII = false }
        }
        return bytes.count + backticks < width || !isASCII && phrase.count + backticks < width
    }
}
