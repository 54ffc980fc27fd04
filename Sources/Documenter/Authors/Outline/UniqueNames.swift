/// Names between backticks in the order in which they came, each once.
struct UniqueNames {
    private(set) var quoted: [String] = []
    private var seen: Set<String> = []

    init() {}

    init(_ names: some Sequence<String>) {
        for name in names { insert(name) }
    }

    /// Takes a name unless it is there already.
    mutating func insert(_ name: String) {
        if seen.insert(name).inserted { quoted.append("`\(name)`") }
    }
}
