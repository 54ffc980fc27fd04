/// Numbers that look random and depend on a text alone, so that a test can compute them.
enum Digest {
    /// FNV-1a over the UTF-8 bytes, mixed by the last step of SplitMix64.
    static func number(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }

    /// At least 0 and below 1: the upper 53 bits of the number.
    static func fraction(_ text: String) -> Double {
        Double(number(text) >> 11) * 0x1p-53
    }

    /// The number in sixteen lower-case digits.
    static func hexadecimal(_ text: String) -> String {
        let digits = String(number(text), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
