import HTTPTransport
import LanguageModels
import Synchronization
import Testing

@testable import ModelProviders

/// Judges one recording: what is found missing is a list of sentences, empty where all is well.
struct WireJudge {
    let fixture: WireFixture
    let format: JudgedFormat

    /// What the answer or the error says otherwise than the expected facts.
    func faultsOfAnswer() async -> [String] {
        guard fixture.isStream else { return await faults(of: answer(ReplayTransport(fixture.response))) }
        let whole = await answer(ReplayTransport(fixture.response))
        var faults = await faults(of: whole)
        let cut = await answer(ReplayTransport(fixture.response, cuts: fixture.cuts))
        let bytes = await answer(ReplayTransport(fixture.response, cuts: Array(0..<fixture.body.count)))
        if !same(whole, cut) { faults.append("another answer when cut inside characters: \(cut)") }
        if !same(whole, bytes) { faults.append("another answer byte by byte: \(bytes)") }
        return faults
    }

    /// What the answer or the error says otherwise, its body given in one piece.
    func faultsOfWholeAnswer() async -> [String] {
        await faults(of: answer(ReplayTransport(fixture.response)))
    }

    /// The answer or the error that the recording makes.
    func result() async -> Result<ModelResponse, ModelError> {
        await answer(ReplayTransport(fixture.response))
    }

    /// How our body of the recorded request differs; `nil` where no request is recorded, or none that can be said.
    func faultsOfRequest() async throws -> [String]? {
        guard let recorded = fixture.request, let request = try format.request(fixture, recorded) else { return nil }
        let transport = ReplayTransport(fixture.response)
        _ = await answer(transport, to: request)
        guard let body = transport.body else { return ["nothing was sent"] }
        let mine = format.normalized(try JSONValue(parsing: body))
        let theirs = format.normalized(recorded)
        return mine == theirs ? [] : ["recorded \(theirs) but sent \(mine)"]
    }

    private func answer(
        _ transport: ReplayTransport,
        to request: ModelRequest = ModelRequest("?")
    ) async -> Result<ModelResponse, ModelError> {
        let model = format.model(fixture, transport)
        do {
            let response =
                fixture.isStream
                ? try await model.stream(request).response() : try await model.respond(to: request)
            return .success(response)
        } catch let error as ModelError {
            return .failure(error)
        } catch {
            return .failure(ModelError(.undecodableAnswer, "\(error)"))
        }
    }

    private func same(_ left: Result<ModelResponse, ModelError>, _ right: Result<ModelResponse, ModelError>) -> Bool {
        switch (left, right) {
        case (.success(let left), .success(let right)): left == right
        case (.failure(let left), .failure(let right)): left == right
        default: false
        }
    }

    private func faults(of result: Result<ModelResponse, ModelError>) async -> [String] {
        let facts = fixture.expected
        let fails = facts["kind"] != nil || facts["stream_error"] != nil
        switch result {
        case .success(let response):
            return fails ? ["an error is expected, not \(response)"] : faults(of: response)
        case .failure(let error):
            guard fails || facts["error"] != nil && facts["finish_reason"]?.string == "error" else {
                return ["no error is expected: \(error)"]
            }
            // What had arrived is compared where the recorder noted it.
            let arrived = facts["text"] == nil ? nil : error.partialResponse
            return faults(of: error) + (arrived.map(faultsOfWords) ?? [])
        }
    }

    private func faults(of response: ModelResponse) -> [String] {
        let facts = fixture.expected
        var faults = faultsOfWords(response)
        if let finish = facts["finish_reason"]?.string, response.finishReason.rawValue != finish {
            faults.append("finished \(response.finishReason.rawValue), not \(finish)")
        }
        faults += faultsOfUsage(response.usage)
        if let id = facts["id"]?.string, response.id != id { faults.append("id \(response.id ?? "none")") }
        if let model = facts["model"]?.string, response.model != model {
            faults.append("model \(response.model ?? "none"), not \(model)")
        }
        return faults
    }

    private func faultsOfWords(_ response: ModelResponse) -> [String] {
        let facts = fixture.expected
        var faults: [String] = []
        func compare(_ name: String, _ mine: String, _ theirs: String) {
            if mine != theirs { faults.append("\(name) “\(mine)”, not “\(theirs)”") }
        }
        compare("text", response.text, facts["text"]?.string ?? "")
        // Anthropic's explanation of a refusal stands in `stop_details`, which the recorder kept as it is.
        let refusal = facts["refusal"]?.string ?? facts["stop_details"]?["explanation"]?.string
        compare("refusal", response.refusal ?? "", refusal ?? "")
        if format.comparesReasoning(fixture) {
            // The recorder joined the pieces without anything between them. Cohere's plan is no reasoning to it.
            let pieces = response.message.parts.compactMap { part in
                if case .reasoning(let text) = part.content { text } else { nil as String? }
            }
            compare("reasoning", pieces.joined(), facts["reasoning"]?.string ?? "")
        }
        if let plan = facts["tool_plan"]?.string {
            let mine = response.message.parts.compactMap { $0.replay?.value["tool_plan"]?.string }
            compare("plan", mine.joined(), plan)
        }
        let calls = facts["tool_calls"]?.elements ?? []
        guard response.toolCalls.count == calls.count else {
            return faults + ["\(response.toolCalls.count) tool calls, not \(calls.count)"]
        }
        for (mine, theirs) in zip(response.toolCalls, calls) {
            compare("tool", mine.name, theirs["name"]?.string ?? "")
            if let id = theirs["id"]?.string, !id.isEmpty { compare("call's id", mine.id, id) }
            if !Self.sameArguments(mine.arguments, theirs) {
                faults.append("arguments \(mine.arguments), not \(theirs)")
            }
        }
        return faults
    }

