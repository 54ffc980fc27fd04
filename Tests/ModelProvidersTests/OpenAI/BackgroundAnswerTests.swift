import HTTPTransport
import LanguageModels
import TestSupport
import Testing

@testable import ModelProviders

struct BackgroundAnswerTests {
    private static let queued = #"{"id":"resp_1","status":"queued","output":[],"usage":null}"#
    private static let running = #"{"id":"resp_1","status":"in_progress","output":[]}"#
    private static let busy = HTTPResponse(status: 503, body: Array(#"{"error":{"message":"Busy."}}"#.utf8))

    private func service(_ transport: ScriptedTransport, _ clock: ManualClock = ManualClock(isEager: true))
        -> OpenAIService
    {
        var service = OpenAIModel("gpt-5", endpoint: .openAI(key: "k", transport: transport)).service
        service.clock = clock
        return service
    }

    private var request: ModelRequest {
        var request = ModelRequest("?")
        request.options.openAI.runsInBackground = true
        return request
    }

    private func answers(_ bodies: String...) -> [HTTPResponse] {
        bodies.map { HTTPResponse(status: 200, body: Array($0.utf8)) }
    }

    @Test func `asks until the answer is there, ever more seldom`() async throws {
        let transport = ScriptedTransport(
            answers(Self.queued, Self.running, Self.running) + [Self.busy] + answers(Self.queued, Answers.responses)
        )
        let clock = ManualClock(isEager: true)
        var request = request
        request.options.seed = 1

        let response = try await service(transport, clock).respond(to: request)

        #expect(response.text == "Hi")
        #expect(response.finishReason == .stop)
        #expect(response.warnings.map(\.option) == ["seed"])
        #expect(
            transport.requests.map { "\($0.method) \($0.url)" }
                == ["POST https://api.openai.com/v1/responses"]
                + Array(repeating: "GET https://api.openai.com/v1/responses/resp_1", count: 5)
        )
        #expect(transport.requests.last?.headers["authorization"] == "Bearer k")
        #expect(clock.pauses == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        let body = try #require(transport.requests.first?.body.flatMap { try? JSONValue(parsing: $0) })
        #expect(body["background"] == true && body["store"] == nil)
    }

    @Test(arguments: [
        (
            #"{"id":"resp_1","status":"failed","output":[],"error":{"code":"server_error","message":"Broken."}}"#,
            ModelError.Kind.serverError
        ),
        (#"{"error":{"message":"No such answer.","code":"not_found"}}"#, .notFound),
    ])
    func `gives the failure of an answer, and does not ask again`(body: String, kind: ModelError.Kind) async {
        let status = kind == .notFound ? 404 : 200
        let transport = ScriptedTransport(
            answers(Self.queued) + [HTTPResponse(status: status, body: Array(body.utf8))]
        )

        let error = await #expect(throws: ModelError.self) { try await service(transport).respond(to: request) }

        #expect(error?.kind == kind)
        #expect(transport.requests.count == 2)
    }

    @Test func `stops waiting when the time is over, and does not begin anew`() async {
        let transport = ScriptedTransport(answers(Self.queued, Self.running, Self.running, Self.running))
        var request = request
        request.options.timeout = .seconds(3)

        let error = await #expect(throws: ModelError.self) { try await service(transport).respond(to: request) }

        #expect(error?.kind == .timeout(.total))
        #expect(error?.message == "the service still makes the answer resp_1 in the background")
        #expect(error?.isRetryable == false)
        #expect(transport.requests.count == 3)
    }

    @Test func `gives up where the service cannot be asked any more`() async {
        let transport = ScriptedTransport(answers(Self.queued) + Array(repeating: Self.busy, count: 10))

        let error = await #expect(throws: ModelError.self) { try await service(transport).respond(to: request) }

        #expect(error?.kind == .serverError || error?.kind == .overloaded)
        #expect(transport.requests.count == 7)
    }

    @Test func `is no empty answer where there is nothing to ask by`() async {
        let transport = ScriptedTransport(answers(#"{"status":"queued","output":[]}"#))

        let error = await #expect(throws: ModelError.self) { try await service(transport).respond(to: request) }

        #expect(error?.kind == .undecodableAnswer)
    }

    @Test func `is no empty answer where a stream was asked for`() async {
        let transport = ScriptedTransport(answers(Self.queued))

        let error = await #expect(throws: ModelError.self) {
            try await service(transport).stream(request).response()
        }

        #expect(error?.kind == .unsupported)
    }
}
