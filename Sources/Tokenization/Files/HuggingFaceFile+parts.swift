extension HuggingFaceFile {
    /// How the file changes a text before it is cut, and how it is cut.
    struct Cutting {
        var normalization: Normalization?
        var pattern: PiecePattern
        /// Whether tokens are written in GPT-2's alphabet of bytes, not in characters.
        var isByteLevel = true
    }

    func cutting(_ name: String) throws(TokenFileError) -> Cutting {
        let normalizers = (normalizer.map { $0.normalizers ?? [$0] } ?? [])
        let splits = pre_tokenizer.map { $0.pretokenizers ?? [$0] } ?? []
        if splits.last?.type == "ByteLevel" {
            let pattern = try pattern(splits, name)
            switch normalizers.map(\.type) {
            case []: return Cutting(normalization: nil, pattern: pattern)
            case ["NFC"]: return Cutting(normalization: .nfc, pattern: pattern)
            case ["NFKC"]: return Cutting(normalization: .nfkc, pattern: pattern)
            default: throw unsupported(normalizers, name)
            }
        }
        return try markedCutting(normalizers, splits, name)
    }

    /// What SentencePiece's models are converted to: spaces become U+2581 by normalizers, or by a Metaspace.
    private func markedCutting(_ normalizers: [Part], _ splits: [Part], _ name: String) throws(TokenFileError)
        -> Cutting
    {
        if splits.count == 1, splits[0].type == "Metaspace", normalizers.isEmpty {
            let scheme = splits[0].prepend_scheme ?? (splits[0].add_prefix_space == false ? "never" : "always")
            let prefixes: [String: SpaceMarks.Prefix] = [
                "never": .never, "always": .whereMissing, "first": .atBeginning,
            ]
            guard splits[0].replacement == "\u{2581}", let prefix = prefixes[scheme] else {
                throw TokenFileError(name, "this Metaspace is not supported")
            }
            let isSplit = splits[0].split ?? true
            return Cutting(
                normalization: .spaces(SpaceMarks(prefix: prefix)),
                pattern: isSplit ? .markedWords : .whole,
                isByteLevel: false
            )
        }
        let prepends = normalizers.first?.type == "Prepend" && normalizers[0].prepend == "\u{2581}"
        let others = prepends ? Array(normalizers.dropFirst()) : normalizers
        guard others.count == 1, others[0].type == "Replace", others[0].pattern?.String == " ",
            others[0].content == "\u{2581}"
        else { throw unsupported(normalizers, name) }
        // No space is left to split at.
        guard splits.isEmpty || splits.count == 1 && splits[0].type == "Split" && splits[0].pattern?.String == " "
        else {
            throw unsupported(splits, name)
        }
        let marks = SpaceMarks(prefix: prepends ? .always : .never)
        return Cutting(normalization: .spaces(marks), pattern: .whole, isByteLevel: false)
    }

    private func pattern(_ parts: [Part], _ name: String) throws(TokenFileError) -> PiecePattern {
        guard let last = parts.last, last.add_prefix_space != true else {
            throw TokenFileError(name, "a space before the text is not supported")
        }
        if last.use_regex != false {
            if parts.count == 1 { return .gpt2 }
            if parts.count == 2, parts[0].type == "Digits", parts[0].individual_digits == true { return .loneDigits }
            throw unsupported(parts, name)
        }
        let splits = parts.dropLast()
        let isWhole = splits.allSatisfy { $0.type == "Split" && $0.behavior == "Isolated" && $0.invert != true }
        let texts = splits.map { $0.pattern?.Regex ?? "" }
        guard isWhole else { throw unsupported(parts, name) }
        if texts == Self.deepSeek { return .deepSeek }
        guard texts.count == 1, let pattern = Self.patterns[texts[0]] else { throw unsupported(parts, name) }
        return pattern
    }

    private func unsupported(_ parts: [Part], _ name: String) -> TokenFileError {
        let what = parts.map { $0.pattern?.Regex ?? $0.pattern?.String ?? $0.type }.joined(separator: ", ")
        let isPreTokenizer = parts.contains { ["Split", "ByteLevel", "Metaspace", "Digits"].contains($0.type) }
        let role = isPreTokenizer ? "pre-tokenizer" : "normalizer"
        return TokenFileError(name, "the \(role) \(what.isEmpty ? "nothing" : what) is not supported")
    }

    private static var patterns: [String: PiecePattern] {
        let contraction = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)"#
        let head = contraction + #"|[^\r\n\p{L}\p{N}]?\p{L}+|"#
        let space = #"|\s*[\r\n]+|\s+(?!\S)|\s+"#
        let tail = #"| ?[^\s\p{L}\p{N}]+[\r\n]*"# + space
        let prefix = #"[^\r\n\p{L}\p{N}]?"#
        let (upper, lower) = (#"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#, #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#)
        func words(_ end: String) -> String { "\(prefix)\(upper)*\(lower)+\(end)|\(prefix)\(upper)+\(lower)*\(end)|" }
        let slashTail = #"| ?[^\s\p{L}\p{N}]+[\r\n/]*"# + space
        return [
            head + #"\p{N}{1,3}"# + tail: .threeDigits, head + #"\p{N}"# + tail: .oneDigit,
            words(contraction + "?") + #"\p{N}{1,3}"# + slashTail: .o200k,
            words("") + #"\p{N}"# + slashTail: .tekken,
        ]
    }

    private static var deepSeek: [String] {
        let punctuation = ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+"##
        let newlines = "\r\n"
        return [
            #"\p{N}{1,3}"#,
            "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+",
            punctuation + "|[^\(newlines)" + #"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+["# + newlines
                + #"]*|\s*["#
                + newlines + #"]+|\s+(?!\S)|\s+"#,
        ]
    }
}
