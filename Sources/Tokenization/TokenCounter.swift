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
    ///   - bytes: About how many bytes will be counted; it takes 5 MB of memory for 300,000 and more, little for few.
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
        var sum = TokenSum()
        encode(buffer, to: &sum)
        return sum.count
    }

    /// The tokens of bytes that are known to be UTF-8.
    mutating func encode(utf8 buffer: UnsafeBufferPointer<UInt8>) -> [Int] {
        if let added = encoding.added { return encode(utf8: buffer, with: added) }
        guard let normalized = encoding.normalization?.normalized(buffer) else { return encode(normalized: buffer) }
        return normalized.withUnsafeBufferPointer { encode(normalized: $0) }
    }

    mutating func encode(normalized buffer: UnsafeBufferPointer<UInt8>) -> [Int] {
        var list = TokenList(forBytes: buffer.count)
        encode(buffer, to: &list)
        return list.tokens
    }

    private mutating func encode(_ buffer: UnsafeBufferPointer<UInt8>, to found: inout some TokenSink) {
        switch encoding.pattern {
        case .gpt2: encode(buffer, by: GPT2Scanner.self, to: &found)
        case .cl100k: encode(buffer, by: CL100KScanner.self, to: &found)
        case .o200k: encode(buffer, by: O200KScanner.self, to: &found)
        case .threeDigits: encode(buffer, by: ThreeDigitScanner.self, to: &found)
        case .oneDigit: encode(buffer, by: OneDigitScanner.self, to: &found)
        case .loneDigits: encode(buffer, by: LoneDigitScanner.self, to: &found)
        case .tekken: encode(buffer, by: TekkenScanner.self, to: &found)
        case .deepSeek: encode(buffer, by: DeepSeekScanner.self, to: &found)
        case .markedWords: encode(buffer, by: MarkedWordScanner.self, to: &found)
        case .whole: encode(buffer, by: WholeScanner.self, to: &found)
        }
    }

    private mutating func encode<Scanner: PieceScanner>(
        _ buffer: UnsafeBufferPointer<UInt8>,
        by scanner: Scanner.Type,
        to found: inout some TokenSink
    ) {
        let text = TextBytes(buffer, CharacterClasses())
        var cursor = PieceCursor<Scanner>(text)
        while let pieces = cursor.next() { encoder.encode(pieces, of: text, to: &found) }
        encoder.finish(text, to: &found)
    }
}
