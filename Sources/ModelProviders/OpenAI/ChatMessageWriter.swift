import LanguageModels

/// Writes messages as Chat Completions takes them.
struct ChatMessageWriter {
    let quirks: ChatQuirks
    let identity: ModelIdentity

    /// The messages of a request; what is changed in them is noted there, too.
    func messages(of preparation: inout RequestPreparation) throws -> [JSONValue] {
        let asked = preparation.request.messages
        var messages: [JSONValue] = []
        messages.reserveCapacity(asked.count)
        if quirks.mergesInstructions {
            let instructions = asked.filter { $0.role == .system }
            if !instructions.isEmpty { messages.append(["role": "system", "content": try merged(instructions)]) }
        }
        var attached: [JSONValue] = []
        for message in asked where message.role != .system || !quirks.mergesInstructions {
            let holdsResults = message.parts.contains(where: \.isToolResult)
            if holdsResults { try addResults(of: message, to: &messages, attached: &attached) }
            let rest = holdsResults ? message.parts.filter { !$0.isToolResult } : message.parts
            if message.role == .tool || holdsResults && rest.isEmpty { continue }
            try add(&attached, to: &messages, warnings: &preparation)
            switch message.role {
            case .system: messages.append(["role": "system", "content": try content(of: rest)])
            case .user: messages.append(["role": "user", "content": try content(of: rest)])
            case .assistant: messages.append(assistant(message))
            case .tool: break
            }
        }
        try add(&attached, to: &messages, warnings: &preparation)
        return messages
    }

    /// The instructions as one text, or as parts where parts have members that no text has a place for.
    private func merged(_ instructions: [Message]) throws -> JSONValue {
        let parts = instructions.flatMap(\.parts)
        if parts.contains(where: hasMembers) { return try content(of: parts) }
        return .string(instructions.map(\.text).joined(separator: "\n\n"))
    }

    private func content(of parts: [MessagePart]) throws -> JSONValue {
        if parts.count == 1, !hasMembers(parts[0]), let text = parts[0].text { return .string(text) }
        if quirks.joinsText, parts.allSatisfy({ $0.text != nil && !hasMembers($0) }) {
            return .string(parts.compactMap(\.text).joined(separator: "\n\n"))
        }
        return .array(try parts.compactMap(part))
    }

    /// Whether a part keeps members for this wire format.
    private func hasMembers(_ part: MessagePart) -> Bool { part.replay?.format == ChatFormat.name }

    private func part(_ part: MessagePart) throws -> JSONValue? {
        let json: JSONValue? =
            switch part.content {
            case .text(let text): ["type": "text", "text": .string(text)]
            case .image(let media): try image(media)
            case .document(let media): try document(media)
            case .audio(let media): try audio(media)
            case .refusal(let text): ["type": "refusal", "refusal": .string(text)]
            case .toolCall, .toolResult, .reasoning, .other: nil
            @unknown default: nil
            }
        return json?.merging(part.replay, of: ChatFormat.name)
    }

    private func image(_ media: Media) throws -> JSONValue {
        let url: String
        switch MediaPayload(media) {
        case .inline(let type, let base64): url = "data:\(type);base64,\(base64)"
        case .url(let address): url = address
        case .file: throw unsupported("Chat Completions takes no uploaded images; give the bytes or an address")
        case nil: throw unsupported("the image's type is not known; give it")
        }
        var image: [(key: String, value: JSONValue)] = [("url", .string(url))]
        if let detail = media.detail { image.append(("detail", .string(detail))) }
        return ["type": "image_url", "image_url": .object(JSONObject(image))]
    }

    private func document(_ media: Media) throws -> JSONValue {
        switch MediaPayload(media) {
        case .inline(let type, let base64) where type.hasPrefix("text/") || type == "application/json":
            guard let bytes = Base64.bytes(of: base64) else { throw unsupported("the document is no base64") }
            let title = media.name.map { "\($0):\n\n" } ?? ""
            return ["type": "text", "text": .string(title + String(decoding: bytes, as: UTF8.self))]
        case .inline(let type, let base64):
            let name = media.name ?? (type == "application/pdf" ? "document.pdf" : "document")
            let data = "data:\(type);base64,\(base64)"
            return ["type": "file", "file": ["filename": .string(name), "file_data": .string(data)]]
        case .file(let id): return ["type": "file", "file": ["file_id": .string(id)]]
        case .url: throw unsupported("Chat Completions fetches no documents; give the bytes or a file's id")
        case nil: throw unsupported("the document's type is not known; give it")
        }
    }

