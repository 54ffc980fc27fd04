import FoundationEssentials

extension TokenEncoding {
    /// The encoding of a `tokenizer.json` of Hugging Face's: byte-level byte-pair encoding with a list of merges.
    ///
    /// Understood are the patterns of GPT-2, Llama 3 and Qwen, and the normalizations NFC and NFKC.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - name: The name of the encoding.
    /// - Throws: ``TokenFileError`` for what is no such file, and for one that asks for something not understood.
    public init(huggingFace bytes: [UInt8], name: String) throws {
        let file: HuggingFaceFile
        do {
            file = try JSONDecoder().decode(HuggingFaceFile.self, from: Data(bytes))
        } catch {
            throw TokenFileError(name, "not a tokenizer.json of byte-pair encoding")
        }
        try file.checkModel(name)
        let alphabet = ByteAlphabet()
        let added = Set(file.added_tokens.map(\.content))
        var tokens: [Int: [UInt8]] = [:]
        var ids: [[UInt8]: Int] = [:]
        for (text, id) in file.model.vocab where !added.contains(text) {
            guard let bytes = alphabet.bytes(of: text), tokens[id] == nil else {
                throw TokenFileError(name, "the token \(text.debugDescription) is not byte-level")
            }
            tokens[id] = bytes
            ids[bytes] = id
        }
        let single = (0...255).compactMap { ids[[UInt8($0)]].map(UInt32.init) }
        guard single.count == 256 else { throw TokenFileError(name, "not every byte has a token") }
        let pairs = try file.model.merges.map { merge in
            guard let left = alphabet.bytes(of: merge.left), let right = alphabet.bytes(of: merge.right),
                let pair = ids[left].flatMap({ l in ids[right].flatMap { r in ids[left + right].map { (l, r, $0) } } })
            else { throw TokenFileError(name, "the merge \(merge.left) \(merge.right) is not of tokens") }
            return (left: pair.0, right: pair.1, joined: pair.2)
        }
        guard let vocabulary = Vocabulary(tokens: tokens) else {
            throw TokenFileError(name, "ids must be from 0 to 1,048,573")
        }
        self.init(
            name: name,
            vocabulary: vocabulary,
            pattern: try file.pattern(name),
            normalization: try file.normalization(name),
            merges: ListedMerges(pairs, bytes: single, takesWholePieces: file.model.ignore_merges ?? false),
            specialTokens: Dictionary(file.added_tokens.map { ($0.content, $0.id) }) { first, _ in first }
        )
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
