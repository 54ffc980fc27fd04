// OpenAI Responses: https://platform.openai.com/docs/api-reference/responses

import HTTPTransport
import LanguageModels

/// The Responses interface, of OpenAI, Azure and those who speak alike.
struct ResponsesFormat: WireFormat {
    static let name = "openai-responses"

    let identity: ModelIdentity
    var path = "/responses"
    var rules = OpenAIRules(efforts: nil)

    func encode(_ request: ModelRequest, isStream: Bool) throws -> EncodedRequest {
        var preparation = RequestPreparation(request, for: identity)
        try preparation.fit(toResponses: rules)
        let writer = ResponsesRequestWriter(
            model: identity.model,
            rules: rules,
            request: preparation.request,
            items: ResponsesItemWriter(identity: identity)
        )
        var body = try writer.body(isStream: isStream)
        let own = preparation.request.options.openAI.responses
        // Only what the service keeps can be asked for later; it keeps answers unless told otherwise.
        if own["background"] == true, own["store"] == nil { body["store"] = nil }
        body.mergeFields(of: Self.name, in: preparation.request.options)
        writer.addEncryptedReasoning(to: &body)
        try preparation.removeRefusedFields(from: &body, rules: rules)
        return EncodedRequest(path: path, body: .object(body), warnings: preparation.warnings)
    }

    /// The path of what stands below this one, such as an answer's id.
    func path(behind part: String) -> String {
        let halves = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return "\(halves[0])/\(part)" + (halves.count > 1 ? "?\(halves[1])" : "")
    }

    func decode(_ answer: JSONView) throws -> ModelResponse { try ResponsesAnswer.response(answer.value) }

    func makeDecoder() -> ResponsesStreamDecoder { ResponsesStreamDecoder() }

    func failure(_ answer: FailedAnswer) -> ModelError { OpenAIFailure.error(answer) }

    func mended(_ request: EncodedRequest, after answer: FailedAnswer) -> EncodedRequest? {
        request.without(RefusedParameters(answer, in: request.body))
    }
}

extension RequestPreparation {
    /// Fits a request to Responses, which has no stop texts, no seed and no penalties.
    mutating func fit(toResponses rules: OpenAIRules) throws {
        let reason = "the Responses interface has no such parameter; it was dropped"
        if !request.options.stop.isEmpty { try change("stop", reason) { $0.options.stop = [] } }
        try drop(\.seed, named: "seed", because: reason)
        try drop(\.frequencyPenalty, named: "frequencyPenalty", because: reason)
        try drop(\.presencePenalty, named: "presencePenalty", because: reason)
        // Before the rules, so that what is added to the instructions follows them, too.
        try fitOutput(takesSchema: rules.takesSchema, behindInstructions: true)
        try apply(rules)
        if let maximum = request.options.maximumTokens, maximum < 16 {
            try change("maximumTokens", "at least 16 are taken; 16 was sent") { $0.options.maximumTokens = 16 }
        }
        try fitStrictness()
    }
}
