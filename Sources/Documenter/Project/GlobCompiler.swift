extension Glob {
    /// Why a pattern cannot be used.
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong, in a few words.
        package let description: String
    }

    /// Compiles a pattern as `include` and `exclude` use them, with `{a,b}`.
    ///
    /// - Throws: `Malformed` for brackets and braces that are not closed, and a backslash at the end.
    package init(_ pattern: String) throws(Malformed) {
        let versions = try GlobBraces.expanded(Array(pattern.utf8))
        var alternatives: [[Token]] = []
        for version in versions {
            var compiler = GlobCompiler(pattern: version[...], countsBytes: false)
            alternatives.append(compiler.tokens())
            if let problem = compiler.problem { throw Malformed(description: problem) }
        }
        self.init(alternatives: alternatives, countsBytes: false)
    }

    /// Compiles a pattern of a `.gitignore`; one that git cannot use matches nothing, as in git.
    init(gitPattern pattern: ArraySlice<UInt8>) {
        var compiler = GlobCompiler(pattern: pattern, countsBytes: true)
        let tokens = compiler.tokens()
        self.init(alternatives: [compiler.problem == nil ? tokens : [.never]], countsBytes: true)
    }

    /// A pattern that matches one text only, with everything that has a meaning escaped.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "*?[]{},\\".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

/// Turns the bytes of a pattern into tokens, as git's `wildmatch` reads them.
private struct GlobCompiler {
    let pattern: ArraySlice<UInt8>
    let countsBytes: Bool
    var index: Int
    var problem: String?

    init(pattern: ArraySlice<UInt8>, countsBytes: Bool) {
        self.pattern = pattern
        self.countsBytes = countsBytes
        index = pattern.startIndex
    }

    mutating func tokens() -> [Glob.Token] {
        var tokens: [Glob.Token] = []
        while index < pattern.endIndex, problem == nil {
            tokens.append(nextToken())
        }
        return tokens
    }

    private mutating func nextToken() -> Glob.Token {
        let byte = pattern[index]
        switch byte {
        case UInt8(ascii: "*"):
            return starToken()
        case UInt8(ascii: "?"):
            index += 1
            return .one
        case UInt8(ascii: "["):
            return setToken()
        case UInt8(ascii: "\\"):
            index += 1
            guard let escaped = byteHere else { return broken("ends with a backslash") }
            index += 1
            return .byte(escaped)
        default:
            index += 1
            return .byte(byte)
        }
    }

    private var byteHere: UInt8? { index < pattern.endIndex ? pattern[index] : nil }

    private mutating func broken(_ reason: String) -> Glob.Token {
        problem = reason
        return .never
    }

