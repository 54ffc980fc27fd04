import LanguageModels

/// Writes the parts of messages as content blocks.
struct AnthropicBlocks {
    let identity: ModelIdentity

    /// The block of a part; `nil` for what Anthropic does not take back: empty text, another service's thoughts.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    func block(for part: MessagePart) throws -> JSONValue? {
        switch part.content {
        case .text(let text):
            return replay(part, whose: "text", is: text) ?? textBlock(text)
        case .image(let media):
            return try image(media)
        case .document(let media):
            return try document(media)
        case .audio:
            throw ModelError(.unsupported, "Anthropic's models take no sound", identity: identity)
        case .toolCall(let call):
            return Self.toolUse(call, caller: replay(part)?["caller"])
        case .toolResult(let result):
            return try toolResult(result)
        case .refusal(let text):
            // An explanation of the service's own is no word of the model.
            return replay(part) == nil ? textBlock(text) : nil
        case .reasoning, .other:
            return replay(part)
        @unknown default:
            return replay(part)
        }
    }

    private func replay(_ part: MessagePart) -> JSONValue? {
        guard let replay = part.replay, replay.format == AnthropicFormat.name else { return nil }
        return replay.value
    }

    /// What the service wants back, as long as the caller has not changed the text.
    private func replay(_ part: MessagePart, whose key: String, is text: String) -> JSONValue? {
        guard let value = replay(part), value[key]?.string == text else { return nil }
        return value
    }

    /// White space alone is refused as empty text is.
    private func textBlock(_ text: String) -> JSONValue? {
        text.allSatisfy(\.isWhitespace) ? nil : ["type": "text", "text": .string(text)]
    }

    private static func toolUse(_ call: ToolCall, caller: JSONValue?) -> JSONValue {
        let arguments = try? call.parsedArguments()
        // Arguments that were cut off are kept as text: the service takes objects only.
        let input = arguments?.object.map { JSONValue.object($0) } ?? ["arguments": .string(call.arguments)]
        var block = JSONObject([
            ("type", "tool_use"), ("id", .string(id(call.id))), ("name", .string(call.name)), ("input", input),
        ])
        block["caller"] = caller
        return .object(block)
    }

    private func toolResult(_ result: ToolResult) throws -> JSONValue {
        var block = JSONObject([("type", "tool_result"), ("tool_use_id", .string(Self.id(result.callID)))])
        let blocks = try result.content.compactMap { try self.block(for: $0) }
        if blocks.count == 1, let text = blocks[0]["text"], blocks[0]["type"] == "text" {
            block["content"] = text
        } else if !blocks.isEmpty {
            block["content"] = .array(blocks)
        }
        if result.isError { block["is_error"] = true }
        return .object(block)
    }

    /// Ids that other services made may have characters that Anthropic refuses.
    private static func id(_ id: String) -> String {
        func isTaken(_ byte: UInt8) -> Bool {
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || 0x30...0x39 ~= byte || byte == 0x2D || byte == 0x5F
        }
        guard !id.utf8.allSatisfy(isTaken) else { return id }
        return String(decoding: id.utf8.map { isTaken($0) ? $0 : 0x5F }, as: UTF8.self)
    }

    private static let imageTypes: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    private func image(_ media: Media) throws -> JSONValue {
        guard let payload = MediaPayload(media) else {
            throw ModelError(.unsupported, "an image has no media type; set its type", identity: identity)
        }
        if case .inline(let type, _) = payload, !Self.imageTypes.contains(type) {
            throw ModelError(
                .unsupported,
                "\(type) is no image that the model takes; send PNG, JPEG, GIF or WebP",
                identity: identity
            )
        }
        return ["type": "image", "source": source(payload)]
    }

    private func document(_ media: Media) throws -> JSONValue {
        guard let payload = MediaPayload(media) else {
            throw ModelError(.unsupported, "a document has no media type; set its type", identity: identity)
        }
        var block = JSONObject([("type", "document"), ("source", source(payload))])
        if case .inline(let type, let base64) = payload, type != "application/pdf" {
            block["source"] = try plainText(type: type, base64: base64)
        }
        if let name = media.name { block["title"] = .string(name) }
        return .object(block)
    }

    private func plainText(type: String, base64: String) throws -> JSONValue {
        let isText = type.hasPrefix("text/") || type == "application/json"
        guard isText, let bytes = Base64.bytes(of: base64) else {
            throw ModelError(
                .unsupported,
                "\(type) is no document that the model takes; send PDF or text",
                identity: identity
            )
        }
        return ["type": "text", "media_type": "text/plain", "data": .string(String(decoding: bytes, as: UTF8.self))]
    }

    private func source(_ payload: MediaPayload) -> JSONValue {
        switch payload {
        case .inline(let type, let base64): ["type": "base64", "media_type": .string(type), "data": .string(base64)]
        case .url(let url): ["type": "url", "url": .string(url)]
        case .file(let id): ["type": "file", "file_id": .string(id)]
        }
    }
}
