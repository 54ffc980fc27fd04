/// Finds what someone meant to type.
enum EditDistance {
    /// The candidate nearest to a word, if one is near enough to be what was meant: at most a third of it is different.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let ranked = candidates.map { (name: $0, distance: between(word, $0)) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        if best.distance <= max(1, max(word.count, best.name.count) / 3) { return best.name }
        let completions = candidates.filter { $0.hasPrefix(word) && word.count >= 3 }
        return completions.count == 1 ? completions.first : nil
    }

    /// The number of letters put in, left out, replaced or swapped with their neighbour between two words.
    static func between(_ left: String, _ right: String) -> Int {
        let rows = Array(left.utf8.prefix(64))
        let columns = Array(right.utf8.prefix(64))
        var beforeLast: [Int] = []
        var last = Array(0...columns.count)
        for row in rows.indices {
            var current = [row + 1]
            for column in columns.indices {
                let isSame = rows[row] == columns[column]
                var distance = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                let isSwapped =
                    row > 0 && column > 0 && rows[row] == columns[column - 1] && rows[row - 1] == columns[column]
                if isSwapped { distance = min(distance, beforeLast[column - 1] + 1) }
                current.append(distance)
            }
            beforeLast = last
            last = current
        }
        return last[columns.count]
    }
}
