/// A question to a model: the conversation so far, and how to answer it.
public struct ModelRequest: Hashable, Sendable {
    /// The conversation, oldest message first.
    public var messages: [Message]
    /// The tools that the model may call; none by default.
    public var tools: [Tool] = []
    /// Whether it may, must or must not call them; counts only where there are tools.
    public var toolChoice = ToolChoice.automatic
    /// Asks the service to cache the tools' definitions, where it caches on demand (Anthropic).
    public var toolsCacheBreakpoint: CacheLifetime?
    /// The form of the answer; free text by default.
    public var output = OutputFormat.text
    /// Limits, sampling and the like.
    public var options = RequestOptions()

    /// A request of messages.
    public init(messages: [Message]) {
        self.messages = messages
    }

    /// A single question, with instructions above it where there are any.
    public init(_ prompt: String, system: String? = nil) {
        messages = (system.map { [Message(.system, $0)] } ?? []) + [Message(.user, prompt)]
    }

    /// The next turn: the same request with the answer at its end, and what is said to it.
    public func followed(by response: ModelResponse, then next: Message...) -> ModelRequest {
        var request = self
        request.messages.append(response.message)
        request.messages += next
        return request
    }
}

/// The form of an answer.
public enum OutputFormat: Hashable, Sendable {
    /// Free text.
    case text
    /// Any JSON object. OpenAI wants the word "JSON" in the messages then.
    case json
    /// JSON that fits a schema.
    case schema(OutputSchema)
}

/// A JSON Schema that an answer must fit.
public struct OutputSchema: Hashable, Sendable {
    /// A name for the form, of letters, digits, `_` and `-`, at most 64.
    public var name: String
    /// What the form is for, for the model.
    public var description: String?
    /// The JSON Schema; its root must be an object.
    public var schema: JSONValue
    /// Whether the service must hold the answer to the schema (the default).
    ///
    /// Strict schemas need `additionalProperties: false` and every property required; see each service's rules.
    public var isStrict: Bool

    /// A schema with a name.
    public init(name: String, description: String? = nil, schema: JSONValue, isStrict: Bool = true) {
        self.name = name
        self.description = description
        self.schema = schema
        self.isStrict = isStrict
    }
}
