public import LanguageModels

extension RequestOptions {
    /// What OpenAI, Azure and servers like them alone understand.
    ///
    /// Kept in ``RequestOptions/providerFields`` under both interfaces' names, so that it does not matter through
    /// which of them the model is asked.
    public var openAI: OpenAIOptions {
        get {
            OpenAIOptions(
                chat: providerFields["openai-chat"] ?? JSONObject(),
                responses: providerFields["openai-responses"] ?? JSONObject()
            )
        }
        set {
            providerFields["openai-chat"] = newValue.chat.isEmpty ? nil : newValue.chat
            providerFields["openai-responses"] = newValue.responses.isEmpty ? nil : newValue.responses
        }
    }
}

/// What OpenAI, Azure and servers like them alone understand; what is `nil` is left to the service.
public struct OpenAIOptions: Hashable, Sendable {
    /// Members for the body of Chat Completions, by name; merged in last.
    public var chat: JSONObject
    /// Members for the body of Responses, by name; merged in last.
    public var responses: JSONObject

    init(chat: JSONObject, responses: JSONObject) {
        self.chat = chat
        self.responses = responses
    }

    /// Nothing.
    public init() {
        self.init(chat: JSONObject(), responses: JSONObject())
    }

    /// The tier that serves the request: `auto`, `default`, `flex` or `priority`.
    public var serviceTier: String? {
        get { both("service_tier")?.string }
        set { setBoth("service_tier", newValue.map { .string($0) }) }
    }

    /// Brings requests with the same beginning to the same cache.
    public var promptCacheKey: String? {
        get { both("prompt_cache_key")?.string }
        set { setBoth("prompt_cache_key", newValue.map { .string($0) }) }
    }

    /// How long the prompt's beginning stays cached: `in_memory` or `24h`.
    public var promptCacheRetention: String? {
        get { both("prompt_cache_retention")?.string }
        set { setBoth("prompt_cache_retention", newValue.map { .string($0) }) }
    }

    /// A mark of the end user, hashed by the caller, by which the service finds abuse.
    public var safetyIdentifier: String? {
        get { both("safety_identifier")?.string }
        set { setBoth("safety_identifier", newValue.map { .string($0) }) }
    }

    /// Whether the service keeps the answer; `false` is sent to Responses where nothing is said here.
    public var storesAnswer: Bool? {
        get { both("store")?.bool }
        set { setBoth("store", newValue.map { .bool($0) }) }
    }

    /// Whether Responses works on the answer without a connection that waits for it, for work of many minutes.
    ///
    /// The service then keeps the answer, and is asked for it again and again until it is there;
    /// ``RequestOptions/timeout`` bounds that wait, which has no limit otherwise.
    public var runsInBackground: Bool? {
        get { responses["background"]?.bool }
        set { responses["background"] = newValue.map { .bool($0) } }
    }

    /// How wordy the answer is: `low`, `medium` or `high`; from gpt-5 on.
    public var verbosity: String? {
        get { (chat["verbosity"] ?? responses["text"]?["verbosity"])?.string }
        set {
            chat["verbosity"] = newValue.map { .string($0) }
            set("verbosity", in: "text", newValue)
        }
    }

    /// Whether Responses shows what the model thought: `auto`, `concise` or `detailed`.
    public var reasoningSummary: String? {
        get { responses["reasoning"]?["summary"]?.string }
        set { set("summary", in: "reasoning", newValue) }
    }

    /// Tools that the service runs itself, such as `{"type": "web_search"}`, for Responses; put behind the request's.
    public var hostedTools: [JSONValue] {
        get { responses["tools"]?.elements ?? [] }
        set { responses["tools"] = newValue.isEmpty ? nil : .array(newValue) }
    }

    private func both(_ key: String) -> JSONValue? {
        chat[key] ?? responses[key]
    }

    private mutating func setBoth(_ key: String, _ value: JSONValue?) {
        chat[key] = value
        responses[key] = value
    }

    private mutating func set(_ key: String, in member: String, _ value: String?) {
        var object = responses[member]?.object ?? JSONObject()
        object[key] = value.map { .string($0) }
        responses[member] = object.isEmpty ? nil : .object(object)
    }
}
