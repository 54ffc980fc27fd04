extension [UInt8] {
    /// JSON in which a character that stands as a pair of escapes (`\ud83d\ude00`) stands as itself, since libyaml
    /// knows no such pairs; what does not begin like JSON stays as it is.
    var withoutEscapePairs: [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let first = (starts(with: mark) ? dropFirst(3) : self[...]).first { $0 > 0x20 }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let start = firstIndex(of: Self.escape) else {
            return self
        }
        var bytes = Array(self[..<start])
        bytes.reserveCapacity(count)
        var index = start
        while index < count {
            if let scalar = pair(at: index) {
                bytes += String(scalar).utf8
                index += 12
            } else {
                // What follows an escape's sign belongs to it, be it such a sign itself.
                let length = self[index] == Self.escape && index + 1 < count ? 2 : 1
                bytes += self[index..<index + length]
                index += length
            }
        }
        return bytes
    }

    private static var escape: UInt8 { UInt8(ascii: "\\") }

    private func pair(at index: Int) -> Unicode.Scalar? {
        guard let high = unit(at: index), 0xD800..<0xDC00 ~= high, let low = unit(at: index + 6),
            0xDC00..<0xE000 ~= low
        else { return nil }
        return Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    }

    /// The number that an escape such as `\ud83d` stands for.
    private func unit(at index: Int) -> UInt32? {
        guard index + 6 <= count, self[index] == Self.escape, self[index + 1] == UInt8(ascii: "u") else { return nil }
        return UInt32(String(decoding: self[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }
}
