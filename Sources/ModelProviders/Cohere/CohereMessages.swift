import LanguageModels

/// Writes a conversation as Cohere's chat wants it.
struct CohereMessages {
    private let identity: ModelIdentity

    /// A writer for requests to a model.
    init(_ identity: ModelIdentity) {
        self.identity = identity
    }

    /// The messages, with an instruction on top where one is added.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    func written(_ conversation: [Message], instruction: String?) throws -> [JSONValue] {
        var messages: [JSONValue] = []
        if let instruction { messages.append(["role": "system", "content": .string(instruction)]) }
        for message in conversation {
            switch message.role {
            case .system:
                let text = message.text
                if !text.isEmpty { messages.append(["role": "system", "content": .string(text)]) }
            case .user, .tool:
                try add(message, to: &messages)
            case .assistant:
                if let message = try assistant(message) { messages.append(message) }
            }
        }
        return messages
    }

    /// Results of tools are messages of their own, before what the user says beside them.
    private func add(_ message: Message, to messages: inout [JSONValue]) throws {
        var content: [JSONValue] = []
        for part in message.parts {
            if case .toolResult(let result) = part.content {
                messages.append(try written(result))
            } else if let block = try block(for: part) {
                content.append(block)
            }
        }
        if !content.isEmpty { messages.append(["role": "user", "content": Self.shortened(content)]) }
    }

    private func written(_ result: ToolResult) throws -> JSONValue {
        let content = try result.content.compactMap { try block(for: $0) }
        if content.contains(where: { $0["type"] == "image_url" }) {
            throw ModelError(.unsupported, "Cohere's tools cannot give images", identity: identity)
        }
        let id = JSONValue.string(result.callID)
        return ["role": "tool", "tool_call_id": id, "content": content.isEmpty ? "" : Self.shortened(content)]
    }

    private func assistant(_ message: Message) throws -> JSONValue? {
        var content: [JSONValue] = []
        var calls: [JSONValue] = []
        var plan = ""
        for part in message.parts {
            if let call = part.toolCall {
                calls.append(Self.written(call))
            } else if let words = Self.plan(part) {
                plan += words
            } else if let block = try block(for: part) {
                content.append(block)
            }
        }
        guard !content.isEmpty || !calls.isEmpty || !plan.isEmpty else { return nil }
        var object = JSONObject([("role", "assistant")])
        if !content.isEmpty { object["content"] = Self.shortened(content) }
        if !plan.isEmpty { object["tool_plan"] = .string(plan) }
        if !calls.isEmpty { object["tool_calls"] = .array(calls) }
        return .object(object)
    }

    private static func written(_ call: ToolCall) -> JSONValue {
        let function: JSONValue = ["name": .string(call.name), "arguments": .string(call.arguments)]
        return ["id": .string(call.id), "type": "function", "function": function]
    }

    /// What the model meant to do with its tools, where the part holds that.
    private static func plan(_ part: MessagePart) -> String? {
        guard let replay = part.replay, replay.format == CohereFormat.name else { return nil }
        return replay.value["tool_plan"]?.string
    }

    private static func shortened(_ content: [JSONValue]) -> JSONValue {
        guard content.count == 1, content[0]["type"] == "text", let text = content[0]["text"] else {
            return .array(content)
        }
        return text
    }

    private func block(for part: MessagePart) throws -> JSONValue? {
        switch part.content {
        case .text(let text), .refusal(let text):
            return text.isEmpty ? nil : ["type": "text", "text": .string(text)]
        case .reasoning(let text):
            // Thoughts that another service has sealed are of no use here.
            let isOurs = part.replay.map { $0.format == CohereFormat.name } ?? true
            return text.isEmpty || !isOurs ? nil : ["type": "thinking", "thinking": .string(text)]
        case .image(let media):
            return try image(media)
        case .document(let media):
            return try document(media)
        case .audio:
            throw ModelError(.unsupported, "Cohere's models take no sound", identity: identity)
        case .toolCall, .toolResult:
            return nil
        case .other:
            return part.replay.flatMap { $0.format == CohereFormat.name ? $0.value : nil }
        @unknown default:
            return nil
        }
    }

    private func image(_ media: Media) throws -> JSONValue {
        var image = JSONObject()
        switch MediaPayload(media) {
        case .inline(let type, let base64): image["url"] = .string("data:\(type);base64,\(base64)")
        case .url(let url): image["url"] = .string(url)
        case .file: throw ModelError(.unsupported, "Cohere keeps no files for chats", identity: identity)
        case nil: throw ModelError(.unsupported, "an image has no media type; set its type", identity: identity)
        }
        if let detail = media.detail { image["detail"] = .string(detail) }
        return ["type": "image_url", "image_url": .object(image)]
    }

    /// Texts are documents that the model can quote; it reads no others.
    private func document(_ media: Media) throws -> JSONValue {
        guard case .inline(let type, let base64)? = MediaPayload(media),
            type.hasPrefix("text/") || type == "application/json", let bytes = Base64.bytes(of: base64)
        else { throw ModelError(.unsupported, "Cohere's models read no documents but texts", identity: identity) }
        let text = String(decoding: bytes, as: UTF8.self)
        return ["type": "text", "text": .string(media.name.map { "\($0):\n\(text)" } ?? text)]
    }
}
