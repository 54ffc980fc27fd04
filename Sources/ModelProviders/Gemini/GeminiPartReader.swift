import LanguageModels

/// Reads the parts of an answer one after another, whether they come at once or in pieces.
///
/// Neighbouring texts of one kind are one part, unless one is signed: signed parts stand alone, so that they can be sent
/// back as they came.
struct GeminiPartReader {
    /// What a part of the wire means for the answer.
    enum Step: Hashable {
        /// Text or reasoning that begins a part or goes on with the last.
        case growth(Int, MessageDelta)
        /// A part that is complete.
        case whole(Int, MessagePart)
    }

    private enum Growing {
        case text
        case reasoning
        case call(GeminiPartialCall)
    }

    /// The service's id of the answer, of which ids of calls are made where the service gives none.
    var responseID: String?
    /// Whether a function is called.
    private(set) var hasCalls = false
    private var count = 0
    private var calls = 0
    private var growing: Growing?

    /// Reads the next part.
    mutating func read(_ json: JSONValue) -> [Step] {
        guard case .object(let part) = json else { return [] }
        if let function = json["functionCall"] { return readCall(function, part) }
        let closed = close()
        if let text = json["text"]?.string { return closed + readText(text, json, part) }
        guard let content = content(json) else { return closed }
        return closed + [add(content.0, replay: content.isWhole ? part : extras(part, besides: content.key))]
    }

    /// Ends a call whose arguments came in pieces.
    mutating func close() -> [Step] {
        guard case .call(let call) = growing else { return [] }
        return [finish(call)]
    }

    private mutating func readText(_ text: String, _ json: JSONValue, _ part: JSONObject) -> [Step] {
        let isThought = json["thought"]?.bool == true
        if json["thoughtSignature"]?.string != nil {
            // What has no words is kept for the service alone.
            if text.isEmpty {
                return [add(isThought ? .reasoning("") : .other, replay: isThought ? extras(part) : part)]
            }
            return [add(isThought ? .reasoning(text) : .text(text), replay: extras(part))]
        }
        guard !text.isEmpty else { return [] }
        switch growing {
        case .text? where !isThought, .reasoning? where isThought: break
        default: count += 1
        }
        growing = isThought ? .reasoning : .text
        return [.growth(count - 1, isThought ? .reasoning(text) : .text(text))]
    }

    private mutating func add(_ content: MessagePart.Content, replay: JSONObject) -> Step {
        growing = nil
        count += 1
        let kept = replay.isEmpty ? nil : Replay(format: GeminiFormat.name, value: .object(replay))
        return .whole(count - 1, MessagePart(content, replay: kept))
    }

    /// The members of a part beside its content.
    private func extras(_ part: JSONObject, besides key: String = "text") -> JSONObject {
        JSONObject(part.members.filter { $0.key != key && $0.value != .null })
    }
}

extension GeminiPartReader {
    private mutating func readCall(_ function: JSONValue, _ part: JSONObject) -> [Step] {
        let name = function["name"]?.string ?? ""
        if case .call(var call) = growing, name.isEmpty || function["id"] != nil && function["id"] == call.issuedID {
            call.add(function, extras(part, besides: "functionCall"))
            growing = .call(call)
            return call.isComplete ? [finish(call)] : []
        }
        let closed = close()
        // Nobody can run a function without a name.
        guard !name.isEmpty else { return closed }
        var call = GeminiPartialCall(name: name, issuedID: function["id"])
        call.add(function, extras(part, besides: "functionCall"))
        growing = .call(call)
        return call.isComplete ? closed + [finish(call)] : closed
    }

    private mutating func finish(_ call: GeminiPartialCall) -> Step {
        hasCalls = true
        calls += 1
        var replay = call.extras
        if let id = call.issuedID { replay["functionCall"] = ["id": id] }
        let id = call.issuedID?.string ?? responseID.map { "call_\(Self.plain($0))_\(calls)" } ?? "call_\(calls)"
        return add(.toolCall(ToolCall(id: id, name: call.name, arguments: call.arguments.text)), replay: replay)
    }

    /// Letters that every service takes in the id of a call, and not too many.
    private static func plain(_ id: String) -> String {
        String(id.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    }

    /// The content of a part that is no text and no call, the member it stands in, and whether all of it must be kept.
    private func content(_ json: JSONValue) -> (MessagePart.Content, key: String, isWhole: Bool)? {
        if json["thought"]?.bool != true {
            if let data = json["inlineData"], let type = data["mimeType"]?.string,
                let bytes = data["data"]?.string.flatMap({ Base64.bytes(of: $0) })
            {
                return (Self.file(Media(.bytes(bytes), type: type)), "inlineData", false)
            }
            if let data = json["fileData"], let uri = data["fileUri"]?.string {
                return (Self.file(Media(.url(uri), type: data["mimeType"]?.string)), "fileData", false)
            }
        }
        let isEmpty = json.object?.members.allSatisfy { $0.key == "thought" || $0.value == .null } ?? true
        return isEmpty ? nil : (.other, "", true)
    }

    private static func file(_ media: Media) -> MessagePart.Content {
        if media.type?.hasPrefix("image/") == true { return .image(media) }
        return media.type?.hasPrefix("audio/") == true ? .audio(media) : .document(media)
    }
}
