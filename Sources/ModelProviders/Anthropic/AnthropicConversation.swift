import LanguageModels

/// A conversation as Anthropic wants it: instructions above, users and the assistant in turns, results of tools first.
struct AnthropicConversation {
    /// The instructions; `nil` where there are none.
    private(set) var system: JSONValue?
    /// The turns.
    private(set) var messages: [JSONValue] = []
    /// The names of the tools that are called in the conversation, each once.
    private(set) var calledTools: [String] = []

    private let blocks: AnthropicBlocks
    private let marks: AnthropicCacheMarks

    /// Writes the conversation of a request.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    init(_ fitting: AnthropicFitting) throws {
        let conversation = fitting.request.messages
        blocks = AnthropicBlocks(identity: fitting.preparation.identity)
        marks = fitting.marks
        system = instructions(conversation, extra: fitting.instruction)
        var turn = Turn()
        for (index, message) in conversation.enumerated() where message.role != .system {
            let written = try written(message, at: index)
            guard !written.isEmpty else { continue }
            let role = message.role == .assistant ? "assistant" : "user"
            if role != turn.role {
                close(turn)
                turn = Turn(role: role)
            }
            turn.add(written)
        }
        turn.trimEnd()
        close(turn)
    }

    private struct Turn {
        var role = ""
        var results: [JSONValue] = []
        var content: [JSONValue] = []

        mutating func add(_ blocks: [JSONValue]) {
            for block in blocks {
                if block["type"] == "tool_result" { results.append(block) } else { content.append(block) }
            }
        }

        /// A beginning that the model is to go on from must not end in white space.
        mutating func trimEnd() {
            guard role == "assistant", case .object(var block)? = content.last, block["type"] == "text",
                var text = block["text"]?.string, text.last?.isWhitespace == true
            else { return }
            while text.last?.isWhitespace == true { text.removeLast() }
            block["text"] = .string(text)
            content[content.count - 1] = .object(block)
        }
    }

    private func instructions(_ conversation: [Message], extra: String?) -> JSONValue? {
        var texts: [(text: String, lifetime: CacheLifetime?)] = []
        for (index, message) in conversation.enumerated() where message.role == .system {
            let text = message.text
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            texts.append((text, marks.lifetime(ofMessage: index)))
        }
        if let extra { texts.append((extra, nil)) }
        guard !texts.isEmpty else { return nil }
        guard texts.contains(where: { $0.lifetime != nil }) else {
            return .string(texts.map(\.text).joined(separator: "\n\n"))
        }
        return .array(
            texts.map { Self.marked(["type": "text", "text": .string($0.text)], $0.lifetime) }
        )
    }

    private static func marked(_ block: JSONValue, _ lifetime: CacheLifetime?) -> JSONValue {
        guard let lifetime, case .object(var object) = block else { return block }
        object["cache_control"] = lifetime.cacheControl
        return .object(object)
    }

    private mutating func written(_ message: Message, at index: Int) throws -> [JSONValue] {
        var written: [JSONValue] = []
        for part in message.parts {
            note(part)
            if let block = try blocks.block(for: part) { written.append(block) }
        }
        if let lifetime = marks.lifetime(ofMessage: index), let last = written.lastIndex(where: Self.canBeMarked) {
            written[last] = Self.marked(written[last], lifetime)
        }
        return written
    }

    private mutating func note(_ part: MessagePart) {
        var name = part.toolCall?.name
        if case .toolResult(let result) = part.content { name = result.name }
        guard let name, !name.isEmpty, !calledTools.contains(name) else { return }
        calledTools.append(name)
    }

    private static func canBeMarked(_ block: JSONValue) -> Bool {
        block["type"] != "thinking" && block["type"] != "redacted_thinking"
    }

    private mutating func close(_ turn: Turn) {
        let content = turn.results + turn.content
        guard let first = content.first else { return }
        let isPlain = content.count == 1 && first["type"] == "text" && first.object?.members.count == 2
        messages.append(["role": .string(turn.role), "content": isPlain ? first["text"] ?? "" : .array(content)])
    }
}
