import LanguageModels
import Testing

@testable import docent_simulate

/// One way to ask the same in each format, whole and as a stream.
struct SimulationWire: Sendable, CustomTestStringConvertible {
    var path: String
    var body: @Sendable (_ text: String, _ isStream: Bool) -> JSONValue
    var streamPath: String?
    /// Where the text, the end and the tokens stand in the whole answer.
    var text: @Sendable (JSONValue) -> String?
    var finish: @Sendable (JSONValue) -> String?
    var tokens: @Sendable (JSONValue) -> Int?
    var ending: String
    var testDescription: String { path }

    func call(_ text: String, stream: Bool = false, headers: [String: String] = [:]) -> HTTPCall {
        HTTPCall(
            method: "POST",
            path: stream ? streamPath ?? path : path,
            query: stream ? ["alt": "sse"] : [:],
            headers: headers,
            body: body(text, stream).bytes
        )
    }

    static let all = [
        SimulationWire(
            path: "/v1/chat/completions",
            body: { ["model": "m", "messages": messages($0), "stream": .bool($1)] },
            text: { $0["choices"]?[0]?["message"]?["content"]?.string },
            finish: { $0["choices"]?[0]?["finish_reason"]?.string },
            tokens: { $0["usage"]?["completion_tokens"]?.integer },
            ending: "data: [DONE]\n\n"
        ),
        SimulationWire(
            path: "/openai/deployments/d/chat/completions",
            body: { ["messages": messages($0), "stream": .bool($1)] },
            text: { $0["choices"]?[0]?["message"]?["content"]?.string },
            finish: { $0["choices"]?[0]?["finish_reason"]?.string },
            tokens: { $0["usage"]?["completion_tokens"]?.integer },
            ending: "data: [DONE]\n\n"
        ),
        SimulationWire(
            path: "/v1/responses",
            body: { ["model": "m", "input": .string($0), "stream": .bool($1)] },
            text: { $0["output"]?[0]?["content"]?[0]?["text"]?.string },
            finish: { $0["status"]?.string },
            tokens: { $0["usage"]?["output_tokens"]?.integer },
            ending: "}}}\n\n"
        ),
        SimulationWire(
            path: "/v1/messages",
            body: { ["model": "m", "max_tokens": 99, "messages": messages($0), "stream": .bool($1)] },
            text: { $0["content"]?[0]?["text"]?.string },
            finish: { $0["stop_reason"]?.string },
            tokens: { $0["usage"]?["output_tokens"]?.integer },
            ending: "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
        ),
        SimulationWire(
            path: "/v1beta/models/g:generateContent",
            body: { text, _ in ["contents": [["role": "user", "parts": [["text": .string(text)]]]]] },
            streamPath: "/v1beta/models/g:streamGenerateContent",
            text: { $0["candidates"]?[0]?["content"]?["parts"]?[0]?["text"]?.string },
            finish: { $0["candidates"]?[0]?["finishReason"]?.string },
            tokens: { $0["usageMetadata"]?["candidatesTokenCount"]?.integer },
            ending: "}\r\n\r\n"
        ),
        SimulationWire(
            path: "/v2/chat",
            body: { ["model": "m", "messages": messages($0), "stream": .bool($1)] },
            text: { $0["message"]?["content"]?[0]?["text"]?.string },
            finish: { $0["finish_reason"]?.string },
            tokens: { $0["usage"]?["tokens"]?["output_tokens"]?.integer },
            ending: "data: [DONE]\n\n"
        ),
    ]

    private static func messages(_ text: String) -> JSONValue { [["role": "user", "content": .string(text)]] }
}
