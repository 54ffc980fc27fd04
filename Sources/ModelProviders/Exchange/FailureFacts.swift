import LanguageModels

/// What the body of a failed answer says, whichever of the services' and gateways' shapes it has.
struct FailureFacts: Hashable, Sendable {
    /// The service's words, keys masked, in one line without a full stop.
    var message: String
    /// The service's type of the error.
    var type: String?
    /// The service's code; a number as text.
    var code: String?
    /// What the error is about.
    var parameter: String?
    /// A status that the body tells where the answer's own says nothing.
    var status: Int?
}

extension FailedAnswer {
    /// What the body says: `error` as object or text, bare members, lists of faults, plain text, a web page, nothing.
    var facts: FailureFacts {
        guard let json, json.object != nil else { return FailureFacts(message: Self.sentence(plainMessage)) }
        let error = json["error"]?.object != nil ? json["error"] ?? json : json
        var facts = FailureFacts(message: Self.sentence(Self.message(of: error, in: json) ?? plainMessage))
        facts.type = error["type"]?.string ?? error["status"]?.string
        facts.code = Self.word(error["code"]) ?? Self.word(json["code"])
        facts.parameter = error["param"]?.nonEmptyString
        let number = error["status_code"]?.integer ?? error["code"]?.integer ?? error["status"]?.integer
        facts.status = number.flatMap { 400..<600 ~= $0 ? $0 : nil }
        return facts
    }

    private static func word(_ value: JSONValue?) -> String? {
        value?.string ?? value?.integer.map { String($0) }
    }

    private static func message(of error: JSONValue, in json: JSONValue) -> String? {
        let upstream = error["metadata"]?["raw"]?.string
        let words = error["message"] ?? error["error"] ?? error["detail"] ?? error["errors"] ?? json["message"]
        guard let text = words.flatMap(text(of:)), !text.isEmpty else { return upstream }
        return upstream.map { "\(text): \($0)" } ?? text
    }

    /// A text, or a list of faults as validating servers give it, each with its place.
    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text):
            return text
        case .array(let faults):
            return faults.compactMap { fault in
                let place = fault["loc"]?.elements.compactMap(word).joined(separator: ".")
                let words = text(of: fault["msg"] ?? fault["message"] ?? fault)
                return words.map { words in place.map { "\($0): \(words)" } ?? words }
            }.joined(separator: ", ")
        case .object:
            return (value["message"] ?? value["msg"] ?? value["detail"]).flatMap(text(of:))
        case .null, .bool, .number:
            return nil
        }
    }

    /// What people can read of a body that is not the service's JSON.
    private var plainMessage: String {
        let trimmed = text.drop(while: \.isWhitespace)
        if trimmed.isEmpty { return "the service answered with nothing" }
        return page ?? String(trimmed)
    }

    /// What a web page in the place of an answer says; `nil` for any other body.
    var page: String? {
        let trimmed = text.drop(while: \.isWhitespace)
        guard trimmed.first == "<" else { return nil }
        let title = trimmed.firstRange(of: "<title>").flatMap { start in
            trimmed[start.upperBound...].firstRange(of: "</title>").map { trimmed[start.upperBound..<$0.lowerBound] }
        }
        return "the service answered with a web page" + (title.map { ": \($0)" } ?? "")
    }

    /// A service's words as a message of ours: one line, no full stop, no key, at most 1,000 characters.
    static func sentence(_ text: String) -> String {
        let words = text.beginning(upTo: 4096)
        var line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ").maskingKeys()
        // Only what has been masked may be cut: half a key looks like none.
        let isCut = words.endIndex != text.endIndex
        if isCut || line.utf8.count > 1000 { line = line.prefix(1000) + "…" }
        while line.hasSuffix(".") { line.removeLast() }
        return line
    }
}

extension String {
    /// The text, or its beginning of at most so many bytes, without the part of a key that may stand at the cut.
    func beginning(upTo bytes: Int) -> Substring {
        guard utf8.count > bytes else { return self[...] }
        let beginning = self[..<utf8.index(startIndex, offsetBy: bytes)]
        let torn = beginning.reversed().prefix(Self.longestUnmarkedKey + 1).prefix(while: Self.belongsToKey).count
        return torn > Self.longestUnmarkedKey ? beginning : beginning.dropLast(torn)
    }

    /// The text with everything that looks like a key or a token replaced but for its beginning.
    func maskingKeys() -> String {
        var masked = ""
        var rest = self[...]
        var last = Substring()
        var isToken = false
        while let first = rest.first {
            let word = rest.prefix { Self.belongsToKey($0) }
            if word.isEmpty {
                masked.append(first)
                rest = rest.dropFirst()
                // A token follows its announcement at once: `Bearer x`, `key=x`.
                isToken = isToken && first == " "
                if first == "=" { isToken = Self.announces.contains(where: last.lowercased().hasSuffix) }
            } else {
                masked += Self.masked(word, isToken: isToken)
                rest = rest.dropFirst(word.count)
                isToken = word.lowercased() == "bearer"
            }
            last = word
        }
        return masked
    }

    /// Whether a key or token stands in the text that shows itself by its beginning.
    var holdsMarkedKey: Bool {
        let words = split { !Self.belongsToKey($0) }
        return ["bearer ", "basic "].contains { lowercased().hasPrefix($0) }
            || words.contains { word in
                Self.beginnings.contains { word.hasPrefix($0) && word.count >= $0.count + 6 }
            }
    }

    private static let announces = ["key", "token", "secret"]
    private static let beginnings = [
        "sk-ant-", "sk-proj-", "sk-or-", "sk-", "AIza", "gsk_", "xai-", "pplx-", "hf_", "ya29.", "eyJ", "tgp_",
    ]

    /// Longer tokens show themselves by their beginning, cut or not.
    private static let longestUnmarkedKey = 512

    private static func belongsToKey(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.*".contains(character))
    }

    /// Azure's, Cohere's and Mistral's keys are letters and digits, 32 and more, with no mark of their own.
    private static func isKeyWithoutMark(_ word: Substring) -> Bool {
        guard word.utf8.count >= 32 else { return false }
        let digits = word.utf8.count { 0x30...0x39 ~= $0 }
        let letters = word.utf8.count { 0x61...0x7A ~= $0 | 0x20 }
        return digits > 0 && letters > 0 && digits + letters == word.utf8.count
    }

    private static func masked(_ word: Substring, isToken: Bool) -> String {
        if isToken, word.count >= 6 { return "***" }
        if let key = beginnings.first(where: { word.hasPrefix($0) && word.count >= $0.count + 6 }) {
            return key + "***"
        }
        return isKeyWithoutMark(word) ? "***" : String(word)
    }
}
