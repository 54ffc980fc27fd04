import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// The recorded traffic, changed as services, gateways and networks change it.
@Suite(.enabled(if: WireFixtures.areThere, "no recordings: set DOCENT_WIRE_FIXTURES to their folder"))
struct WireVariationTests {
    private static func judges(in folder: String) throws -> [WireJudge] {
        try WireFixtures.all(in: folder).compactMap { fixture in
            guard fixture.expected["api"] != nil || fixture.expected["kind"] != nil else { return nil }
            return JudgedFormat.format(of: fixture).map { WireJudge(fixture: fixture, format: $0) }
        }
    }

    @Test(arguments: JudgedFormat.folders, WireVariation.ofJSON + WireVariation.ofStreams)
    func `reads the same from what is written otherwise`(folder: String, variation: WireVariation) async throws {
        for judge in try Self.judges(in: folder) {
            guard let body = variation.changed(judge.fixture) else { continue }
            let changed = WireJudge(fixture: judge.fixture.with(body: body), format: judge.format)
            for fault in await changed.faultsOfWholeAnswer() { Issue.record("\(judge.fixture): \(fault)") }
        }
    }

    @Test(arguments: JudgedFormat.folders)
    func `reads from a stream exactly what the whole answer says`(folder: String) async throws {
        var compared = 0
        for judge in try Self.judges(in: folder) where !judge.fixture.isStream && judge.fixture.status == 200 {
            guard case .success(var whole) = await judge.result(),
                let json = try? JSONValue(parsing: judge.fixture.body),
                let events = WireStream.events(of: json, api: judge.format.api)
            else { continue }
            var streaming = judge.fixture.with(body: Array(events.map { "data: \($0.text)\n\n" }.joined().utf8))
            streaming.isStream = true
            let result = await WireJudge(fixture: streaming, format: judge.format).result()
            whole.rawBody = []
            guard case .success(let streamed) = result else {
                Issue.record("\(judge.fixture): \(result)")
                continue
            }
            #expect(streamed == whole, "\(judge.fixture)")
            compared += 1
        }
        #expect(compared > 1)
    }

    @Test(arguments: JudgedFormat.folders)
    func `keeps what came of a stream that breaks off anywhere`(folder: String) async throws {
        for judge in try Self.judges(in: folder) {
            // Every event of this one says that it is the last.
            guard judge.fixture.name != "fb-stream-utf8", let events = WireVariation.events(of: judge.fixture),
                case .success(let whole) = await judge.result()
            else { continue }
            for count in stride(from: 0, to: events.count, by: max(events.count / 40, 1)) {
                let body = Array(events[..<count].map(WireVariation.text).joined().utf8)
                let cut = WireJudge(fixture: judge.fixture.with(body: body), format: judge.format)
                let fault = Self.fault(of: await cut.result(), comparedTo: whole)
                if let fault { Issue.record("\(judge.fixture), \(count) events: \(fault)") }
            }
        }
    }

    @Test(arguments: JudgedFormat.folders)
    func `keeps what came of a stream that is cut inside an event`(folder: String) async throws {
        for judge in try Self.judges(in: folder) where judge.fixture.name != "fb-stream-utf8" {
            let body = judge.fixture.body
            guard WireVariation.events(of: judge.fixture) != nil, case .success(let whole) = await judge.result() else {
                continue
            }
            for count in stride(from: 7, to: body.count, by: max(body.count / 50, 1)) {
                let cut = WireJudge(fixture: judge.fixture.with(body: Array(body[..<count])), format: judge.format)
                let fault = Self.fault(of: await cut.result(), comparedTo: whole)
                if let fault { Issue.record("\(judge.fixture), \(count) bytes: \(fault)") }
            }
        }
    }

    private static func fault(of cut: Result<ModelResponse, ModelError>, comparedTo whole: ModelResponse) -> String? {
        switch cut {
        case .success(let response):
            // All but what comes behind the reason to stop was there.
            let isWhole = response.text == whole.text && response.toolCalls == whole.toolCalls
            return isWhole && response.finishReason == whole.finishReason ? nil : "taken for whole: \(response)"
        case .failure(let error):
            let partial = error.partialResponse
            if error.kind != .truncatedStream { return "\(error)" }
            if !whole.text.hasPrefix(partial?.text ?? "") { return "other text: \(partial?.text ?? "")" }
            return error.isRetryable == (partial == nil) ? nil : "retryable: \(error.isRetryable)"
        }
    }

