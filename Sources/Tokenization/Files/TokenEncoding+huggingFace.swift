import FoundationEssentials

extension TokenEncoding {
    /// The encoding of a `tokenizer.json` of Hugging Face's: byte-pair encoding with a list of merges.
    ///
    /// Understood are byte-level files with the patterns of GPT-2, Llama 3, Qwen, Cohere, Mistral (tekken), o200k and
    /// DeepSeek and the normalizations NFC and NFKC, and files made from models of SentencePiece's with byte fallback
    /// (Llama 2, Mistral 7B, Gemma). Added tokens that are not special stand for themselves in every text.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - name: The name of the encoding.
    /// - Throws: ``TokenFileError`` for what is no such file, and for one that asks for something not understood.
    public init(huggingFace bytes: [UInt8], name: String) throws {
        let file: HuggingFaceFile
        let entries: [(token: [UInt8], id: Int)]
        do {
            file = try JSONDecoder().decode(HuggingFaceFile.self, from: Data(bytes))
            entries = try JSONVocabulary.entries(of: bytes)
        } catch {
            throw TokenFileError(name, "not a tokenizer.json of byte-pair encoding")
        }
        try file.checkModel(name)
        let cutting = try file.cutting(name)
        let words = try cutting.isByteLevel ? file.byteLevelWords(entries, name) : file.characterWords(entries, name)
        let pairs = try file.model.merges.map { merge in
            guard let left = words.bytes(merge.left), let right = words.bytes(merge.right),
                let pair = words.ids[left].flatMap({ l in
                    words.ids[right].flatMap { r in words.ids[left + right].map { (l, r, $0) } }
                })
            else { throw TokenFileError(name, "the merge \(merge.left) \(merge.right) is not of tokens") }
            return (left: pair.0, right: pair.1, joined: pair.2)
        }
        guard let vocabulary = Vocabulary(tokens: words.tokens) else {
            throw TokenFileError(name, "ids must be from 0 to 1,048,573")
        }
        self.init(
            name: name,
            vocabulary: vocabulary,
            pattern: cutting.pattern,
            normalization: cutting.normalization,
            merges: ListedMerges(pairs, first: words.first, takesWholePieces: file.model.ignore_merges ?? false),
            added: try file.ordinaryAddedTokens(name, cutting.normalization),
            byteTokens: words.byteTokens,
            specialTokens: Dictionary(file.added_tokens.filter(\.special).map { ($0.content, $0.id) }) { $1 }
        )
    }
}

/// The tokens of a file's model.
private struct Words {
    var tokens: [Int: [UInt8]] = [:]
    var ids: [[UInt8]: Int] = [:]
    var byteTokens: [Int: UInt8] = [:]
    var first: ListedMerges.First = .bytes([])
    /// The bytes of a token as the file writes it.
    var bytes: (String) -> [UInt8]?
}

extension HuggingFaceFile {
    fileprivate func byteLevelWords(_ entries: [(token: [UInt8], id: Int)], _ name: String) throws(TokenFileError)
        -> Words
    {
        if model.byte_fallback == true { throw TokenFileError(name, "byte fallback of bytes is not supported") }
        let alphabet = ByteAlphabet()
        var words = Words(bytes: alphabet.bytes)
        let added = Set(added_tokens.map(\.content))
        for (token, id) in entries {
            let text = String(decoding: token, as: UTF8.self)
            guard let bytes = alphabet.bytes(of: text), 0..<1_048_574 ~= id, words.tokens[id] == nil else {
                if added.contains(text) { continue }
                throw TokenFileError(name, "the token \(text.debugDescription) is not byte-level")
            }
            words.tokens[id] = bytes
            words.ids[bytes] = id
        }
        let single = (0...255).compactMap { words.ids[[UInt8($0)]].map(UInt32.init) }
        guard single.count == 256 else { throw TokenFileError(name, "not every byte has a token") }
        words.first = .bytes(single)
        return words
    }

    fileprivate func characterWords(_ entries: [(token: [UInt8], id: Int)], _ name: String) throws(TokenFileError)
        -> Words
    {
        guard model.byte_fallback == true, model.ignore_merges != true else {
            throw TokenFileError(name, "characters without byte fallback are not supported")
        }
        var words = Words { Array($0.utf8) }
        var characters: [Unicode.Scalar: UInt32] = [:]
        let names = Dictionary(uniqueKeysWithValues: (UInt8.min...UInt8.max).map { ($0.fallbackName, $0) })
        var single = [UInt32?](repeating: nil, count: 256)
        for (bytes, id) in entries {
            let text = String(decoding: bytes, as: UTF8.self)
            guard !bytes.isEmpty, 0..<1_048_574 ~= id, words.byteTokens[id] == nil, words.tokens[id] == nil else {
                throw TokenFileError(name, "the token \(text.debugDescription) is not of its own")
            }
            if let byte = names[text] {
                words.byteTokens[id] = byte
                single[Int(byte)] = UInt32(id)
            } else {
                words.tokens[id] = bytes
                words.ids[bytes] = id
            }
            let scalars = text.unicodeScalars
            if scalars.count == 1, let scalar = scalars.first { characters[scalar] = UInt32(id) }
        }
        let bytes = single.compactMap(\.self)
        guard bytes.count == 256 else { throw TokenFileError(name, "not every byte has a token") }
        words.first = .characters(CharacterTokens(characters: characters, bytes: bytes))
        return words
    }

    /// The added tokens that are found in every text: those that are not special.
    fileprivate func ordinaryAddedTokens(_ name: String, _ normalization: Normalization?) throws(TokenFileError)
        -> AddedTokens?
    {
        var (before, after): ([String: Int], [String: Int]) = ([:], [:])
        for token in added_tokens where !token.special && !token.content.isEmpty {
            guard token.normalized != false, let normalization else {
                before[token.content] = token.id
                continue
            }
            let content = Array(token.content.utf8)
            let normalized = content.withUnsafeBufferPointer { normalization.normalized($0) }
            guard normalized == nil || normalized == content else {
                let text = token.content.debugDescription
                throw TokenFileError(name, "the added token \(text), which is normalized, is not supported")
            }
            after[token.content] = token.id
        }
        return AddedTokens(before: before, after: after)
    }
}

/// The characters by which GPT-2's files write bytes.
private struct ByteAlphabet {
    private var bytes: [Unicode.Scalar: UInt8] = [:]

    init() {
        var others: UInt32 = 256
        for byte in UInt8.min...UInt8.max {
            let isPlain = 33...126 ~= byte || 161...172 ~= byte || byte >= 174
            let scalar = isPlain ? Unicode.Scalar(byte) : Unicode.Scalar(others)
            if !isPlain { others += 1 }
            if let scalar { bytes[scalar] = byte }
        }
    }

    func bytes(of text: String) -> [UInt8]? {
        let found = text.unicodeScalars.compactMap { bytes[$0] }
        return found.count == text.unicodeScalars.count && !found.isEmpty ? found : nil
    }
}
