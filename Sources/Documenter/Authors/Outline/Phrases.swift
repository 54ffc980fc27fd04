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
        return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// The first items in one phrase, with the number of the others.
    static func list(_ items: [String], atMost count: Int) -> String {
        guard items.count > count + 1 else { return list(items) }
        return items.prefix(count).joined(separator: ", ") + " and \(items.count - count) more"
    }

    /// A noun with its number, spelt "a word" or "3 words".
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        number == 1 ? "\(article(noun)) \(noun)" : "\(number) \(plural ?? noun + "s")"
    }

    /// A sentence: first letter large, full stop behind.
    static func sentence(_ phrase: String) -> String {
        guard let first = phrase.first else { return "" }
        let body = first.isLowercase ? first.uppercased() + phrase.dropFirst() : phrase
        return body.utf8.last == UInt8(ascii: ".") ? body : body + "."
    }

    /// "a" or "an" for the word that follows.
    static func article(_ word: String) -> String {
        guard let first = word.first(where: { $0 != "`" }) else { return "a" }
        let isSpelt = word.filter { $0 != "`" }.prefix(2).allSatisfy(\.isUppercase) && word.count > 1
        if isSpelt { return "AEFHILMNORSX".contains(first) ? "an" : "a" }
        let lowered = word.lowercased()
        if ["one", "uni", "use", "user", "url", "utf", "euro"].contains(where: lowered.hasPrefix) { return "a" }
        return "aeiouAEIOU".contains(first) ? "an" : "a"
    }

    /// The words of a name in snake or camel case, in small letters but for acronyms.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        for part in name.split(separator: "_") { words += camelWords(of: Array(part.unicodeScalars)) }
        return words
    }

    private static func camelWords(of part: [Unicode.Scalar]) -> [String] {
        var words: [String] = []
        var start = 0
        for index in part.indices.dropFirst() where isBoundary(before: index, in: part) {
            words.append(lowered(part[start..<index]))
            start = index
        }
        if start < part.count { words.append(lowered(part[start...])) }
        return words
    }

    private static func isBoundary(before index: Int, in part: [Unicode.Scalar]) -> Bool {
        guard isUpper(part[index]) else { return false }
        if !isUpper(part[index - 1]) { return true }
        let isFollowedBySmall = index + 1 < part.count && isLower(part[index + 1])
        let isPluralAcronym = index + 2 == part.count && part[index + 1] == "s"
        return isFollowedBySmall && !isPluralAcronym
    }

    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }

    private static func isLower(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

    private static func lowered(_ word: ArraySlice<Unicode.Scalar>) -> String {
        let text = String(String.UnicodeScalarView(word))
        let isAcronym = word.count > 1 && word.dropLast(word.last == "s" ? 1 : 0).allSatisfy { isUpper($0) || ("0"..."9").contains($0) }
        return isAcronym ? text : text.lowercased()
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

    /// Whether a phrase, with a full stop behind it, fits into some characters.
    static func fits(_ phrase: String, in width: Int) -> Bool {
        phrase.utf8.count < width || phrase.utf8.count < 4 * width && phrase.count < width
    }
}
