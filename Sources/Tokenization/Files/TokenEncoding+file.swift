extension TokenEncoding {
    /// The encoding of a tokenizer's file of any kind that is understood, which is told by the contents: a
    /// `tokenizer.json` of Hugging Face's, a `.model` of SentencePiece's, or a rank file of tiktoken's.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - name: The name of the encoding.
    ///   - other: The encoding whose pattern cuts texts into pieces; only rank files need one, as they do not say.
    /// - Throws: ``TokenFileError`` for what is no such file, and for one that asks for something not understood.
    public init(file bytes: [UInt8], name: String, cutLike other: TokenEncoding = .cl100kBase) throws {
        let start = bytes.prefix(4096)
        let first = start.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 <= 0x20 }.first
        if first == UInt8(ascii: "{"), bytes.first != 0x0A {
            try self.init(huggingFace: bytes, name: name)
        } else if bytes.first == 0x0A {
            // Field 1 of the message, a piece: no line of a rank file is empty.
            try self.init(sentencePiece: bytes, name: name)
        } else if !start.isEmpty, start.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D }) {
            try self.init(ranks: bytes, name: name, cutLike: other)
        } else {
            throw TokenFileError(name, "no tokenizer.json, no model of SentencePiece's and no rank file")
        }
    }
}
