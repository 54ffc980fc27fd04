import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// Answers of servers that have lost their mind, to every format: an answer or an error of ours, never a crash.
struct HostileAnswerTests {
    private static let anthropicEvents = [
        #"{"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":1,"cache_read_input_tokens":2,"cache_creation":{"ephemeral_5m_input_tokens":1,"ephemeral_1h_input_tokens":1},"output_tokens":1}}}"#,
        #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","name":"f","input":{}}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}"#,
        #"{"type":"content_block_stop","index":0}"#,
        #"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","category":"bio"}},"usage":{"output_tokens":2}}"#,
    ]
    private static let geminiPiece =
        #"{"candidates":[{"content":{"parts":[{"text":"a","thought":true},{"functionCall":{"name":"f","partialArgs":[{"jsonPath":"$.a[0]","stringValue":"x","willContinue":true}],"willContinue":true}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1,"toolUsePromptTokenCount":1,"candidatesTokenCount":1,"thoughtsTokenCount":1}}"#
    private static let cohereEvents = [
        #"{"type":"message-start","id":"i","delta":{"message":{"role":"assistant"}}}"#,
        #"{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}"#,
        #"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"function":{"name":"f","arguments":""}}}}}"#,
        #"{"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1.0,"output_tokens":2},"cached_tokens":1}}}"#,
    ]
    private static let bodies = [
        #"{"id":"m","content":[{"type":"tool_use","name":"f","input":{}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"cache_read_input_tokens":2,"cache_creation_input_tokens":1,"output_tokens":1}}"#,
        geminiPiece,
        #"{"id":"i","message":{"content":[{"type":"text","text":"a"}],"tool_calls":[{"function":{"name":"f"}}]},"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1,"output_tokens":2}}}"#,
        #"{"error":{"code":429,"message":"limit 1, requested 2; try again in 1s","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x.RetryInfo","retryDelay":{"seconds":1,"nanos":5}}]}}"#,
    ]

    private static func survives(_ events: [String], _ makeDecoder: () -> some StreamDecoder) throws {
        for (place, event) in events.enumerated() {
            for mutation in try HostileStreamTests.mutations(of: event) {
                var changed = events
                changed.insert(mutation, at: place)
                let result = Result { try decoded(makeDecoder(), changed) }
                if case .failure(let error) = result { #expect(error is ModelError) }
                if case .success(let response) = result { #expect(response.usage?.totalTokens ?? 0 >= 0) }
                changed.remove(at: place + 1)
                _ = try? decoded(makeDecoder(), changed)
            }
        }
    }

    @Test func `survives streams in which anything is anything`() throws {
        try Self.survives(Self.anthropicEvents) { AnthropicStream() }
        try Self.survives([Self.geminiPiece]) { GeminiDecoder() }
        try Self.survives(Self.cohereEvents) { CohereStream() }
    }

    @Test func `survives bodies in which anything is anything`() throws {
        for body in Self.bodies {
            for mutation in try HostileStreamTests.mutations(of: body) {
                let json = try JSONValue(parsing: mutation)
                let usage = [
                    try? AnthropicAnswer.response(json).usage, try? GeminiAnswer.response(from: json).usage,
                    try? CohereAnswer.response(json).usage,
                ]
                #expect(usage.allSatisfy { ($0?.totalTokens ?? 0) >= 0 })
                let failed = FailedAnswer(status: 429, body: Array(mutation.utf8))
                let errors = [
                    AnthropicFailure.error(failed), GeminiFailure(failed).error, CohereFailure.error(failed),
                    OpenAIFailure.error(failed),
                ]
                #expect(errors.allSatisfy { !$0.description.isEmpty && ($0.retryAfter ?? .zero) >= .zero })
            }
        }
    }

    @Test func `survives batches in which anything is anything`() throws {
        let anthropic =
            #"{"id":"b","processing_status":"ended","request_counts":{"processing":1,"succeeded":1,"errored":1,"canceled":1,"expired":1}}"#
        for mutation in try HostileStreamTests.mutations(of: anthropic) {
            let batch = Batch(anthropic: try JSONValue(parsing: mutation))
            #expect(batch?.total ?? 0 >= 0)
        }
    }

    @Test(arguments: [Int.max, Int.min, -1])
    func `counts with figures that are none`(figure: Int) throws {
        let chat: JSONValue = ["usage": ["prompt_tokens": .integer(figure), "completion_tokens": .integer(figure)]]
        let responses: JSONValue = ["input_tokens": .integer(figure), "output_tokens": .integer(figure)]
        for usage in [try read(chat.text) { Usage(chat: $0) }, Usage(responses: responses)] {
            let sum = (usage ?? Usage(inputTokens: 0, outputTokens: 0)) + Usage(inputTokens: .max, outputTokens: .max)
            #expect(usage?.totalTokens ?? 0 >= 0)
            #expect(sum.totalTokens == .max)
        }
    }

    @Test func `does not follow a path into the deep`() throws {
        let path = "$" + String(repeating: "[0]", count: 300_000)
        let piece: JSONValue = [
            "candidates": [
                [
                    "content": [
                        "parts": [
                            [
                                "functionCall": [
                                    "name": "f", "partialArgs": [["jsonPath": .string(path), "numberValue": 1]],
                                ]
                            ]
                        ]
                    ], "finishReason": "STOP",
                ]
            ]
        ]

        #expect(try decoded(GeminiDecoder(), [piece.text]).toolCalls.map(\.arguments) == ["{}"])
    }
}
