/// Finds bytes eight at a time, in a word.
///
/// It looks at up to 8 bytes behind the text, which must be there.
/// Swift's SIMD comparisons go lane by lane in this toolchain; arithmetic on words is several times as fast. The exact
/// test for zero bytes is the one of Warren, "Hacker's Delight", section 6-1.
enum ByteScan {
    /// A byte in all eight places of a word.
    @inline(__always)
    static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// Eight bytes, the first in the lowest place.
    @inline(__always)
    static func word(_ base: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
        UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self).littleEndian
    }

    /// The places of a word that hold a repeated byte: the high bit of each.
    @inline(__always)
    static func matches(_ word: UInt64, _ wanted: UInt64) -> UInt64 {
        let difference = word ^ wanted
        let carried = (difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
        return ~(carried | difference | 0x7F7F_7F7F_7F7F_7F7F)
    }

    /// The index of the first place among matches; there must be one.
    @inline(__always)
    static func firstPlace(_ matches: UInt64) -> Int { matches.trailingZeroBitCount >> 3 }
}
