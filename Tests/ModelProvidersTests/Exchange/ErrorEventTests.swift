import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// Events that are named an error, in the streams of all services.
struct ErrorEventTests {
    static let decoders: [any StreamDecoder] = [
        ChatStreamDecoder(), ResponsesStreamDecoder(), AnthropicStream(), GeminiDecoder(), CohereStream(),
    ]

    @Test(
        arguments: decoders,
        [("Overloaded.", ModelError.Kind.overloaded), ("oh no", .serverError), ("[oh no]", .serverError)]
    )
    func `tell in words what went wrong`(decoder: any StreamDecoder, words: (text: String, kind: ModelError.Kind)) {
        var decoder = decoder

        let error = #expect(throws: ModelError.self) {
            try decoder.decode(ServerSentEvent(name: "error", data: Array(words.text.utf8)))
        }

        #expect(error?.kind == words.kind)
        #expect(error?.isRetryable == true)
    }
}