    /// No arguments are always `{}` here, however they are written there.
    private static func sameArguments(_ mine: String, _ theirs: JSONValue) -> Bool {
        let raw = ToolCall.normalized(theirs["arguments_raw"]?.string ?? "")
        if mine == raw { return true }
        guard let parsed = try? JSONValue(parsing: mine) else { return false }
        return parsed == (theirs["arguments"] ?? [:]) || parsed == (try? JSONValue(parsing: raw))
    }

    private func faultsOfUsage(_ usage: Usage?) -> [String] {
        guard let facts = fixture.expected["usage"] else {
            return usage == nil ? [] : ["usage where none is expected"]
        }
        guard let usage else { return ["no usage"] }
        let figures: [(String, Int?)] = [
            ("input_tokens", usage.inputTokens), ("output_tokens", usage.outputTokens),
            ("cache_read_tokens", usage.cacheReadTokens), ("cache_write_tokens", usage.cacheWriteTokens),
            ("reasoning_tokens", usage.reasoningTokens),
        ]
        let charged = fixture.expected["usage_raw"]?["billed_units"]
        return figures.compactMap { Self.fault($0, $1, facts[$0]?.integer) }
            + [
                Self.fault("billed input", usage.billedInputTokens, charged?["input_tokens"]?.integer),
                Self.fault("billed output", usage.billedOutputTokens, charged?["output_tokens"]?.integer),
            ].compactMap(\.self)
    }

    private static func fault(_ name: String, _ mine: Int?, _ theirs: Int?) -> String? {
        mine == theirs ? nil : "\(name) \(mine ?? -1), not \(theirs ?? -1)"
    }

    private func faults(of error: ModelError) -> [String] {
        let facts = fixture.expected
        var faults: [String] = []
        if let kind = facts["kind"]?.string, let mine = Self.word(error.kind), kind != mine,
            !["error-after-200", "unparsable-event"].contains(kind)
        {
            faults.append("error \(mine), not \(kind)")
        }
        if let retryable = facts["retryable"]?.bool, error.isRetryable != retryable {
            faults.append("retryable \(error.isRetryable)")
        }
        // Decimal fractions of seconds are exact here, not so in floating-point numbers.
        if let seconds = facts["retry_after_seconds"]?.double,
            error.retryAfter.map({ abs($0 / .seconds(1) - seconds) > 1e-6 }) ?? true
        {
            faults.append("retry after \(error.retryAfter ?? .zero), not \(seconds) s")
        }
        if fixture.status != 200, error.status != fixture.status { faults.append("status \(error.status ?? 0)") }
        return faults
    }

    /// The recorder's word for a kind.
    private static func word(_ kind: ModelError.Kind) -> String? {
        switch kind {
        case .unauthorized: "auth"
        case .permissionDenied: "permission"
        case .regionUnsupported: "region"
        case .notFound: "not_found"
        case .invalidRequest: "invalid_request"
        case .contextTooLong: "context_length"
        case .rateLimited: "rate_limit"
        case .quotaExhausted: "quota"
        case .contentFiltered: "content_filter"
        case .overloaded: "overloaded"
        case .serverError: "server_error"
        case .timeout: "timeout"
        case .cancelled: "cancelled"
        case .unsupported, .refused, .connection, .truncatedStream, .undecodableAnswer, .configuration: "\(kind)"
        @unknown default: nil
        }
    }
}

/// A transport that answers with a recording, its body cut at the given offsets, and keeps what was sent.
final class ReplayTransport: Transport {
    private let response: HTTPResponse
    private let cuts: [Int]
    private let sent = Mutex<HTTPRequest?>(nil)

    init(_ response: HTTPResponse, cuts: [Int] = []) {
        self.response = response
        self.cuts = cuts
    }

    /// The last body that was sent.
    var body: [UInt8]? { sent.withLock { $0?.body } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        sent.withLock { $0 = request }
        return response
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        sent.withLock { $0 = request }
        let pieces = Mutex(Pieces(bytes: response.body, cuts: cuts))
        let body = HTTPBody { pieces.withLock { $0.next() } }
        return HTTPStream(status: response.status, headers: response.headers, body: body)
    }

    func close() async {}
}

private struct Pieces {
    let bytes: [UInt8]
    var cuts: [Int]
    var position = 0

    init(bytes: [UInt8], cuts: [Int]) {
        self.bytes = bytes
        self.cuts = cuts.filter { 0 < $0 && $0 < bytes.count }.reversed()
    }

    mutating func next() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let end = cuts.popLast() ?? bytes.count
        defer { position = end }
        return Array(bytes[position..<end])
    }
}
