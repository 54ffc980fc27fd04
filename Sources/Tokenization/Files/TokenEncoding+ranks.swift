import FoundationEssentials

extension TokenEncoding {
    /// The encoding of a rank file of tiktoken's: a line for each token, its bytes in base64 and its rank.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - name: The name of the encoding.
    ///   - other: The encoding whose pattern cuts texts into pieces.
    ///   - specialTokens: The special tokens and their ids.
    /// - Throws: ``TokenFileError`` where a line is no token with its rank, or a byte has no token.
    public init(
        ranks bytes: [UInt8],
        name: String,
        cutLike other: TokenEncoding,
        specialTokens: [String: Int] = [:]
    ) throws {
        var tokens: [Int: [UInt8]] = [:]
        for (number, line) in bytes.split(separator: 0x0A).enumerated() {
            let parts = line.split { $0 == 0x20 || $0 == 0x0D }
            guard parts.count == 2, let token = Data(base64Encoded: Data(parts[0])), !token.isEmpty,
                let rank = Int(String(decoding: parts[1], as: UTF8.self)), tokens[rank] == nil
            else { throw TokenFileError(name, "line \(number + 1) is no token in base64 with a rank of its own") }
            tokens[rank] = [UInt8](token)
        }
        guard Set(tokens.values.filter { $0.count == 1 }).count == 256 else {
            throw TokenFileError(name, "not every byte has a token")
        }
        guard let vocabulary = Vocabulary(tokens: tokens) else {
            throw TokenFileError(name, "ranks must be from 0 to 1,048,573")
        }
        self.init(name: name, vocabulary: vocabulary, pattern: other.pattern, specialTokens: specialTokens)
    }
}
