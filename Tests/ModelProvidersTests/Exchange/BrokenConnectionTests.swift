import HTTPTransport
import LanguageModels
import Synchronization
import Testing

@testable import ModelProviders

/// Connections that break behind the last word of an answer, as they do where servers do not end their bodies.
struct BrokenConnectionTests {
    /// A transport whose bodies end in an error.
    private struct Breaking: Transport {
        let body: String
        let failure: HTTPError.Kind

        func send(_ request: HTTPRequest) async throws -> HTTPResponse { HTTPResponse(status: 500) }

        func open(_ request: HTTPRequest) async throws -> HTTPStream {
            let rest = Mutex<[UInt8]?>(Array(body.utf8))
            let failure = failure
            return HTTPStream(
                status: 200,
                headers: [:],
                body: HTTPBody {
                    let piece = rest.withLock { rest in
                        defer { rest = nil }
                        return rest
                    }
                    guard let piece else { throw HTTPError(failure, "it broke", host: "stub") }
                    return piece
                }
            )
        }

        func close() async {}
    }

    @Test func `asks a transport that was closed no second time`() async {
        let count = Mutex(0)
        let transport = StubTransport { _ in
            count.withLock { $0 += 1 }
            throw HTTPError(.closed, "the transport was closed", host: "this machine")
        }
        var policy = RetryPolicy()
        policy.initialDelay = .zero
        let model = RetryingModel(AnthropicModel("claude-sonnet-5", key: "k", transport: transport), policy: policy)

        let error = await #expect(throws: ModelError.self) { try await model.complete("?") }

        #expect(error?.kind == .connection)
        #expect(count.withLock { $0 } == 1)
    }

    private static let streams: [(String, String)] = [
        ("chat", #"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"# + "\n\n"),
        ("chat", #"data: {"choices":[{"delta":{"content":"Hi"}}]}"# + "\n\ndata: [DONE]\n\n"),
        (
            "responses",
            #"data: {"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":"Hi"}]}}"#
                + "\n\n"
        ),
        (
            "anthropic",
            #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"# + "\n\n"
                + #"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}"# + "\n\n"
        ),
        ("gemini", #"data: {"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}]}"# + "\n\n"),
        (
            "cohere",
            #"data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hi"}}}}"# + "\n\n"
                + #"data: {"type":"message-end","delta":{"finish_reason":"COMPLETE"}}"# + "\n\n"
        ),
    ]

    @Test(arguments: streams, [HTTPError.Kind.connection, .timeout(.betweenBytes)])
    func `is content where all had been said`(stream: (String, String), failure: HTTPError.Kind) async throws {
        let model = FormatModels.model(stream.0, Breaking(body: stream.1, failure: failure))

        let response = try await model.stream(ModelRequest("?")).response()

        #expect(response.text == "Hi")
        #expect(response.finishReason == .stop)
    }

    /// The first event, without a reason to stop.
    private static func beginning(of stream: String) -> String {
        let first = stream.split(separator: "\n\n").first.map { "\($0)\n\n" } ?? ""
        return first.replacing(#""finish_reason":"stop""#, with: #""x":1"#).replacing("finishReason", with: "x")
            .replacing("response.completed", with: "response.in_progress")
    }

    @Test(arguments: streams)
    func `takes an event that was cut off for the end of the stream`(stream: (String, String)) async throws {
        let cut = Self.beginning(of: stream.1) + "data: {\"type\":\"wh"
        let transport = StubTransport { _ in HTTPResponse(status: 200, body: Array(cut.utf8)) }

        let error = await #expect(throws: ModelError.self) {
            try await FormatModels.model(stream.0, transport).stream(ModelRequest("?")).response()
        }

        #expect(error?.kind == .truncatedStream)
        #expect(error?.partialResponse?.text == (stream.0 == "responses" ? nil : "Hi"))
    }

    @Test(arguments: streams)
    func `reports the break where something was missing`(stream: (String, String)) async throws {
        let cut = Self.beginning(of: stream.1)
        let model = FormatModels.model(stream.0, Breaking(body: cut, failure: .connection))

        let error = await #expect(throws: ModelError.self) { try await model.stream(ModelRequest("?")).response() }

        #expect(error?.kind == .connection)
    }

    @Test(arguments: streams)
    func `ends behind the break, and asks nobody again`(stream: (String, String)) async throws {
        let model = FormatModels.model(stream.0, Breaking(body: Self.beginning(of: stream.1), failure: .connection))
        var events = model.stream(ModelRequest("?")).makeAsyncIterator()

        let error = await #expect(throws: ModelError.self) { while try await events.next() != nil {} }

        #expect(error?.kind == .connection)
        #expect(try await events.next() == nil)
    }

    @Test func `ends the source of a stream behind its error, too`() async throws {
        let model = CohereModel("x", key: "k", transport: Breaking(body: "", failure: .connection))
        var source = ServiceEvents(model: model.service, request: ModelRequest("?"))

        await #expect(throws: ModelError.self) { while try await source.next(isolation: nil) != nil {} }

        #expect(try await source.next(isolation: nil) == nil)
    }
}
