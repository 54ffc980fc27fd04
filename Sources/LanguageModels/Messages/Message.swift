/// One turn of a conversation.
///
/// Encoded it is an object of `role` and `parts`, and `cacheBreakpoint` where there is one. What is encoded today can be
/// decoded by later versions: keys and kinds are added, not changed. A reader leaves keys out that it does not know, and
/// throws `DecodingError` for a role or a kind of part that it does not know.
public struct Message: Hashable, Sendable, Codable {
    /// Who speaks.
    public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
        /// Instructions that stand above the conversation; each service gets them in the place it knows.
        case system
        /// The one who asks.
        case user
        /// The model.
        case assistant
        /// Results of tools, as ``ToolResult`` parts; one message may hold several.
        case tool
    }

    /// Who speaks.
    public var role: Role
    /// What is said, in order.
    public var parts: [MessagePart]
    /// Asks the service to cache the prompt up to the end of this message, where it caches on demand (Anthropic);
    /// elsewhere it changes nothing.
    ///
    /// `nil`, the default, asks for nothing.
    public var cacheBreakpoint: CacheLifetime?

    /// A message of parts.
    public init(_ role: Role, parts: [MessagePart], cacheBreakpoint: CacheLifetime? = nil) {
        self.role = role
        self.parts = parts
        self.cacheBreakpoint = cacheBreakpoint
    }

    /// A message of plain text.
    public init(_ role: Role, _ text: String) {
        self.init(role, parts: [.text(text)])
    }

    /// Instructions that stand above the conversation.
    public static func system(_ text: String) -> Message { Message(.system, text) }

    /// What the one who asks says.
    public static func user(_ text: String) -> Message { Message(.user, text) }

    /// What the one who asks says, with images, documents or sounds.
    public static func user(_ parts: [MessagePart]) -> Message { Message(.user, parts: parts) }

    /// What the model said; for an answer take ``ModelResponse/message``, which keeps what the service wants back.
    public static func assistant(_ text: String) -> Message { Message(.assistant, text) }

    /// What came of the tools that the model called.
    public static func results(_ results: [ToolResult]) -> Message {
        Message(.tool, parts: results.map(MessagePart.toolResult))
    }

    /// The text parts together, without anything between them.
    public var text: String {
        if parts.count == 1 { return parts[0].text ?? "" }
        return parts.lazy.compactMap(\.text).joined()
    }
}

/// How long a service keeps a cached prompt.
public enum CacheLifetime: String, Hashable, Sendable, Codable {
    /// The service's shortest and cheapest (five minutes at Anthropic).
    case standard
    /// An hour, at twice the price of writing at Anthropic.
    case long
}

/// A piece of a message.
public struct MessagePart: Hashable, Sendable {
    /// What the piece is.
    @nonexhaustive
    public enum Content: Hashable, Sendable {
        case text(String)
        case image(Media)
        /// A file to read, such as a PDF.
        case document(Media)
        case audio(Media)
        case toolCall(ToolCall)
        case toolResult(ToolResult)
        /// What the model thought, as far as the service shows it; empty where it shows only a sealed form.
        case reasoning(String)
        /// The model's own words for why it will not answer.
        case refusal(String)
        /// Something that only the service understands, kept so that it can be sent back: see ``MessagePart/replay``.
        case other
    }

    /// What the piece is.
    public var content: Content
    /// What the service that made the piece wants back unchanged in the next turn: a signature, a sealed thought, an
    /// item's id.
    ///
    /// `nil` where there is nothing; another service's is not sent.
    public var replay: Replay?

    /// A piece with this content.
    public init(_ content: Content, replay: Replay? = nil) {
        self.content = content
        self.replay = replay
    }

    /// Plain text.
    public static func text(_ text: String) -> MessagePart { MessagePart(.text(text)) }
    /// An image.
    public static func image(_ media: Media) -> MessagePart { MessagePart(.image(media)) }
    /// A file to read.
    public static func document(_ media: Media) -> MessagePart { MessagePart(.document(media)) }
    /// A sound.
    public static func audio(_ media: Media) -> MessagePart { MessagePart(.audio(media)) }
    /// A call of a tool.
    public static func toolCall(_ call: ToolCall) -> MessagePart { MessagePart(.toolCall(call)) }
    /// What came of a call.
    public static func toolResult(_ result: ToolResult) -> MessagePart { MessagePart(.toolResult(result)) }

    /// The text, where the piece is text.
    public var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    /// The call, where the piece is one.
    public var toolCall: ToolCall? {
        guard case .toolCall(let call) = content else { return nil }
        return call
    }
}

/// What a service wants back unchanged, and which one.
///
/// Encoded it is an object of `format` and `value`; see ``JSONValue`` for what coders make of the value.
public struct Replay: Hashable, Sendable, Codable {
    /// The wire format that made it and alone understands it, such as `anthropic` or `openai-responses`.
    public var format: String
    /// The value, in that format's own shape.
    public var value: JSONValue

    /// A value of a wire format.
    public init(format: String, value: JSONValue) {
        self.format = format
        self.value = value
    }
}
