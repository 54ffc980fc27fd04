import Tokenization

/// Where one section may be cut, and what its beginning costs up to each place.
///
/// A place further on never costs less, and places of one kind are places of each finer kind. Costs are sums over
/// declarations, then paragraphs of the last, then lines: a text is counted once for each kind, whatever the budget.
struct SectionCuts {
    /// A place to cut: the bytes before it, and what they cost.
    struct Cut: Hashable {
        var bytes: Int
        var cost: Int
    }

    private let bytes: [UInt8]
    /// The cuts at declarations, at paragraphs as well, and at lines as well; each from nothing to everything.
    private let levels: [[Cut]]
    private let encoding: TokenEncoding

    /// How much of the room a coarse cut must use for no finer one to be taken, in percent.
    private static let enough = 75

    init(_ section: PromptSection, _ encoding: TokenEncoding) {
        let bytes = Array(section.text.utf8)
        self.bytes = bytes
        self.encoding = encoding
        var counter = TokenCounter(encoding, forBytes: bytes.count)
        let whole = Cut(bytes: bytes.count, cost: counter.count(section.text))
        guard section.canShrink, !section.isRequired, !bytes.isEmpty else {
            levels = [[Cut(bytes: 0, cost: 0), whole]]
            return
        }
        var levels = [[Cut(bytes: 0, cost: 0), whole]]
        let declarations = section.declarationEnds.map { Self.characterStart(atOrBefore: $0, in: bytes) }
        for ends in [declarations, Self.paragraphEnds(in: bytes), Self.lineEnds(in: bytes)] {
            guard let coarse = levels.last else { break }
            levels.append(Self.refined(coarse, by: ends, bytes, &counter))
        }
        self.levels = levels
    }

    /// What all of it costs.
    var total: Cut { levels[0].last ?? Cut(bytes: 0, cost: 0) }

    /// The longest beginning that costs no more than this, at as coarse a place as leaves little room unused.
    ///
    /// More room never gives less: a coarse cut is taken only if it lies so near to the room's end that no finer cut
    /// for less room could have lain behind it.
    func cut(costingAtMost room: Int) -> Cut {
        var best = Cut(bytes: 0, cost: 0)
        for level in levels {
            best = Self.last(in: level, costingAtMost: room)
            if best.cost * 100 >= room * Self.enough || best == total { return best }
        }
        return levels.count > 1 ? tokenCut(behind: best, costingAtMost: room) : best
    }

    /// The text before a cut.
    func text(before cut: Cut) -> String { String(decoding: bytes[..<cut.bytes], as: UTF8.self) }

    /// Cuts into the line that stands behind a cut, after as many tokens as there is room for.
    private func tokenCut(behind cut: Cut, costingAtMost room: Int) -> Cut {
        guard let lines = levels.last, let next = lines.first(where: { $0.bytes > cut.bytes }), room > cut.cost else {
            return cut
        }
        // The whole line is encoded, however little of it there is room for: so its tokens are always the same.
        let tokens = encoding.encode(String(decoding: bytes[cut.bytes..<next.bytes], as: UTF8.self))
        let taken = tokens.prefix(room - cut.cost)
        let length = encoding.decodeBytes(taken).count
        let place = Self.characterStart(atOrBefore: cut.bytes + length, in: bytes)
        return place > cut.bytes ? Cut(bytes: place, cost: cut.cost + taken.count) : cut
    }

    /// Adds finer places between coarse ones; what lies between two costs at most what both together do.
    private static func refined(
        _ coarse: [Cut],
        by ends: [Int],
        _ bytes: [UInt8],
        _ counter: inout TokenCounter
    ) -> [Cut] {
        let ends = Array(Set(ends)).sorted()
        guard !ends.isEmpty else { return coarse }
        var cuts: [Cut] = []
        var index = 0
        for (start, stop) in zip(coarse, coarse.dropFirst()) {
            cuts.append(start)
            var cost = start.cost
            var place = start.bytes
            while index < ends.count, ends[index] < stop.bytes {
                defer { index += 1 }
                guard ends[index] > place else { continue }
                cost += counter.count(bytes: Array(bytes[place..<ends[index]]))
                place = ends[index]
                cuts.append(Cut(bytes: place, cost: min(cost, stop.cost)))
            }
        }
        if let last = coarse.last { cuts.append(last) }
        return cuts
    }

    /// The last cut that costs no more than this.
    private static func last(in cuts: [Cut], costingAtMost room: Int) -> Cut {
        var low = 0
        var high = cuts.count
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle].cost <= room { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? cuts[low - 1] : Cut(bytes: 0, cost: 0)
    }

    /// Behind each line.
    private static func lineEnds(in bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }

    /// Behind each run of empty lines.
    private static func paragraphEnds(in bytes: [UInt8]) -> [Int] {
        var ends: [Int] = []
        var lineIsEmpty = false
        var hasGap = false
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A:
                hasGap = hasGap || lineIsEmpty
                lineIsEmpty = true
                if hasGap, index + 1 < bytes.count, bytes[index + 1] > 0x20 { ends.append(index + 1) }
            case 0x20, 0x09, 0x0D: break
            default:
                lineIsEmpty = false
                hasGap = false
            }
        }
        return ends
    }

    /// The place itself, or the nearest before it where a character begins.
    private static func characterStart(atOrBefore place: Int, in bytes: [UInt8]) -> Int {
        guard place > 0 else { return 0 }
        guard place < bytes.count else { return bytes.count }
        var place = place
        while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
        return place
    }
}
