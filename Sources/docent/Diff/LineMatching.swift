/// Which lines of a file's old version are which of its new one.
///
/// Lines that occur once on both sides are the anchors (patience), again and again between anchors; what remains matches
/// where one side is the other with lines added. Time grows as the number of lines, whatever they are.
struct LineMatching {
    private static let maximumDepth = 12

    /// A run of lines that differ: what goes, and what comes in its place.
    struct Change: Hashable {
        var old: Range<Int>
        var new: Range<Int>
    }

    private let old: [Int]
    private let new: [Int]
    private var partner: [Int]
    private var oldCounts: [Int]
    private var newCounts: [Int]
    private var newPlaces: [Int]

    /// How many lines all steps together looked at.
    private(set) var visits = 0

    /// Matches the lines of one table with those of the other.
    init(from oldLines: LineTable, to newLines: LineTable) {
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        func number(_ line: ArraySlice<UInt8>) -> Int {
            if let number = numbers[line] { return number }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        old = (0..<oldLines.count).map { number(oldLines[$0]) }
        new = (0..<newLines.count).map { number(newLines[$0]) }
        partner = Array(repeating: -1, count: old.count)
        oldCounts = Array(repeating: 0, count: numbers.count)
        newCounts = oldCounts
        newPlaces = oldCounts
        match(0..<old.count, 0..<new.count, depth: 0)
    }

    private mutating func match(_ oldLines: Range<Int>, _ newLines: Range<Int>, depth: Int) {
        let (oldRest, newRest) = matchEnds(oldLines, newLines)
        guard !oldRest.isEmpty, !newRest.isEmpty else { return }
        let anchors = depth < Self.maximumDepth ? longestRise(in: anchors(oldRest, newRest)) : []
        guard !anchors.isEmpty else { return matchSubsequence(oldRest, newRest) }
        var oldStart = oldRest.lowerBound
        var newStart = newRest.lowerBound
        for anchor in anchors {
            partner[anchor.old] = anchor.new
            match(oldStart..<anchor.old, newStart..<anchor.new, depth: depth + 1)
            oldStart = anchor.old + 1
            newStart = anchor.new + 1
        }
        match(oldStart..<oldRest.upperBound, newStart..<newRest.upperBound, depth: depth + 1)
    }

    /// Pairs the lines that are the same at both ends, and returns what lies between.
    private mutating func matchEnds(_ oldLines: Range<Int>, _ newLines: Range<Int>) -> (Range<Int>, Range<Int>) {
        var (oldLow, newLow) = (oldLines.lowerBound, newLines.lowerBound)
        var (oldHigh, newHigh) = (oldLines.upperBound, newLines.upperBound)
        while oldLow < oldHigh, newLow < newHigh, old[oldLow] == new[newLow] {
            partner[oldLow] = newLow
            oldLow += 1
            newLow += 1
        }
        while oldLow < oldHigh, newLow < newHigh, old[oldHigh - 1] == new[newHigh - 1] {
            oldHigh -= 1
            newHigh -= 1
            partner[oldHigh] = newHigh
        }
        visits += oldLines.count - (oldHigh - oldLow) + 1
        return (oldLow..<oldHigh, newLow..<newHigh)
    }

    /// The lines that occur once in each range, in the old order.
    private mutating func anchors(_ oldLines: Range<Int>, _ newLines: Range<Int>) -> [(old: Int, new: Int)] {
        visits += oldLines.count + newLines.count
        for line in oldLines { oldCounts[old[line]] += 1 }
        for line in newLines {
            newCounts[new[line]] += 1
            newPlaces[new[line]] = line
        }
        var anchors: [(old: Int, new: Int)] = []
        for line in oldLines where oldCounts[old[line]] == 1 && newCounts[old[line]] == 1 {
            anchors.append((line, newPlaces[old[line]]))
        }
        for line in oldLines { oldCounts[old[line]] = 0 }
        for line in newLines { newCounts[new[line]] = 0 }
        return anchors
    }

    /// The longest run of pairs whose new lines rise, too.
    private func longestRise(in pairs: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
        var ends: [Int] = []
        var previous = Array(repeating: -1, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[ends[middle]].new < pair.new { low = middle + 1 } else { high = middle }
            }
            if low > 0 { previous[index] = ends[low - 1] }
            if low == ends.count { ends.append(index) } else { ends[low] = index }
        }
        var run: [(old: Int, new: Int)] = []
        var index = ends.last ?? -1
        while index >= 0 {
            run.append(pairs[index])
            index = previous[index]
        }
        return run.reversed()
    }

    /// Pairs all lines of the shorter range when the longer one holds them in their order; else none.
    private mutating func matchSubsequence(_ oldLines: Range<Int>, _ newLines: Range<Int>) {
        let isInsertion = oldLines.count <= newLines.count
        let (short, long) = isInsertion ? (old[oldLines], new[newLines]) : (new[newLines], old[oldLines])
        var places: [Int] = []
        var place = long.startIndex
        defer { visits += place - long.startIndex }
        for line in short {
            while place < long.endIndex, long[place] != line { place += 1 }
            guard place < long.endIndex else { return }
            places.append(place)
            place += 1
        }
        for (line, place) in zip(short.indices, places) {
            if isInsertion { partner[line] = place } else { partner[place] = line }
        }
    }

    /// The changes that turn one table into the other, in order.
    var changes: [Change] {
        var changes: [Change] = []
        var (oldLine, newLine) = (0, 0)
        while oldLine < old.count || newLine < new.count {
            let start = (old: oldLine, new: newLine)
            while oldLine < old.count, partner[oldLine] < 0 { oldLine += 1 }
            newLine = oldLine < old.count ? partner[oldLine] : new.count
            if start.old < oldLine || start.new < newLine {
                changes.append(Change(old: start.old..<oldLine, new: start.new..<newLine))
            }
            while oldLine < old.count, partner[oldLine] == newLine {
                oldLine += 1
                newLine += 1
            }
        }
        return changes
    }
}
