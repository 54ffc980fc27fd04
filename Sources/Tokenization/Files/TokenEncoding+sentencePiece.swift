extension TokenEncoding {
    /// The encoding of a model of SentencePiece's, such as Gemma's: byte-pair encoding by score over characters.
    ///
    /// Unigram models, and models that map characters to others first, are refused.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - name: The name of the encoding.
    /// - Throws: ``TokenFileError`` for what is no such file, and for one that asks for something not understood.
    public init(sentencePiece bytes: [UInt8], name: String) throws {
        guard let file = try? SentencePieceFile(bytes), !file.pieces.isEmpty else {
            throw TokenFileError(name, "not a model of SentencePiece's")
        }
        try file.check(name)
        let pieces = Array(file.pieces.enumerated())
        let joinable = pieces.filter { [.normal, .userDefined, .unused].contains($1.kind) }
        let tokens = Dictionary(uniqueKeysWithValues: joinable.map { ($0, $1.text) })
        guard Set(tokens.values).count == tokens.count, !tokens.values.contains([]) else {
            throw TokenFileError(name, "every piece must have a text of its own")
        }
        guard let vocabulary = Vocabulary(tokens: tokens) else {
            throw TokenFileError(name, "ids must be from 0 to 1,048,573")
        }
        let unknown = pieces.first { $1.kind == .unknown }?.offset
        guard let unknown else { throw TokenFileError(name, "there is no token for the unknown") }
        let byteTokens = try file.byteTokens(name)
        let symbols = joinable.filter { $1.kind == .userDefined }
            .map { (String(decoding: $1.text, as: UTF8.self), $0) }
        let finder = symbols.isEmpty ? nil : SpecialTokenFinder(Dictionary(symbols) { first, _ in first })
        let marks = SpaceMarks(
            prefix: file.addsPrefix ? .always : .never,
            removesExtra: file.removesExtraSpaces,
            marksSpaces: file.marksSpaces,
            symbols: finder
        )
        let merges = ScoredMerges(
            vocabulary: vocabulary,
            ranks: file.ranks,
            symbols: finder,
            bytes: byteTokens,
            unknown: UInt32(unknown),
            unused: Set(pieces.filter { $1.kind == .unused }.map { UInt32($0.offset) })
        )
        let controls = pieces.filter { [.control, .unknown].contains($1.kind) }
            .map { (String(decoding: $1.text, as: UTF8.self), $0) }
        self.init(
            name: name,
            vocabulary: vocabulary,
            pattern: .whole,
            normalization: .spaces(marks),
            merges: merges,
            byteTokens: Dictionary(byteTokens?.enumerated().map { (Int($1), UInt8($0)) } ?? []) { first, _ in first },
            specialTokens: Dictionary(controls) { first, _ in first }
        )
    }
}

extension SentencePieceFile {
    /// The pieces in the order of their scores, the highest first; equal ones are at the same place.
    var ranks: [UInt32] {
        var ranks = [UInt32](repeating: 0, count: pieces.count)
        var rank: UInt32 = 0
        var last: Float?
        for index in pieces.indices.sorted(by: { pieces[$0].score > pieces[$1].score }) {
            if let last, last != pieces[index].score { rank += 1 }
            last = pieces[index].score
            ranks[index] = rank
        }
        return ranks
    }

    /// The tokens of the 256 bytes, which are called `<0x00>` to `<0xFF>`; `nil` where the model has no byte fallback.
    func byteTokens(_ name: String) throws(TokenFileError) -> [UInt32]? {
        guard hasByteFallback else { return nil }
        var ids: [[UInt8]: UInt32] = [:]
        for (id, piece) in pieces.enumerated() where piece.kind == .byte { ids[piece.text] = UInt32(id) }
        let tokens = (UInt8.min...UInt8.max).compactMap { ids[Array($0.fallbackName.utf8)] }
        guard tokens.count == 256 else { throw TokenFileError(name, "not every byte has a token") }
        return tokens
    }

    /// Refuses what would give other tokens than SentencePiece.
    func check(_ name: String) throws(TokenFileError) {
        guard modelType == 2 else {
            let types: [UInt64: String] = [1: "unigram", 3: "word", 4: "char"]
            throw TokenFileError(name, "models of type \(types[modelType] ?? "\(modelType)") are not supported")
        }
        if hasCharacterMap { throw TokenFileError(name, "a map of characters (nmt_nfkc and others) is not supported") }
        if marksWordEnds { throw TokenFileError(name, "white space as a suffix is not supported") }
        let characters = Set(pieces.lazy.filter { $0.kind != .unused && $0.isOneCharacter }.map(\.text))
        let isMadeOfKnown = pieces.allSatisfy { piece in
            piece.kind != .unused
                || String(decoding: piece.text, as: UTF8.self).unicodeScalars.allSatisfy {
                    characters.contains(Array(String($0).utf8))
                }
        }
        guard isMadeOfKnown else { throw TokenFileError(name, "unused pieces of unknown characters are not supported") }
        if pieces.contains(where: { $0.score.isNaN }) { throw TokenFileError(name, "a score is no number") }
        let isShort = pieces.contains { [.control, .unknown].contains($0.kind) && $0.isOneCharacter }
        if isShort { throw TokenFileError(name, "control pieces of one character are not supported") }
    }
}

extension SentencePieceFile.Piece {
    fileprivate var isOneCharacter: Bool { String(decoding: text, as: UTF8.self).unicodeScalars.count == 1 }
}

extension UInt8 {
    /// The token of a byte, such as `<0x0A>`.
    var fallbackName: String {
        let digits = String(self, radix: 16, uppercase: true)
        return "<0x\(digits.count < 2 ? "0" : "")\(digits)>"
    }
}
