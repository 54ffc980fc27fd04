/// A model's name in words and numbers, for finding its kin.
struct NameParts {
    /// Everything in order: runs of letters, and runs of digits.
    let all: [String]
    /// The words that tell its size and purpose, such as `claude` and `haiku`; not `preview` and the like.
    let words: [String]
    /// The numbers, such as 5 and 5 for `claude-opus-5-5`; dates are not among them.
    let version: [Int]
    /// The year in the name's date, 0 where there is none.
    let year: Int
    /// Whether the name has a date.
    let isDated: Bool

    private static let asides: Set = ["preview", "latest", "exp", "customtools"]

    init(_ name: String) {
        let stem = NameForms.undated(name)
        isDated = stem != nil
        all = Self.parts(of: stem ?? name)
        words = all.filter { $0.utf8.count > 1 && Int($0) == nil && !Self.asides.contains($0) }
        version = all.compactMap { Int($0) }
        let numbers = Self.parts(of: name).filter { $0.utf8.count == 4 || $0.utf8.count == 8 }
        year = numbers.compactMap { Int($0.prefix(4)) }.filter { 2020..<2100 ~= $0 }.max() ?? 0
    }

    private static func parts(of name: String) -> [String] {
        var parts: [String] = []
        var last: UInt8?
        for byte in name.lowercased().utf8 {
            let isPart = NameForms.isDigit(byte) || NameForms.isLetter(byte)
            if isPart {
                let letter = String(UnicodeScalar(byte))
                if let last, NameForms.isDigit(last) == NameForms.isDigit(byte) {
                    parts[parts.count - 1] += letter
                } else {
                    parts.append(letter)
                }
            }
            last = isPart ? byte : nil
        }
        return parts
    }

    /// Whether a name is the better one of its kind to take: newer, and without a date.
    func isBetter(than other: NameParts) -> Bool {
        if year != other.year, isDated, other.isDated { return year > other.year }
        if version != other.version { return other.version.lexicographicallyPrecedes(version) }
        return !isDated && other.isDated
    }
}
