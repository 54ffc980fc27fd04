/// Finds the names that somebody may have meant.
struct NamesLike {
    private let name: [UInt8]

    /// Names like this one.
    init(_ name: String) {
        self.name = Array(name.lowercased().utf8)
    }

    /// At most three of the names, the nearest first: those that differ in less than a third of their letters, or
    /// begin with the whole name.
    func among(_ names: [String]) -> [String] {
        let rated = names.map { other in (other, distance(to: Array(other.lowercased().utf8))) }
        let near = rated.filter { other, distance in
            distance * 3 <= max(name.count, 3) || (!name.isEmpty && other.lowercased().utf8.starts(with: name))
        }
        return near.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(3).map(\.0)
    }

    /// The letters to put in, take out or change (Levenshtein).
    private func distance(to other: [UInt8]) -> Int {
        var row = Array(0...other.count)
        for (line, letter) in name.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in other.indices {
                let changed = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[other.count]
    }
}
