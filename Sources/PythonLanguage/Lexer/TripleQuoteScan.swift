import SourceCode

/// Finds what stands between triple quotes, from pair to pair, without looking at anything else.
///
/// A quote in a comment or in another literal can put the pairs out of step; for a survey that does not matter.
enum TripleQuoteScan {
    static func literals(in bytes: [UInt8]) -> [ByteRange] {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            var found: [ByteRange] = []
            var start = 0
            while let opening = nextTriple(base, buffer.count, from: start, of: nil) {
                guard let closing = nextTriple(base, buffer.count, from: opening + 3, of: base[opening]) else { break }
                found.append(ByteRange(opening, closing + 3))
                start = closing + 3
            }
            return found
        }
    }

    /// The offset of the next three quotes: of one kind, or of either.
    private static func nextTriple(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        from start: Int,
        of wanted: UInt8?
    ) -> Int? {
        let (one, other) = (wanted ?? UInt8(ascii: "\""), wanted ?? UInt8(ascii: "'"))
        var here = start
        while here + 2 < count {
            if here + 8 <= count {
                let word = ByteScan.word(base, here)
                let found =
                    ByteScan.matches(word, ByteScan.repeated(one)) | ByteScan.matches(word, ByteScan.repeated(other))
                if found == 0 {
                    here += 8
                    continue
                }
                here += ByteScan.firstPlace(found)
                if here + 2 >= count { return nil }
            }
            let quote = base[here]
            if quote == one || quote == other, base[here + 1] == quote, base[here + 2] == quote { return here }
            here += 1
        }
        return nil
    }
}