    private func audio(_ media: Media) throws -> JSONValue {
        guard case .inline(let type, let base64) = MediaPayload(media) else {
            throw unsupported("Chat Completions takes sound as bytes only")
        }
        let formats = [
            "audio/wav": "wav", "audio/x-wav": "wav", "audio/wave": "wav", "audio/mpeg": "mp3", "audio/mp3": "mp3",
        ]
        guard let format = formats[type] else { throw unsupported("sound must be WAV or MP3, not \(type)") }
        return ["type": "input_audio", "input_audio": ["data": .string(base64), "format": .string(format)]]
    }

    private func unsupported(_ message: String) -> ModelError {
        ModelError(.unsupported, message, identity: identity)
    }

    private func assistant(_ message: Message) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [("role", "assistant")]
        let text = message.text
        let calls = message.parts.compactMap(call)
        members.append(("content", text.isEmpty && !calls.isEmpty ? .null : .string(text)))
        let refusals = message.parts.compactMap { if case .refusal(let text) = $0.content { text } else { nil } }
        if !refusals.isEmpty { members.append(("refusal", .string(refusals.joined()))) }
        addReasoning(of: message, callsTools: !calls.isEmpty, to: &members)
        if !calls.isEmpty { members.append(("tool_calls", .array(calls))) }
        return .object(JSONObject(members))
    }

    private func addReasoning(
        of message: Message,
        callsTools: Bool,
        to members: inout [(key: String, value: JSONValue)]
    ) {
        switch quirks.reasoningReplay {
        case .never:
            return
        case .withToolCalls:
            guard callsTools else { return }
            let texts = message.parts.compactMap { if case .reasoning(let text) = $0.content { text } else { nil } }
            if !texts.isEmpty { members.append(("reasoning_content", .string(texts.joined()))) }
        case .details:
            for part in message.parts {
                guard case .reasoning = part.content, let replay = part.replay, replay.format == ChatFormat.name else {
                    continue
                }
                members += replay.value.object?.members ?? []
            }
        }
    }

    private func call(_ part: MessagePart) -> JSONValue? {
        guard let call = part.toolCall else { return nil }
        if let replay = part.replay, replay.format == ChatFormat.name, replay.value["type"] == "custom" {
            let custom: JSONValue = ["name": .string(call.name), "input": .string(call.arguments)]
            return ["id": .string(id(call.id)), "type": "custom", "custom": custom]
        }
        let json: JSONValue = [
            "id": .string(id(call.id)), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
        return json.merging(part.replay, of: ChatFormat.name)
    }

    private func result(_ result: ToolResult) -> JSONValue {
        ["role": "tool", "tool_call_id": .string(id(result.callID)), "content": .string(result.text)]
    }

    /// A message of text for each result; images and documents, which may not stand there, are put aside.
    private func addResults(
        of message: Message,
        to messages: inout [JSONValue],
        attached: inout [JSONValue]
    ) throws {
        for case .toolResult(let result) in message.parts.map(\.content) {
            messages.append(self.result(result))
            let media = try result.content.filter { $0.text == nil }.compactMap(part)
            guard !media.isEmpty else { continue }
            attached.append(["type": "text", "text": .string("What \(result.name) gave:")])
            attached += media
        }
    }

    /// What was put aside, as the user's words behind all results: nothing may stand between those.
    private func add(
        _ attached: inout [JSONValue],
        to messages: inout [JSONValue],
        warnings: inout RequestPreparation
    ) throws {
        guard !attached.isEmpty else { return }
        try warnings.change("messages", "results of tools are text here; what else they hold follows as the user's") {
            _ in
        }
        messages.append(["role": "user", "content": .array(attached)])
        attached = []
    }

    /// The id of a call as the server takes it.
    private func id(_ id: String) -> String {
        let isShort = id.utf8.count == 9 && id.utf8.allSatisfy { $0.isLetterOrDigit }
        guard quirks.hasShortCallIDs, !isShort else { return id }
        // FNV-1a, so that a call and its result agree.
        let hash = id.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let text = String(hash, radix: 36)
        return String((String(repeating: "0", count: 9) + text).suffix(9))
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
    }
}

extension MessagePart {
    /// Whether the piece is what came of a tool.
    var isToolResult: Bool {
        if case .toolResult = content { true } else { false }
    }
}

extension JSONValue {
    /// The object with the members that a piece keeps for a wire format.
    func merging(_ replay: Replay?, of format: String) -> JSONValue {
        guard let replay, replay.format == format, var object, let more = replay.value.object else { return self }
        object.merge(more)
        return .object(object)
    }
}
