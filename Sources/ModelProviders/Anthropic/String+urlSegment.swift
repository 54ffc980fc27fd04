extension String {
    /// The text as a segment of a path or a value of a query.
    var urlSegment: String {
        var encoded = ""
        for byte in utf8 {
            let isPlain =
                0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || "-._~".utf8.contains(byte)
            if isPlain {
                encoded.append(Character(Unicode.Scalar(byte)))
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
