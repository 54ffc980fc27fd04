/// How a source file's bytes stand for text: UTF-8, or one byte a character by a table.
///
/// All encodings here agree with ASCII in the lower half, so a reader can work on the bytes as they are.
public struct SourceEncoding: Sendable {
    /// The encoding's name as Python normalises it, such as `utf-8`, `iso8859-1` or `koi8-r`.
    public let name: String
    /// The scalars of bytes 0x80 to 0xFF, 0 where the byte is undefined; `nil` for UTF-8.
    public let upperHalf: [UInt32]?

    /// UTF-8.
    public static let utf8 = SourceEncoding(name: "utf-8", upperHalf: nil)

    /// Makes an encoding from a table of the 128 upper characters, or UTF-8 with `nil`.
    public init(name: String, upperHalf: [UInt32]?) {
        self.name = name
        self.upperHalf = upperHalf
    }

    /// The text of some bytes; undefined and malformed bytes become U+FFFD.
    public func decode(_ bytes: some Sequence<UInt8>) -> String {
        guard let upperHalf else {
            return bytes.withContiguousStorageIfAvailable { String(decoding: $0, as: UTF8.self) }
                ?? String(decoding: Array(bytes), as: UTF8.self)
        }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let value = byte < 0x80 ? UInt32(byte) : upperHalf[Int(byte & 0x7F)]
            let isDefined = byte < 0x80 || value != 0
            text.append(isDefined ? Unicode.Scalar(value) ?? "\u{FFFD}" : "\u{FFFD}")
        }
        return String(text)
    }

    /// The bytes of a text, or the first character that this encoding does not have.
    public func encode(_ text: String) -> Result<[UInt8], UnencodableCharacter> {
        guard let upperHalf else { return .success(Array(text.utf8)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else if let index = upperHalf.firstIndex(of: scalar.value) {
                bytes.append(UInt8(0x80 + index))
            } else {
                return .failure(UnencodableCharacter(scalar: scalar, encoding: name))
            }
        }
        return .success(bytes)
    }
}

/// A character that a file's encoding cannot hold.
public struct UnencodableCharacter: Error, Hashable, Sendable {
    /// The character.
    public let scalar: Unicode.Scalar
    /// The encoding's name.
    public let encoding: String

    /// Makes the refusal of a character.
    public init(scalar: Unicode.Scalar, encoding: String) {
        self.scalar = scalar
        self.encoding = encoding
    }
}
