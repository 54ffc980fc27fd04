/// Counts and encodes texts one after another, remembering pieces it has seen. One for each task.
public struct TokenCounter: ~Copyable {
    private let encoding: TokenEncoding
    private var encoder: PieceEncoder

    /// A counter for an encoding.
    ///
    /// - Parameters:
    ///   - encoding: The encoding.
    ///   - bytes: About how many bytes will be counted; it takes up to 1.6 MB of memory for many, little for few.
    public init(_ encoding: TokenEncoding, forBytes bytes: Int = .max) {
        self.encoding = encoding
        encoder = PieceEncoder(encoding.vocabulary, forBytes: bytes)
    }

    /// The number of tokens of a text.
    public mutating func count(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { count(utf8: $0) }
    }

    /// The number of tokens of bytes in UTF-8; what is no UTF-8 is counted as if it were repaired with U+FFFD.
    public mutating func count(bytes: [UInt8]) -> Int {
        let isValid = bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
        guard isValid else { return count(String(decoding: bytes, as: UTF8.self)) }
        return bytes.withUnsafeBufferPointer { count(utf8: $0) }
    }

    /// The tokens of a text.
    public mutating func encode(_ text: String) -> [Int] {
        var text = text
        return text.withUTF8 { buffer in
            var tokens: [UInt32] = []
            tokens.reserveCapacity(buffer.count / 3)
            switch encoding.pattern {
            case .gpt2: append(buffer, by: GPT2Scanner.self, to: &tokens)
            case .cl100k: append(buffer, by: CL100KScanner.self, to: &tokens)
            case .o200k: append(buffer, by: O200KScanner.self, to: &tokens)
            }
            return tokens.map(Int.init)
        }
    }

    private mutating func count(utf8 buffer: UnsafeBufferPointer<UInt8>) -> Int {
        switch encoding.pattern {
        case .gpt2: count(buffer, by: GPT2Scanner.self)
        case .cl100k: count(buffer, by: CL100KScanner.self)
        case .o200k: count(buffer, by: O200KScanner.self)
        }
    }

    private mutating func count<Scanner: PieceScanner>(_ buffer: UnsafeBufferPointer<UInt8>, by scanner: Scanner.Type)
        -> Int
    {
        let text = TextBytes(buffer, CharacterClasses())
        var count = 0
        var index = 0
        while index < text.count {
            let end = Scanner.end(ofPieceAt: index, in: text)
            count &+= encoder.count(text, from: index, to: end)
            index = end
        }
        return count
    }

    private mutating func append<Scanner: PieceScanner>(
        _ buffer: UnsafeBufferPointer<UInt8>,
        by scanner: Scanner.Type,
        to tokens: inout [UInt32]
    ) {
        let text = TextBytes(buffer, CharacterClasses())
        var index = 0
        while index < text.count {
            let end = Scanner.end(ofPieceAt: index, in: text)
            encoder.append(text, from: index, to: end, to: &tokens)
            index = end
        }
    }
}
