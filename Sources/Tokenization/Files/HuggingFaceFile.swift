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
        let normalized: Bool?
    }

    struct Model: Decodable {
        let type: String?
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
        let individual_digits: Bool?
        let prepend: String?
        let content: String?
        let replacement: String?
        let prepend_scheme: String?
        let split: Bool?
    }

    struct Pattern: Decodable {
        let Regex: String?
        let String: String?
    }
}

extension HuggingFaceFile {
    /// Refuses what would give other tokens than the file's own library.
    func checkModel(_ name: String) throws(TokenFileError) {
        if let type = model.type, type != "BPE" {
            throw TokenFileError(name, "models of type \(type) are not supported")
        }
        if model.dropout ?? 0 > 0 { throw TokenFileError(name, "dropout is not supported") }
        guard (model.continuing_subword_prefix ?? "").isEmpty, (model.end_of_word_suffix ?? "").isEmpty else {
            throw TokenFileError(name, "affixes of subwords are not supported")
        }
        for token in added_tokens {
            let strips = token.lstrip == true || token.rstrip == true || token.single_word == true
            if strips, !token.special {
                let text = token.content.debugDescription
                throw TokenFileError(name, "the added token \(text), which strips or wants a word, is not supported")
            }
        }
    }
}
