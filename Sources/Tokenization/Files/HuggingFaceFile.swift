/// A `tokenizer.json` of Hugging Face's.
struct HuggingFaceFile: Decodable {
    let added_tokens: [AddedToken]
    let normalizer: Part?
    let pre_tokenizer: Part?
    let model: Model

    struct AddedToken: Decodable {
        let id: Int
        let content: String
        let special: Bool
        let lstrip: Bool?
        let rstrip: Bool?
        let single_word: Bool?
    }

    struct Model: Decodable {
        let type: String?
        let vocab: [String: Int]
        let merges: [Merge]
        let dropout: Double?
        let byte_fallback: Bool?
        let ignore_merges: Bool?
        let continuing_subword_prefix: String?
        let end_of_word_suffix: String?
    }

    /// Two tokens, in a list or with a space between.
    struct Merge: Decodable {
        let left: String
        let right: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let text = try? container.decode(String.self)
            let parts = try text.map { $0.split(separator: " ").map(String.init) } ?? container.decode([String].self)
            guard parts.count == 2 else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a merge has two tokens")
            }
            (left, right) = (parts[0], parts[1])
        }
    }

    /// A normalizer or pre-tokenizer.
    struct Part: Decodable {
        let type: String
        let normalizers: [Part]?
        let pretokenizers: [Part]?
        let pattern: Pattern?
        let behavior: String?
        let invert: Bool?
        let add_prefix_space: Bool?
        let use_regex: Bool?
    }

    struct Pattern: Decodable {
        let Regex: String?
    }
}

extension HuggingFaceFile {
    /// Refuses what would give other tokens than the file's own library.
    func checkModel(_ name: String) throws(TokenFileError) {
        if let type = model.type, type != "BPE" {
            throw TokenFileError(name, "models of type \(type) are not supported")
        }
        if model.byte_fallback == true { throw TokenFileError(name, "byte fallback is not supported") }
        if model.dropout ?? 0 > 0 { throw TokenFileError(name, "dropout is not supported") }
        guard (model.continuing_subword_prefix ?? "").isEmpty, (model.end_of_word_suffix ?? "").isEmpty else {
            throw TokenFileError(name, "affixes of subwords are not supported")
        }
        for token in added_tokens {
            let strips = token.lstrip == true || token.rstrip == true || token.single_word == true
            if !token.special || strips {
                let text = token.content.debugDescription
                throw TokenFileError(name, "the added token \(text), which is not special or strips, is not supported")
            }
        }
    }

    func normalization(_ name: String) throws(TokenFileError) -> Normalization? {
        guard let normalizer else { return nil }
        let parts = normalizer.normalizers ?? [normalizer]
        switch parts.map(\.type) {
        case []: return nil
        case ["NFC"]: return .nfc
        case ["NFKC"]: return .nfkc
        case let types: throw TokenFileError(name, "the normalizer \(types.joined(separator: ", ")) is not supported")
        }
    }

    func pattern(_ name: String) throws(TokenFileError) -> PiecePattern {
        let parts = pre_tokenizer.map { $0.pretokenizers ?? [$0] } ?? []
        guard let last = parts.last, last.type == "ByteLevel", last.add_prefix_space != true else {
            throw TokenFileError(name, "pre-tokenizing other than byte-level without a prefix is not supported")
        }
        if parts.count == 1, last.use_regex != false { return .gpt2 }
        guard parts.count == 2, last.use_regex == false, parts[0].type == "Split", parts[0].behavior == "Isolated",
            parts[0].invert != true, let text = parts[0].pattern?.Regex, let pattern = Self.patterns[text]
        else {
            let what = parts.map { $0.pattern?.Regex ?? $0.type }.joined(separator: ", ")
            throw TokenFileError(name, "the pre-tokenizer \(what) is not supported")
        }
        return pattern
    }

    private static var patterns: [String: PiecePattern] {
        let head = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"#
        let tail = #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
        return [head + #"\p{N}{1,3}"# + tail: .threeDigits, head + #"\p{N}"# + tail: .oneDigit]
    }
}
