/// What somebody may have meant.
package enum Suggestion {
    /// The candidate that is spelled most like a word, or the only one that begins with it.
    ///
    /// - Returns: `nil` when none is near enough to be meant.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let letters = Array(word.lowercased().utf8.prefix(longestWord))
        let distances = candidates.map { ($0, distance(letters, Array($0.lowercased().utf8))) }
        guard let nearest = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        let limit = max(1, min(3, max(letters.count, nearest.0.utf8.count) / 3))
        if nearest.1 <= limit { return nearest.0 }
        let completions = candidates.filter { $0.hasPrefix(word) && letters.count >= 3 }
        return completions.count == 1 ? completions.first : nil
    }

    /// `; did you mean …?` for messages, empty without a suggestion.
    package static func question(for word: String, among candidates: [String]) -> String {
        nearest(to: word, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
    }

    /// What is longer was not meant to be any of the candidates.
    private static let longestWord = 64

    /// How many letters have to be added, taken, changed or swapped with their neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let change = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(change, last[column + 1] + 1, current[column] + 1)
                let isSwap = row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwap { best = min(best, beforeLast[column - 1] + 1) }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
