/// Texts in the order in which they came, each once.
struct UniqueTexts {
    private(set) var texts: [String] = []
    /// All texts, once they are too many to be compared one by one.
    private var seen: Set<String> = []

    var isEmpty: Bool { texts.isEmpty }
    var count: Int { texts.count }

    /// Takes a text unless it is there already; says whether it was new.
    @discardableResult
    mutating func insert(_ text: String) -> Bool {
        if texts.count < 16 {
            if texts.contains(text) { return false }
        } else {
            if seen.isEmpty { seen = Set(texts) }
            if !seen.insert(text).inserted { return false }
        }
        texts.append(text)
        return true
    }

    func contains(_ text: String) -> Bool { seen.isEmpty ? texts.contains(text) : seen.contains(text) }
}

/// Names between backticks in the order in which they came, each once.
struct UniqueNames {
    private var names = UniqueTexts()

    init() {}

    init(_ names: some Sequence<String>) {
        for name in names { insert(name) }
    }

    var quoted: [String] { names.texts.map { "`\($0)`" } }
    var isEmpty: Bool { names.isEmpty }

    /// Takes a name unless it is there already.
    mutating func insert(_ name: String) { names.insert(name) }
}
