public import LanguageModels

/// What Gemini alone takes, beside the options that all models share.
///
/// What is set here is sent as it is, and wins over what would be derived from the shared options.
public struct GeminiOptions: Hashable, Sendable {
    private(set) var fields: JSONObject

    /// The options in the fields of a request.
    init(fields: JSONObject) {
        self.fields = fields
    }

    /// From which likelihood of harm on something is held back, by category: `HARM_CATEGORY_HARASSMENT` to
    /// `BLOCK_ONLY_HIGH`.
    public var safetySettings: [SafetySetting] {
        get { fields["safetySettings"]?.elements.compactMap(SafetySetting.init) ?? [] }
        set { fields["safetySettings"] = newValue.isEmpty ? nil : .array(newValue.map(\.json)) }
    }

    /// Whether a summary of what the model thought comes with the answer; the service's default is no.
    public var includesThoughts: Bool? {
        get { thinking["includeThoughts"]?.bool }
        set { setThinking("includeThoughts", newValue.map { .bool($0) }) }
    }

    /// The most tokens to think with (before Gemini 3): 0 turns thinking off where the model can, -1 leaves it to the
    /// model; in place of ``RequestOptions/reasoning``.
    public var thinkingBudget: Int? {
        get { thinking["thinkingBudget"]?.integer }
        set { setThinking("thinkingBudget", newValue.map { .integer($0) }) }
    }

    /// How much to think (from Gemini 3 on), such as `LOW`; in place of ``RequestOptions/reasoning``.
    public var thinkingLevel: String? {
        get { thinking["thinkingLevel"]?.string }
        set { setThinking("thinkingLevel", newValue.map { .string($0) }) }
    }

    /// The name of a prompt that was cached before, `cachedContents/…`.
    ///
    /// It holds its own system prompt and tools; the request's are left out then.
    public var cachedContent: String? {
        get { fields["cachedContent"]?.string }
        set { fields["cachedContent"] = newValue.map { .string($0) } }
    }

    /// What the answer may consist of: `TEXT`, `IMAGE`, `AUDIO`.
    public var responseModalities: [String] {
        get { generation["responseModalities"]?.elements.compactMap(\.string) ?? [] }
        set {
            set("responseModalities", newValue.isEmpty ? nil : .array(newValue.map { .string($0) }))
        }
    }

    /// How closely images and films are looked at, such as `MEDIA_RESOLUTION_LOW`.
    public var mediaResolution: String? {
        get { generation["mediaResolution"]?.string }
        set { set("mediaResolution", newValue.map { .string($0) }) }
    }

    /// The names of the tools among which a forced call may choose; all by default.
    public var allowedTools: [String] {
        get { calling["allowedFunctionNames"]?.elements.compactMap(\.string) ?? [] }
        set {
            var config = calling
            config["allowedFunctionNames"] = newValue.isEmpty ? nil : .array(newValue.map { .string($0) })
            fields["toolConfig"] = config.isEmpty ? nil : ["functionCallingConfig": .object(config)]
        }
    }

    /// Tools that the service runs itself, in its own shape, such as `["googleSearch": [:]]`.
    public var serviceTools: [JSONValue] {
        get { fields["tools"]?.elements ?? [] }
        set { fields["tools"] = newValue.isEmpty ? nil : .array(newValue) }
    }

    /// Which capacity may be used, such as `standard` or `flex`.
    public var serviceTier: String? {
        get { fields["serviceTier"]?.string }
        set { fields["serviceTier"] = newValue.map { .string($0) } }
    }

    /// Members of `generationConfig` that have no property here.
    public var generationConfig: JSONObject {
        get { generation }
        set { fields["generationConfig"] = newValue.isEmpty ? nil : .object(newValue) }
    }

    private var generation: JSONObject { fields["generationConfig"]?.object ?? JSONObject() }
    private var thinking: JSONObject { generation["thinkingConfig"]?.object ?? JSONObject() }
    private var calling: JSONObject {
        fields["toolConfig"]?["functionCallingConfig"]?.object ?? JSONObject()
    }

    private mutating func set(_ key: String, _ value: JSONValue?) {
        var config = generation
        config[key] = value
        generationConfig = config
    }

    private mutating func setThinking(_ key: String, _ value: JSONValue?) {
        var config = thinking
        config[key] = value
        set("thinkingConfig", config.isEmpty ? nil : .object(config))
    }
}

extension GeminiOptions {
    /// From which likelihood of harm on something of a category is held back.
    public struct SafetySetting: Hashable, Sendable {
        /// The category, such as `HARM_CATEGORY_HATE_SPEECH`.
        public var category: String
        /// The threshold: `BLOCK_NONE`, `BLOCK_ONLY_HIGH`, `BLOCK_MEDIUM_AND_ABOVE`, `BLOCK_LOW_AND_ABOVE`, `OFF`.
        public var threshold: String

        /// A threshold for a category.
        public init(category: String, threshold: String) {
            self.category = category
            self.threshold = threshold
        }

        init?(_ json: JSONValue) {
            guard let category = json["category"]?.string, let threshold = json["threshold"]?.string else { return nil }
            self.init(category: category, threshold: threshold)
        }

        var json: JSONValue { ["category": .string(category), "threshold": .string(threshold)] }
    }
}

extension RequestOptions {
    /// What Gemini alone takes.
    public var gemini: GeminiOptions {
        get { GeminiOptions(fields: providerFields[GeminiFormat.name] ?? JSONObject()) }
        set { providerFields[GeminiFormat.name] = newValue.fields.isEmpty ? nil : newValue.fields }
    }
}
