public import LanguageModels

/// What Cohere's chat alone takes, beside the options that all models share.
///
/// What is set here is sent as it is, and wins over what would be derived from the shared options.
public struct CohereOptions: Hashable, Sendable {
    private(set) var fields: JSONObject

    /// The options in the fields of a request.
    init(fields: JSONObject) {
        self.fields = fields
    }

    /// How careful the model is: `CONTEXTUAL`, `STRICT` or `OFF`; not sent with tools or documents, where the service
    /// refuses it.
    public var safetyMode: String? {
        get { fields["safety_mode"]?.string }
        set { fields["safety_mode"] = newValue.map { .string($0) } }
    }

    /// How the model names its sources: `FAST`, `ACCURATE` or `OFF`.
    public var citationMode: String? {
        get { fields["citation_options"]?["mode"]?.string }
        set { fields["citation_options"] = newValue.map { ["mode": .string($0)] } }
    }

    /// What the model may quote: texts, or objects with an `id` and `data`.
    public var documents: [JSONValue] {
        get { fields["documents"]?.elements ?? [] }
        set { fields["documents"] = newValue.isEmpty ? nil : .array(newValue) }
    }

    /// The most tokens of the model's thoughts; 0 turns them off.
    public var thinkingBudget: Int? {
        get { fields["thinking"]?["token_budget"]?.integer }
        set { fields["thinking"] = newValue.map(CohereFitting.thinking(upTo:)) }
    }

    /// Whether the service must hold all calls to their tools' schemas.
    public var strictTools: Bool? {
        get { fields["strict_tools"]?.bool }
        set { fields["strict_tools"] = newValue.map { .bool($0) } }
    }

    /// How soon the request is answered under load: 0, the default, before higher numbers.
    public var priority: Int? {
        get { fields["priority"]?.integer }
        set { fields["priority"] = newValue.map { .integer($0) } }
    }

    /// Whether the answer's body tells the probabilities of its tokens.
    public var logProbabilities: Bool? {
        get { fields["logprobs"]?.bool }
        set { fields["logprobs"] = newValue.map { .bool($0) } }
    }
}

extension RequestOptions {
    /// What Cohere's chat alone takes; the fields that they are kept in stand under `cohere` in
    /// ``RequestOptions/providerFields``.
    public var cohere: CohereOptions {
        get { CohereOptions(fields: providerFields[CohereFormat.name] ?? JSONObject()) }
        set { providerFields[CohereFormat.name] = newValue.fields.isEmpty ? nil : newValue.fields }
    }
}
