/// The hash of a token's bytes in a packed vocabulary: eight bytes at a time, multiplied and mixed.
///
/// `scripts/pack-vocabularies` computes the same; a table packed by one is read by the other.
enum PieceHash {
    /// The hash of so many bytes.
    @inline(__always)
    static func of(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        var value = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        var start = 0
        while start < count {
            value = mixed(value, word(bytes + start, count: count &- start))
            start &+= 8
        }
        return finished(value)
    }

    /// The hash of up to 15 bytes in two words, of which the highest byte is their number.
    @inline(__always)
    static func of(low: UInt64, high: UInt64) -> UInt64 {
        let count = high &>> 56
        var value = mixed(count &* 0x9E37_79B9_7F4A_7C15, low)
        if count > 8 { value = mixed(value, high & 0xFF_FFFF_FFFF_FFFF) }
        return finished(value)
    }

    /// Whether the bytes at an address are the same as these.
    @inline(__always)
    static func areEqual(_ bytes: UnsafePointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = other.baseAddress else { return true }
        var index = 0
        while index < other.count {
            let left = other.count &- index
            guard word(bytes + index, count: left) == word(start + index, count: left) else { return false }
            index &+= 8
        }
        return true
    }

    @inline(__always)
    private static func mixed(_ value: UInt64, _ word: UInt64) -> UInt64 {
        let product = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product &>> 32)
    }

    @inline(__always)
    private static func finished(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ (product &>> 29)
    }

    /// The next eight bytes as a little-endian number, zero behind the last.
    @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        if count >= 8 { return UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian }
        if count >= 4 {
            // Two words that overlap: what both have is the same.
            let low = UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self).littleEndian
            let high = UnsafeRawPointer(bytes + (count &- 4)).loadUnaligned(as: UInt32.self).littleEndian
            return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        }
        guard count > 0 else { return 0 }
        let middle = count &>> 1
        let last = count &- 1
        return UInt64(bytes[0]) | UInt64(bytes[middle]) &<< UInt64(truncatingIfNeeded: middle &* 8)
            | UInt64(bytes[last]) &<< UInt64(truncatingIfNeeded: last &* 8)
    }
}
