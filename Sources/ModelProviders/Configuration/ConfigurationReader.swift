/// Reads the values of a configuration file, and keeps what is wrong with them.
///
/// A message says what was expected, what stands there instead, and what to do; never a key.
struct ConfigurationReader {
    /// An option: its name, where that stands, and what it is set to.
    struct Member {
        var name: String
        var key: YAMLNode
        var value: YAMLNode
    }

    /// The file's path.
    let path: String
    private var problems: [ConfigurationProblem] = []

    /// A reader of the file at a path.
    init(path: String) {
        self.path = path
    }

    /// What is wrong, in the order of the lines; what an alias repeats is said once.
    var sortedProblems: [ConfigurationProblem] {
        var seen: Set<ConfigurationProblem> = []
        return problems.filter { seen.insert($0).inserted }.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    /// Notes a mistake at a node.
    mutating func report(_ node: YAMLNode, _ message: String) {
        report(line: node.line, message)
    }

    /// Notes a mistake in a line.
    mutating func report(line: Int?, _ message: String) {
        problems.append(ConfigurationProblem(source: path, line: line, message: message))
    }

    /// Notes an option that does not exist.
    mutating func reportUnknown(_ member: Member, among names: [String]) {
        report(
            member.key,
            "\(member.name.maskingKeys()) is not known here; \(Self.hint(for: member.name, among: names))"
        )
    }

    /// Notes options that say what another has said: each belongs to a subject, and one for each is enough.
    mutating func reportRepetitions(in members: [Member], of subjects: [String: String]) {
        var first: [String: Member] = [:]
        for member in members {
            guard let subject = subjects[member.name] else { continue }
            guard let other = first[subject] else {
                first[subject] = member
                continue
            }
            report(
                member.key,
                "\(member.name): \(subject) is already told by \(other.name) in line \(other.key.line); keep one of them"
            )
        }
    }

    /// What names there are: those like the one that was written, or all.
    static func hint(for name: String, among names: [String]) -> String {
        let near = NamesLike(name).among(names)
        return near.isEmpty
            ? "expected is one of \(names.joined(separator: ", "))" : "did you mean \(near.joined(separator: " or "))?"
    }
}

extension ConfigurationReader {
    /// The options of a mapping; a name that stands there twice is reported and taken once.
    mutating func members(of node: YAMLNode, called name: String, ignoresCase: Bool = false) -> [Member] {
        guard case .mapping(let pairs) = node.content else {
            report(node, "\(name) must be a mapping of names to values, not \(node.described)")
            return []
        }
        var lines: [String: Int] = [:]
        return pairs.compactMap { key, value in
            guard let name = key.scalar, !name.isEmpty else {
                report(key, "a name is expected here, not \(key.described)")
                return nil
            }
            if let line = lines.updateValue(key.line, forKey: ignoresCase ? name.lowercased() : name) {
                report(key, "\(name.maskingKeys()) stands here twice, first in line \(line); keep one of them")
                return nil
            }
            return Member(name: name, key: key, value: value)
        }
    }

    /// A text that is not empty; numbers and truth values are none unless they stand in quotes.
    mutating func text(_ member: Member, isSecret: Bool = false) -> String? {
        let node = member.value
        if case .text(let text) = node.meaning, !text.isEmpty { return text }
        let found = isSecret ? node.meaning.kind : node.described
        let isScalar = node.scalar != nil && !node.isNull && node.scalar != ""
        let hint = isScalar ? "put it in quotes if it is one" : "write one, or take the option away"
        report(node, "\(member.name) must be a text, not \(found); \(hint)")
        return nil
    }

    /// A text, or a number as it is written.
    mutating func word(_ member: Member) -> String? {
        if case .number(let text) = member.value.meaning { return text }
        return text(member)
    }

    /// One of some words.
    mutating func word(_ member: Member, among words: [String]) -> String? {
        guard let word = text(member) else { return nil }
        guard words.contains(word) else {
            report(
                member.value,
                "\(member.name) must be \(words.joined(separator: " or ")), not \(member.value.described)"
            )
            return nil
        }
        return word
    }

    mutating func truth(_ member: Member) -> Bool? {
        if case .truth(let value) = member.value.meaning { return value }
        reportType(of: member, "true or false")
        return nil
    }

    mutating func integer(_ member: Member, _ range: ClosedRange<Int>) -> Int? {
        if case .number(let text) = member.value.meaning, let value = Int(text), range.contains(value) { return value }
        reportType(of: member, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func number(_ member: Member, _ range: ClosedRange<Double>, unit: String = "") -> Double? {
        if case .number(let text) = member.value.meaning, let value = Double(text), range.contains(value) {
            return value
        }
        reportType(
            of: member,
            "a number\(unit) from \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
        )
        return nil
    }

    mutating func duration(_ member: Member, from least: Double) -> Duration? {
        number(member, least...86_400, unit: " of seconds").map { .seconds($0) }
    }

    private mutating func reportType(of member: Member, _ expected: String) {
        let isQuoted = if case .text(let text) = member.value.meaning, !text.isEmpty { true } else { false }
        let isMeant = isQuoted && member.value.unquoted.meaning.kind != "a text"
        let hint = isMeant ? "; take the quotes away" : ""
        report(member.value, "\(member.name) must be \(expected), not \(member.value.described)\(hint)")
    }

    /// A bound without the `.0` that says nothing.
    private static func plain(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}
