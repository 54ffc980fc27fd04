import LanguageModels

/// Writes messages as the items of Responses.
///
/// What the service made goes back as it came, in its order: reasoning is refused without the item that it led to.
struct ResponsesItemWriter {
    let identity: ModelIdentity

    func items(of messages: some Sequence<Message>) throws -> [JSONValue] {
        var items: [JSONValue] = []
        for message in messages {
            switch message.role {
            case .assistant: addAssistant(message, to: &items)
            case .system, .user, .tool: try add(message, to: &items)
            }
        }
        return Self.withoutLoneReasoning(items)
    }

    /// What an answer that was cut off had thought led to nothing, and is refused alone.
    private static func withoutLoneReasoning(_ items: [JSONValue]) -> [JSONValue] {
        guard items.contains(where: { $0["type"] == "reasoning" }) else { return items }
        var kept: [JSONValue] = []
        for item in items.reversed() {
            let follower = kept.last
            let isLone = follower.map { $0["type"]?.string?.hasSuffix("_output") == true || isOurs($0) } ?? true
            if item["type"] != "reasoning" || !isLone { kept.append(item) }
        }
        return kept.reversed()
    }

    private static func isOurs(_ item: JSONValue) -> Bool {
        item["role"] == "user" || item["role"] == "system"
    }

    private func addAssistant(_ message: Message, to items: inout [JSONValue]) {
        for part in message.parts {
            if let replay = part.replay, replay.format == ResponsesFormat.name {
                // A part that continues an item went with the item's first part.
                if let item = replay.value["item"] { items.append(item) }
                continue
            }
            switch part.content {
            case .text(let text):
                items.append(["role": "assistant", "content": .string(text)])
            case .refusal(let text):
                items.append(["role": "assistant", "content": [["type": "refusal", "refusal": .string(text)]]])
            case .toolCall(let call):
                items.append([
                    "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
                    "arguments": .string(call.arguments),
                ])
            case .image, .document, .audio, .toolResult, .reasoning, .other:
                continue
            @unknown default:
                continue
            }
        }
    }

    private func add(_ message: Message, to items: inout [JSONValue]) throws {
        for case .toolResult(let result) in message.parts.map(\.content) {
            let call = items.last { $0["call_id"]?.string == result.callID }
            items.append(try item(of: result, isFree: call?["type"] == "custom_tool_call"))
        }
        let parts = message.parts.filter { !$0.isToolResult }
        guard !parts.isEmpty else { return }
        let role = message.role == .system ? "system" : "user"
        items.append(["role": .string(role), "content": try content(of: parts)])
    }

    /// A result; that of a tool which takes free text is an item of its own kind.
    private func item(of result: ToolResult, isFree: Bool) throws -> JSONValue {
        let output: JSONValue =
            result.content.allSatisfy { $0.text != nil }
            ? .string(result.text) : .array(try result.content.compactMap(part))
        let type: JSONValue = isFree ? "custom_tool_call_output" : "function_call_output"
        return ["type": type, "call_id": .string(result.callID), "output": output]
    }

    private func content(of parts: [MessagePart]) throws -> JSONValue {
        if parts.count == 1, parts[0].replay == nil, let text = parts[0].text { return .string(text) }
        return .array(try parts.compactMap(part))
    }

    private func part(_ part: MessagePart) throws -> JSONValue? {
        let json: JSONValue? =
            switch part.content {
            case .text(let text): ["type": "input_text", "text": .string(text)]
            case .image(let media): try image(media)
            case .document(let media): try document(media)
            case .audio: throw unsupported("the Responses interface takes no sound; use Chat Completions")
            case .toolCall, .toolResult, .reasoning, .refusal, .other: nil
            @unknown default: nil
            }
        return json?.merging(part.replay, of: ResponsesFormat.name)
    }

    private func image(_ media: Media) throws -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [("type", "input_image")]
        switch MediaPayload(media) {
        case .inline(let type, let base64): members.append(("image_url", .string("data:\(type);base64,\(base64)")))
        case .url(let url): members.append(("image_url", .string(url)))
        case .file(let id): members.append(("file_id", .string(id)))
        case nil: throw unsupported("the image's type is not known; give it")
        }
        members.append(("detail", .string(media.detail ?? "auto")))
        return .object(JSONObject(members))
    }

    private func document(_ media: Media) throws -> JSONValue {
        switch MediaPayload(media) {
        case .inline(let type, let base64):
            let name = media.name ?? (type == "application/pdf" ? "document.pdf" : "document.txt")
            let data = "data:\(type);base64,\(base64)"
            return ["type": "input_file", "filename": .string(name), "file_data": .string(data)]
        case .url(let url): return ["type": "input_file", "file_url": .string(url)]
        case .file(let id): return ["type": "input_file", "file_id": .string(id)]
        case nil: throw unsupported("the document's type is not known; give it")
        }
    }

    private func unsupported(_ message: String) -> ModelError {
        ModelError(.unsupported, message, identity: identity)
    }
}
