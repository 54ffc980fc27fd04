/// Counts and encodes texts one after another, remembering pieces it has seen.
///
/// One for each task.
public struct TokenCounter: ~Copyable {
    let encoding: TokenEncoding
    var encoder: PieceEncoder

    /// A counter for an encoding.
    ///
    /// - Parameters:
    ///   - encoding: The encoding.
    ///   - bytes: About how many bytes will be counted; it takes up to 2 MB of memory for many, little for few.
    public init(_ encoding: TokenEncoding, forBytes bytes: Int = .max) {
        self.encoding = encoding
        encoder = PieceEncoder(encoding.vocabulary, encoding.merges, forBytes: bytes)
    }

    /// The number of tokens of a text.
    public mutating func count(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { count(utf8: $0) }
    }

    /// The number of tokens of bytes in UTF-8; what is no UTF-8 is counted as if it were repaired with U+FFFD.
    ///
    /// Valid bytes are not copied.
    public mutating func count(bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { count(bytes: $0) }
    }

    /// The number of tokens of bytes in UTF-8, such as those of a mapped file; repaired like others, not copied.
    public mutating func count(bytes: UnsafeBufferPointer<UInt8>) -> Int {
        UTF8Bytes.areValid(bytes) ? count(utf8: bytes) : count(String(decoding: bytes, as: UTF8.self))
    }

    /// The tokens of a text.
    public mutating func encode(_ text: String) -> [Int] {
        var text = text
        return text.withUTF8 { encode(utf8: $0) }
    }

    /// The tokens of bytes in UTF-8; what is no UTF-8 is encoded as if it were repaired with U+FFFD.
    public mutating func encode(bytes: [UInt8]) -> [Int] {
        bytes.withUnsafeBufferPointer { buffer in
            UTF8Bytes.areValid(buffer) ? encode(utf8: buffer) : encode(String(decoding: buffer, as: UTF8.self))
        }
    }

    /// The number of tokens of bytes that are known to be UTF-8.
    mutating func count(utf8 buffer: UnsafeBufferPointer<UInt8>) -> Int {
        if let added = encoding.added { return encode(utf8: buffer, with: added).count }
        guard let normalized = encoding.normalization?.normalized(buffer) else { return count(normalized: buffer) }
        return normalized.withUnsafeBufferPointer { count(normalized: $0) }
    }

    /// The number of tokens of bytes that are normalized as the encoding wants them.
    mutating func count(normalized buffer: UnsafeBufferPointer<UInt8>) -> Int {
        switch encoding.pattern {
        case .gpt2: count(buffer, by: GPT2Scanner.self)
        case .cl100k: count(buffer, by: CL100KScanner.self)
        case .o200k: count(buffer, by: O200KScanner.self)
        case .threeDigits: count(buffer, by: ThreeDigitScanner.self)
        case .oneDigit: count(buffer, by: OneDigitScanner.self)
        case .loneDigits: count(buffer, by: LoneDigitScanner.self)
        case .tekken: count(buffer, by: TekkenScanner.self)
        case .deepSeek: count(buffer, by: DeepSeekScanner.self)
        case .markedWords: count(buffer, by: MarkedWordScanner.self)
        case .whole: count(buffer, by: WholeScanner.self)
        }
    }

    /// The tokens of bytes that are known to be UTF-8.
    mutating func encode(utf8 buffer: UnsafeBufferPointer<UInt8>) -> [Int] {
        if let added = encoding.added { return encode(utf8: buffer, with: added) }
        guard let normalized = encoding.normalization?.normalized(buffer) else { return encode(normalized: buffer) }
        return normalized.withUnsafeBufferPointer { encode(normalized: $0) }
    }

    mutating func encode(normalized buffer: UnsafeBufferPointer<UInt8>) -> [Int] {
        var tokens: [Int] = []
        tokens.reserveCapacity(buffer.count / 3)
        switch encoding.pattern {
        case .gpt2: append(buffer, by: GPT2Scanner.self, to: &tokens)
        case .cl100k: append(buffer, by: CL100KScanner.self, to: &tokens)
        case .o200k: append(buffer, by: O200KScanner.self, to: &tokens)
        case .threeDigits: append(buffer, by: ThreeDigitScanner.self, to: &tokens)
        case .oneDigit: append(buffer, by: OneDigitScanner.self, to: &tokens)
        case .loneDigits: append(buffer, by: LoneDigitScanner.self, to: &tokens)
        case .tekken: append(buffer, by: TekkenScanner.self, to: &tokens)
        case .deepSeek: append(buffer, by: DeepSeekScanner.self, to: &tokens)
        case .markedWords: append(buffer, by: MarkedWordScanner.self, to: &tokens)
        case .whole: append(buffer, by: WholeScanner.self, to: &tokens)
        }
        return tokens
    }

    private mutating func count<Scanner: PieceScanner>(_ buffer: UnsafeBufferPointer<UInt8>, by scanner: Scanner.Type)
        -> Int
    {
        let text = TextBytes(buffer, CharacterClasses())
        var count = 0
        var index = 0
        while index < text.count {
            let end = Scanner.end(ofPieceAt: index, in: text)
            count &+= encoder.count(later: text, from: index, to: end)
            index = end
        }
        return count &+ encoder.countWaiting(text)
    }

    private mutating func append<Scanner: PieceScanner>(
        _ buffer: UnsafeBufferPointer<UInt8>,
        by scanner: Scanner.Type,
        to tokens: inout [Int]
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
