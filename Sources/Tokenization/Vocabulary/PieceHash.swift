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
            let product = (value ^ word(bytes + start, count: count &- start)) &* 0xD6E8_FEB8_6659_FD93
            value = product ^ (product &>> 32)
            start &+= 8
        }
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ (product &>> 29)
    }

    /// The next eight bytes as a little-endian number, zero behind the last.
    @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        if count >= 8 { return UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian }
        var word: UInt64 = 0
        var index = 0
        while index < count {
            word |= UInt64(bytes[index]) &<< UInt64(index &* 8)
            index &+= 1
        }
        return word
    }
}
