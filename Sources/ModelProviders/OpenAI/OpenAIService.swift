import HTTPTransport
import LanguageModels

/// Which of OpenAI's two interfaces a model is asked through.
public enum OpenAIInterface: String, Hashable, Sendable, CaseIterable {
    /// The one that suits the model and the request: Responses for tools from gpt-5.4 on, for tools that the service
    /// runs, and for what was begun there, else Chat Completions.
    case automatic
    /// Chat Completions, which takes sound, stop texts and a seed.
    case chat
    /// Responses, which keeps reasoning from turn to turn.
    case responses
}

/// What OpenAI, Azure and compatible servers have in common: a model behind two interfaces.
struct OpenAIService: LanguageModel, TokenCounting, ModelListing, HealthChecking, Closable {
    let chat: ServiceModel<ChatFormat>
    let responses: ServiceModel<ResponsesFormat>
    let interface: OpenAIInterface
    /// Behind the address, for the list of models.
    var listPath = "/models"
    /// Whether that list has the names that models are asked by.
    var listsNames = true
    /// Behind the address, with the question mark, for files and batches.
    var batchQuery = ""
    /// The most that a batch may hold.
    var batchLimits = BatchLimits.openAI
    /// What measures the waits between questions for an answer that is made in the background.
    var clock: any Clock<Duration> = ContinuousClock()

    var identity: ModelIdentity { chat.identity }
    private var rules: OpenAIRules { responses.format.rules }

    /// Whether a request goes to Responses.
    func usesResponses(for request: ModelRequest) -> Bool {
        switch interface {
        case .chat: return false
        case .responses: return true
        case .automatic: break
        }
        if request.options.providerFields[ResponsesFormat.name]?["background"] == true { return true }
        if rules.isChatOnly || request.contains(where: { if case .audio = $0 { true } else { false } }) { return false }
        if Self.onlyOfResponses.contains(where: { request.options.providerFields[ResponsesFormat.name]?[$0] != nil }) {
            return true
        }
        if rules.isResponsesOnly || rules.wantsResponsesForTools && !request.tools.isEmpty { return true }
        return request.messages.contains { $0.parts.contains { $0.replay?.format == ResponsesFormat.name } }
    }

    /// What is given by name for Responses and has no like in Chat Completions, which would pass over it.
    private static let onlyOfResponses = ["tools", "previous_response_id", "conversation"]

    func respond(to request: ModelRequest) async throws -> ModelResponse {
        guard usesResponses(for: request) else { return try await chat.respond(to: request) }
        let response = try await responses.respond(to: request)
        guard response.finishReason == .queued else { return response }
        return try await BackgroundAnswer(response, service: responses).wait(upTo: request.options.timeout, by: clock)
    }

    func stream(_ request: ModelRequest) -> ModelStream {
        usesResponses(for: request) ? responses.stream(request) : chat.stream(request)
    }

    func availableModels() async throws -> [AvailableModel] {
        AvailableModel.list(openAI: try await chat.json("GET", listPath))
    }

    /// Looks for the model in the list, which checks address, key and name at once.
    func checkHealth() async -> HealthReport {
        await HealthCheck(identity: identity, expectsName: listsNames).report(availableModels)
    }

    func close() async { await chat.close() }

    /// What the endpoint that counts takes of a body.
    private static let counted = [
        "model", "input", "instructions", "tools", "tool_choice", "text", "reasoning", "previous_response_id",
        "conversation", "truncation",
    ]

    /// Counts with the endpoint of Responses, which takes the same body but for what steers the answer.
    func countTokens(of request: ModelRequest) async throws -> Int {
        let encoded = try responses.named { try responses.format.encode(request, isStream: false) }
        var body = JSONObject()
        for key in Self.counted {
            if let value = encoded.body[key] { body[key] = value }
        }
        var count = encoded
        count.path = responses.format.path(behind: "input_tokens")
        count.body = .object(body)
        let answer = try await responses.endpoint.post(count, timeout: request.options.timeout, for: identity)
        let json = try responses.checked(answer)
        guard let tokens = json["input_tokens"]?.count else {
            throw ModelError(.undecodableAnswer, "the answer counts no tokens", text: json)
        }
        return tokens
    }
}

extension ModelRequest {
    /// Whether a part of a message, or of a tool's result, is of a kind.
    func contains(where isWanted: (MessagePart.Content) -> Bool) -> Bool {
        messages.contains { $0.parts.contains { isWanted($0.content) } }
    }
}