    private static let errors: [String: String] = [
        "openai-chat": "data: {\"error\":{\"message\":\"Busy\",\"type\":\"overloaded_error\",\"code\":null}}\n\n",
        "openai-responses":
            "data: {\"type\":\"error\",\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"Busy\"}}\n\n",
        "anthropic-messages":
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}\n\n",
        "gemini-generateContent":
            "data: {\"error\":{\"code\":503,\"message\":\"Busy\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
        "cohere-v2-chat": "data: {\"message\":\"the model is overloaded\"}\n\n",
    ]

    @Test(arguments: JudgedFormat.folders)
    func `keeps what came before an error, wherever that stands`(folder: String) async throws {
        for judge in try Self.judges(in: folder) {
            guard let events = WireVariation.events(of: judge.fixture), case .success = await judge.result() else {
                continue
            }
            let error = try #require(Self.errors[judge.format.api])
            for count in stride(from: 0, to: events.count - 1, by: max(events.count / 20, 1)) {
                let before = events[..<count].map(WireVariation.text).joined()
                let after = events[count...].map(WireVariation.text).joined()
                let cut = judge.fixture.with(body: Array(before.utf8))
                let broken = judge.fixture.with(body: Array((before + error + after).utf8))
                let arrived = await WireJudge(fixture: cut, format: judge.format).result()
                guard case .failure(let truncation) = arrived else { continue }
                guard case .failure(let failure) = await WireJudge(fixture: broken, format: judge.format).result()
                else {
                    Issue.record("\(judge.fixture), \(count) events: the error was passed over")
                    continue
                }
                let isRight = failure.kind == .overloaded && failure.partialResponse == truncation.partialResponse
                #expect(isRight, "\(judge.fixture), \(count) events: \(failure)")
                #expect(failure.isRetryable == (failure.partialResponse == nil), "\(judge.fixture)")
            }
        }
    }

    @Test(arguments: JudgedFormat.folders)
    func `takes null for what is left out, and survives both`(folder: String) async throws {
        for judge in try Self.judges(in: folder) where !judge.fixture.isStream && judge.fixture.body.count < 4000 {
            guard let whole = try? JSONValue(parsing: judge.fixture.body) else { continue }
            for (dropped, nulled) in Self.omissions(from: whole) {
                let left = await WireJudge(fixture: judge.fixture.with(body: dropped.bytes), format: judge.format)
                    .result()
                let right = await WireJudge(fixture: judge.fixture.with(body: nulled.bytes), format: judge.format)
                    .result()
                let isSame = Self.facts(left) == Self.facts(right)
                #expect(isSame, "\(judge.fixture): \(dropped) and \(nulled) differ: \(left) \(right)")
            }
        }
    }

    /// The value without each of its members in turn, and with `null` in its place.
    private static func omissions(from value: JSONValue) -> [(dropped: JSONValue, nulled: JSONValue)] {
        var found: [(dropped: JSONValue, nulled: JSONValue)] = []
        // What a model wrote is no frame.
        for (key, member) in value.object?.members ?? [] where !["input", "args", "tools"].contains(key) {
            func with(_ member: JSONValue?) -> JSONValue {
                var copy = value.object ?? JSONObject()
                copy[key] = member
                return .object(copy)
            }
            found.append((with(nil), with(.null)))
            found += omissions(from: member).map { (with($0.dropped), with($0.nulled)) }
        }
        for (index, element) in value.elements.enumerated() {
            func with(_ element: JSONValue) -> JSONValue {
                var copy = value.elements
                copy[index] = element
                return .array(copy)
            }
            found += omissions(from: element).map { (with($0.dropped), with($0.nulled)) }
        }
        return found
    }

    private static func facts(_ result: Result<ModelResponse, ModelError>) -> String {
        switch result {
        case .success(let response):
            let words = [response.text, response.reasoning, response.refusal ?? "", response.id ?? ""]
            let calls = response.toolCalls.map { "\($0.id) \($0.name) \($0.arguments)" }
            return "\(words) \(calls) \(response.finishReason) \(String(describing: response.usage))"
        case .failure(let error):
            return "\(error.kind) \(error.isRetryable) \(error.retryAfter ?? .zero)"
        }
    }
}