    /// Two stars or more reach over slashes only between slashes or ends of the pattern.
    private mutating func starToken() -> Glob.Token {
        let start = index
        while byteHere == UInt8(ascii: "*") { index += 1 }
        let isAtBoundary = start == pattern.startIndex || pattern[start - 1] == UInt8(ascii: "/")
        guard index - start > 1, isAtBoundary else { return .star }
        guard let next = byteHere else { return .anything }
        if next == UInt8(ascii: "/") {
            index += 1
            return .folders
        }
        let isEscapedSlash = pattern[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "/")])
        return isEscapedSlash ? .anything : .star
    }

    private mutating func setToken() -> Glob.Token {
        index += 1
        var set = GlobSet()
        if byteHere == UInt8(ascii: "!") || byteHere == UInt8(ascii: "^") {
            set.isNegated = true
            index += 1
        }
        var previous: UInt32?
        repeat {
            guard let byte = byteHere else { return broken("has a `[` without a `]`") }
            if byte == UInt8(ascii: "-"), let lower = previous, let next = byteAfterDash {
                addRange(from: lower, nextByte: next, to: &set)
                previous = nil
            } else if byte == UInt8(ascii: "["), let name = className() {
                guard let ranges = Self.classes[name] else { return broken("has the unknown class `[:\(name):]`") }
                set.ranges += ranges
                previous = nil
            } else {
                previous = nextMember()
                guard let value = previous else { return broken("has a `[` without a `]`") }
                set.ranges.append(value...value)
            }
        } while byteHere != UInt8(ascii: "]")
        index += 1
        return .set(set)
    }

    private var byteAfterDash: UInt8? {
        guard index + 1 < pattern.endIndex, pattern[index + 1] != UInt8(ascii: "]") else { return nil }
        return pattern[index + 1]
    }

    private mutating func addRange(from lower: UInt32, nextByte: UInt8, to set: inout GlobSet) {
        index += 1
        guard let upper = nextMember() else { return }
        if lower <= upper { set.ranges.append(lower...upper) }
    }

    /// One member of a set: a character, with a backslash in front or not; `nil` at the end of the pattern.
    private mutating func nextMember() -> UInt32? {
        if byteHere == UInt8(ascii: "\\") { index += 1 }
        guard let first = byteHere else { return nil }
        index += 1
        guard !countsBytes, first >= 0xC0 else { return UInt32(first) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for _ in 1..<length {
            value = value << 6 | UInt32((byteHere ?? 0) & 0x3F)
            index += 1
        }
        return value
    }

    /// The name in `[:name:]` at the index, which then stands behind it; `nil` when it is a plain bracket.
    private mutating func className() -> String? {
        guard pattern[index...].starts(with: [UInt8(ascii: "["), UInt8(ascii: ":")]) else { return nil }
        let name = pattern[(index + 2)...].prefix { $0 != UInt8(ascii: "]") }
        guard name.endIndex < pattern.endIndex, name.last == UInt8(ascii: ":") else { return nil }
        index = name.endIndex + 1
        return String(decoding: name.dropLast(), as: UTF8.self)
    }

    private static let classes: [String: [ClosedRange<UInt32>]] = [
        "alnum": [48...57, 65...90, 97...122],
        "alpha": [65...90, 97...122],
        "blank": [9...9, 32...32],
        "cntrl": [0...31, 127...127],
        "digit": [48...57],
        "graph": [33...126],
        "lower": [97...122],
        "print": [32...126],
        "punct": [33...47, 58...64, 91...96, 123...126],
        "space": [9...13, 32...32],
        "upper": [65...90],
        "xdigit": [48...57, 65...70, 97...102],
    ]
}

/// `{a,b}` in a pattern.
private enum GlobBraces {
    static let maximumVersions = 1000

    /// Every version of a pattern, its first group of braces replaced by each member in turn.
    static func expanded(_ pattern: [UInt8]) throws(Glob.Malformed) -> [[UInt8]] {
        var done: [[UInt8]] = []
        var waiting = [pattern]
        while let next = waiting.popLast() {
            guard let group = try firstGroup(in: next) else {
                done.append(next)
                continue
            }
            let head = Array(next[..<group.range.lowerBound])
            let tail = next[group.range.upperBound...]
            for member in group.members.reversed() { waiting.append(head + member + tail) }
            guard done.count + waiting.count <= maximumVersions else {
                throw Glob.Malformed(description: "has more than \(maximumVersions) alternatives")
            }
        }
        return done
    }

    private static func firstGroup(
        in pattern: [UInt8]
    ) throws(Glob.Malformed) -> (range: Range<Int>, members: [ArraySlice<UInt8>])? {
        var start: Int?
        var memberStart = 0
        var members: [ArraySlice<UInt8>] = []
        var depth = 0
        var index = 0
        while index < pattern.count {
            switch pattern[index] {
            case UInt8(ascii: "\\"):
                index += 1
            case UInt8(ascii: "["):
                index = setEnd(in: pattern, from: index)
            case UInt8(ascii: "{"):
                depth += 1
                if start == nil {
                    start = index
                    memberStart = index + 1
                }
            case UInt8(ascii: ",") where depth == 1:
                members.append(pattern[memberStart..<index])
                memberStart = index + 1
            case UInt8(ascii: "}") where depth == 1:
                members.append(pattern[memberStart..<index])
                return ((start ?? 0)..<(index + 1), members)
            case UInt8(ascii: "}") where depth > 1:
                depth -= 1
            default:
                break
            }
            index += 1
        }
        guard start == nil else { throw Glob.Malformed(description: "has a `{` without a `}`") }
        return nil
    }

    /// The index of the `]` that closes a set, or of its `[` when nothing does.
    private static func setEnd(in pattern: [UInt8], from start: Int) -> Int {
        var index = start + 1
        if index < pattern.count, pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^") {
            index += 1
        }
        index += 1
        while index < pattern.count, pattern[index] != UInt8(ascii: "]") {
            index += pattern[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index < pattern.count ? index : start
    }
}
