public import LanguageModels

/// What Anthropic's Messages alone take, beside the options that all models share.
///
/// What is set here is sent as it is, and wins over what would be derived from the shared options.
public struct AnthropicOptions: Hashable, Sendable {
    /// How the model thinks.
    public enum Thinking: Hashable, Sendable {
        /// Not at all.
        case disabled
        /// As much as it finds fit; `display` tells what of it is shown (`summarized`, `omitted`).
        case adaptive(display: String? = nil)
        /// At most so many tokens: at least 1,024, and fewer than the answer's.
        case enabled(budget: Int)
    }

    /// The name under which beta names stand among the fields; they are sent as a header.
    static let betasKey = "anthropic_beta"

    private(set) var fields: JSONObject

    /// The options in the fields of a request.
    init(fields: JSONObject) {
        self.fields = fields
    }

    /// How the model thinks, in place of ``RequestOptions/reasoning``.
    public var thinking: Thinking? {
        get { fields["thinking"].flatMap(Thinking.init) }
        set { fields["thinking"] = newValue?.json }
    }

    /// How much work the model puts into the answer: `low`, `medium`, `high`, `xhigh` or `max`.
    public var effort: String? {
        get { fields["output_config"]?["effort"]?.string }
        set { set("effort", of: "output_config", to: newValue) }
    }

    /// Names for the header `anthropic-beta`.
    public var betas: [String] {
        get { fields[Self.betasKey]?.elements.compactMap(\.string) ?? [] }
        set { fields[Self.betasKey] = newValue.isEmpty ? nil : .array(newValue.map { .string($0) }) }
    }

    /// Which capacity may be used: `auto` or `standard_only`.
    public var serviceTier: String? {
        get { fields["service_tier"]?.string }
        set { fields["service_tier"] = newValue.map { .string($0) } }
    }

    /// An opaque id of the one who asks; never a name or an address.
    public var userID: String? {
        get { fields["metadata"]?["user_id"]?.string }
        set { set("user_id", of: "metadata", to: newValue) }
    }

    /// Has the service cache the prompt up to its last block, wherever that is.
    public var automaticCaching: CacheLifetime? {
        get { fields["cache_control"].map { $0["ttl"]?.string == "1h" ? .long : .standard } }
        set { fields["cache_control"] = newValue?.cacheControl }
    }

    /// Where the model runs, such as `us`.
    public var inferenceRegion: String? {
        get { fields["inference_geo"]?.string }
        set { fields["inference_geo"] = newValue.map { .string($0) } }
    }

    /// Tools that the service runs itself, such as its web search, in its own shape; sent behind the request's.
    public var serverTools: [JSONValue] {
        get { fields["tools"]?.elements ?? [] }
        set { fields["tools"] = newValue.isEmpty ? nil : .array(newValue) }
    }

    /// What the service takes out of a conversation that grows too long, in its own shape.
    public var contextManagement: JSONValue? {
        get { fields["context_management"] }
        set { fields["context_management"] = newValue }
    }

    private mutating func set(_ key: String, of member: String, to value: String?) {
        var object = fields[member]?.object ?? JSONObject()
        object[key] = value.map { .string($0) }
        fields[member] = object.isEmpty ? nil : .object(object)
    }
}

extension AnthropicOptions.Thinking {
    init?(_ json: JSONValue) {
        switch json["type"]?.string {
        case "disabled": self = .disabled
        case "adaptive": self = .adaptive(display: json["display"]?.string)
        case "enabled": self = .enabled(budget: json["budget_tokens"]?.integer ?? 1024)
        default: return nil
        }
    }

    var json: JSONValue {
        switch self {
        case .disabled: ["type": "disabled"]
        case .adaptive(nil): ["type": "adaptive"]
        case .adaptive(let display?): ["type": "adaptive", "display": .string(display)]
        case .enabled(let budget): ["type": "enabled", "budget_tokens": .integer(budget)]
        }
    }
}

extension CacheLifetime {
    /// What asks Anthropic to cache the prompt up to a block.
    var cacheControl: JSONValue {
        switch self {
        case .standard: ["type": "ephemeral"]
        case .long: ["type": "ephemeral", "ttl": "1h"]
        }
    }
}

extension RequestOptions {
    /// What Anthropic's Messages alone take; the fields that they are kept in stand under `anthropic` in
    /// ``RequestOptions/providerFields``.
    public var anthropic: AnthropicOptions {
        get { AnthropicOptions(fields: providerFields[AnthropicFormat.name] ?? JSONObject()) }
        set { providerFields[AnthropicFormat.name] = newValue.fields.isEmpty ? nil : newValue.fields }
    }
}
