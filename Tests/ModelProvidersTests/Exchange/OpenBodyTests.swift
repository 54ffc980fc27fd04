import HTTPTransport
import LanguageModels
import Synchronization
import TestSupport
import Testing

@testable import ModelProviders

/// Bodies that go on behind the last word of an answer.
struct OpenBodyTests {
    /// What a server sends, and what comes behind it once everything has been read.
    private struct Body: Sendable {
        enum Rest: Sendable {
            /// Nothing more, and no end, until the reader gives up.
            case silence
            /// Pieces without end, or so many.
            case noise(Int)
        }

        var text: String
        var rest: Rest
    }

    /// A transport that gives one body, and counts how often it was read, and whether to its end.
    private final class Holding: Transport {
        private struct State {
            var pieces = 0
            var isAtEnd = false
            var isGivenUp = false
        }

        private let body: Body
        private let state = Mutex(State())

        init(_ body: Body) { self.body = body }

        var isAtEnd: Bool { state.withLock(\.isAtEnd) }
        var isGivenUp: Bool { state.withLock(\.isGivenUp) }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse { HTTPResponse(status: 500) }

        func open(_ request: HTTPRequest) async throws -> HTTPStream {
            HTTPStream(status: 200, body: HTTPBody { try await self.next() })
        }

        func close() async {}

        private func next() async throws -> [UInt8]? {
            let number = state.withLock { state in
                state.pieces += 1
                return state.pieces
            }
            if number == 1 { return Array(body.text.utf8) }
            await Task.yield()
            do {
                try Task.checkCancellation()
                switch body.rest {
                case .noise(let count) where number - 1 <= count:
                    return Array(": more\n\n".utf8)
                case .noise:
                    state.withLock { $0.isAtEnd = true }
                    return nil
                case .silence:
                    let (silence, holder) = AsyncStream<Never>.makeStream()
                    for await _ in silence {}
                    _ = holder
                    throw CancellationError()
                }
            } catch {
                state.withLock { $0.isGivenUp = true }
                throw error
            }
        }
    }

    private static let streams: [(String, String)] = [
        (
            "chat",
            #"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"# + "\n\n"
                + #"data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}"# + "\n\n"
                + "data: [DONE]\n\n"
        ),
        (
            "responses",
            #"data: {"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":"Hi"}],"usage":{"input_tokens":3,"output_tokens":4}}}"#
                + "\n\n"
        ),
        (
            "anthropic",
            #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"# + "\n\n"
                + #"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":3,"output_tokens":4}}"#
                + "\n\n" + #"data: {"type":"message_stop"}"# + "\n\n"
        ),
        (
            "cohere",
            #"data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hi"}}}}"# + "\n\n"
                + #"data: {"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":3,"output_tokens":4}}}}"#
                + "\n\n"
        ),
    ]

    private func model(_ format: String, _ body: Body, _ clock: any Clock<Duration>) -> (any LanguageModel, Holding) {
        let transport = Holding(body)
        var endpoint = ServiceEndpoint(baseURL: "https://service.example", transport: transport)
        endpoint.clock = clock
        return (FormatModels.model(format, at: endpoint), transport)
    }

    @Test(.timeLimit(.minutes(1)), arguments: streams, [Body.Rest.silence, .noise(.max)])
    private func `ends an answer where the service says so, though its body goes on`(
        stream: (String, String),
        rest: Body.Rest
    ) async throws {
        let clock = ManualClock(isEager: true)
        let (model, transport) = model(stream.0, Body(text: stream.1, rest: rest), clock)

        let response = try await model.stream(ModelRequest("?")).response()

        #expect(response.text == "Hi")
        #expect(response.finishReason == .stop)
        #expect(response.usage?.inputTokens == 3 && response.usage?.outputTokens == 4)
        #expect(clock.pauses == [.milliseconds(100)])
        #expect(transport.isGivenUp)
    }

    @Test(.timeLimit(.minutes(1)), arguments: streams, [0, 1, 5])
    func `reads a body to its end, so that the connection can be used again`(
        stream: (String, String),
        pieces: Int
    ) async throws {
        let (model, transport) = model(stream.0, Body(text: stream.1, rest: .noise(pieces)), ManualClock())

        let response = try await model.stream(ModelRequest("?")).response()

        #expect(response.text == "Hi")
        #expect(transport.isAtEnd && !transport.isGivenUp)
    }
}
