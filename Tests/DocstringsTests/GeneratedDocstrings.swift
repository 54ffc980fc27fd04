import Docstrings

/// Makes docstrings that a style can say in full, the same ones for the same seed.
struct GeneratedDocstrings {
    private var state: UInt64
    let style: String

    init(seed: UInt64, style: String) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        self.style = style
    }

    mutating func next() -> Docstring {
        var result = Docstring(summary: sentence(words: 3...8))
        while result.summary.count > 60 { result.summary = sentence(words: 3...8) }
        if chance(2) { result.description = description() }
        if chance(4) { result.sections.append(.deprecated(version: "1.\(number(9)).0", text: sentence(words: 3...20))) }
        if chance(1.2) { result.sections.append(.parameters(parameters())) }
        if chance(4) { result.sections.append(.attributes([parameter(named: "attribute_\(number(9))")])) }
        if chance(2) { result.sections.append(results()) }
        if chance(2) { result.sections.append(.raises(raises())) }
        if chance(4) { result.sections.append(.notes(paragraphs())) }
        if chance(4) { result.sections.append(.examples(example)) }
        return result
    }

    private mutating func parameters() -> [Docstring.Entry] {
        var result = (0...number(5)).map { _ in parameter(named: pick(style == "epytext" ? asciiNames : names)) }
        result = result.enumerated().map { index, entry in
            var entry = entry
            entry.names = entry.names.map { "\($0)_\(index)" }
            return entry
        }
        let hasStars = style != "epytext"
        if chance(3) { result.append(Docstring.Entry(hasStars ? "*args" : "args", text: sentence(words: 2...9))) }
        if chance(3) { result.append(Docstring.Entry(hasStars ? "**kwargs" : "kwargs", text: paragraphs())) }
        return result
    }

    private mutating func parameter(named name: String) -> Docstring.Entry {
        var result = Docstring.Entry(name, type: chance(2) ? pick(types) : nil, text: paragraphs())
        if chance(6) { result.text = "" }
        let marksOptional = style == "google" || style == "numpy"
        if chance(3) {
            result.defaultValue = pick(defaults)
        } else if chance(3), result.type != nil, marksOptional {
            result.isOptional = true
        }
        return result
    }

    private mutating func results() -> Docstring.Section {
        let type = pick(types)
        if style == "google", type.contains(" |") || chance(2) {
            // What has a colon is written differently there, and has tests of its own.
            return .returns([Docstring.Entry(text: "The value of " + pick(["it", "one or\n\nof the other"]) + ".")])
        }
        let entry = Docstring.Entry(type: style == "numpy" || chance(2) ? type : nil, text: paragraphs())
        let used = style == "google" ? Docstring.Entry(type: type, text: entry.text) : entry
        return chance(3) ? .yields([used]) : .returns([used])
    }

    private mutating func raises() -> [Docstring.Entry] {
        (0...number(2)).map { Docstring.Entry(type: "\(pick(exceptions))\($0)", text: sentence(words: 2...25)) }
    }

    /// One or two paragraphs, each a single line.
    private mutating func paragraphs() -> String {
        let first = sentence(words: 2...30)
        return chance(5) ? first + "\n\n" + sentence(words: 3...30) : first
    }

    private mutating func description() -> String {
        var blocks = [sentence(words: 5...40)]
        if chance(3) { blocks.append(pick(zones)) }
        if chance(3) { blocks.append(sentence(words: 5...40)) }
        return blocks.joined(separator: "\n\n")
    }

    mutating func sentence(words range: ClosedRange<Int>) -> String {
        let count = range.lowerBound + number(range.count - 1)
        var words = (0..<count).map { _ in pick(chance(6) ? codes : plain) }
        words[0] = pick(openers)
        return words.joined(separator: " ") + " end."
    }

    private var example: String { ">>> call(1)\n2\n\n>>> call(\n...     2)\n3" }

    mutating func number(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % (limit + 1)
    }

    private mutating func chance(_ one: Double) -> Bool { Double(number(999)) < 1000 / one }

    private mutating func pick(_ list: [String]) -> String { list[number(list.count - 1)] }
}

private let names = ["path", "encoding", "count", "x", "callback", "_hidden", "größe", "returns", "args"]
/// docstring_parser reads no others in Epytext.
private let asciiNames = names.filter { $0 != "größe" }
private let types = [
    "int", "str | None", "dict[str, int]", "Callable[[int, str], None]", "tuple[int, ...]", "np.ndarray",
]
private let defaults = ["3", "None", "'utf-8'", "(1, 2)", "-0.5", "os.sep"]
private let exceptions = ["ValueError", "KeyError", "CustomError"]
private let openers = ["Return", "The", "If", "A", "Whether", "Größe"]
private let plain = [
    "a", "value", "of", "the", "returns", "note", "2", "-", "1.", "given,", "file;", "(like", "this)", "naïve", "值",
    "else", "https://example.org/some/long/path?x=1", "that", "is", "@", "example", "+", "other", "parameters",
]
private let codes = [
    "`None`", "`x[1:2]`", "`a b c`", "`{'k': 1}`", "`f(*args, **kwargs)`", "`__init__`", "`` a`b ``", "`X{`", "``c`d``",
]
private let zones = [
    "    - one\n    - two that is rather long, so long in fact that it is longer than any line should be in a file",
    ">>> f(1)\n2", "    an indented\n      block quote", "| A | B |\n| - | - |\n| 1 | 2 |",
]
