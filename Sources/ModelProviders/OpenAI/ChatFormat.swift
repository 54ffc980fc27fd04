// OpenAI Chat Completions: https://platform.openai.com/docs/api-reference/chat

import HTTPTransport
import LanguageModels

/// Chat Completions, of OpenAI, Azure and all who speak alike.
struct ChatFormat: WireFormat {
    static let name = "openai-chat"

    let identity: ModelIdentity
    var dialect = ChatDialect()

    func encode(_ request: ModelRequest, isStream: Bool) throws -> EncodedRequest {
        let preparation = RequestPreparation(request, for: identity)
        var writer = ChatRequestWriter(quirks: dialect.quirks, preparation: preparation)
        try writer.preparation.fit(to: dialect)
        var body = try writer.body(isStream: isStream)
        body.mergeFields(of: Self.name, in: writer.preparation.request.options)
        try writer.preparation.removeRefusedFields(from: &body, rules: dialect.rules)
        return EncodedRequest(path: dialect.path, body: .object(body), warnings: writer.preparation.warnings)
    }

    func decode(_ answer: JSONView) throws -> ModelResponse {
        try ChatAnswer(answer).response()
    }

    func makeDecoder() -> ChatStreamDecoder { ChatStreamDecoder() }

    func failure(_ answer: FailedAnswer) -> ModelError { OpenAIFailure.error(answer) }

    func mended(_ request: EncodedRequest, after answer: FailedAnswer) -> EncodedRequest? {
        request.without(RefusedParameters(answer, in: request.body))
    }
}

extension JSONObject {
    /// Merges what the caller gave for a wire format; tools are put behind those that are there.
    mutating func mergeFields(of format: String, in options: RequestOptions) {
        guard var fields = options.providerFields[format] else { return }
        if case .array(let more) = fields["tools"], case .array(let tools) = self["tools"] {
            self["tools"] = .array(tools + more)
            fields["tools"] = nil
        }
        merge(fields)
    }
}

extension RequestPreparation {
    /// Takes out of a body what the caller gave by name though the model refuses it.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported` where the options are strict.
    mutating func removeRefusedFields(from body: inout JSONObject, rules: OpenAIRules) throws {
        guard rules.reasons || rules.sampling == .never else { return }
        for key in ["logit_bias", "logprobs", "top_logprobs"] where body[key] != nil {
            try change(key, "reasoning models do not take it; it was dropped") { _ in }
            body[key] = nil
        }
    }

    /// Fits a request to what a server and its model take.
    mutating func fit(to dialect: ChatDialect) throws {
        // Before the rules, so that what is added to the instructions follows them, too.
        try fitOutput(takesSchema: dialect.rules.takesSchema && dialect.quirks.takesSchema)
        let topK = request.options.topK
        if dialect.quirks.takesTopK { silently { $0.options.topK = nil } }
        try apply(dialect.rules)
        if dialect.quirks.takesTopK { silently { $0.options.topK = topK } }
        try fitStrictness()
    }

    /// Puts a schema into the instructions where the service cannot be held to it, and says "JSON" where it must be.
    ///
    /// Responses does not look for the word in the instructions, so there it must be said behind them.
    mutating func fitOutput(takesSchema: Bool, behindInstructions: Bool = false) throws {
        if case .schema(let schema) = request.output, !takesSchema {
            try change("output", "the model cannot be held to a schema; it stands in the instructions") { request in
                request.output = .json
                let words = "Answer with JSON that fits this JSON Schema: \(schema.schema.text)"
                request.messages.insert(Message(.system, words), at: 0)
            }
        }
        guard request.output == .json else { return }
        let messages = behindInstructions ? request.messages.drop { $0.role == .system } : request.messages[...]
        guard !messages.contains(where: { $0.text.lowercased().contains("json") }) else { return }
        try change("output", "the word JSON must occur in the messages; an instruction was added") { request in
            let place = behindInstructions ? request.messages.count : 0
            request.messages.insert(Message(.system, "Answer with a JSON object."), at: place)
        }
    }

    /// Lets go of strictness where a schema is not of the strict subset.
    mutating func fitStrictness() throws {
        if case .schema(var schema) = request.output, schema.isStrict, let fault = StrictSchema.fault(in: schema.schema)
        {
            schema.isStrict = false
            try change("output", "the schema cannot be strict, since \(fault); strict was dropped") {
                $0.output = .schema(schema)
            }
        }
        for (index, tool) in request.tools.enumerated() where tool.isStrict == true {
            guard let fault = StrictSchema.fault(in: tool.parameters) else { continue }
            try change("tools", "\(tool.name) cannot be strict, since \(fault); strict was dropped") {
                $0.tools[index].isStrict = false
            }
        }
    }
}
