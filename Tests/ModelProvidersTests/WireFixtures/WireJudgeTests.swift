import LanguageModels
import Testing

@testable import ModelProviders

/// The judge must find what is wrong, or its praise means nothing; the recordings here are made up.
struct WireJudgeTests {
    private static let facts: JSONObject = JSONObject([
        (key: "api", value: "openai-chat"), (key: "id", value: "c1"), (key: "model", value: "m"),
        (key: "text", value: "Hi"), (key: "reasoning", value: "hm"), (key: "refusal", value: nil),
        (key: "finish_reason", value: "tool_calls"),
        (key: "tool_calls", value: [["id": "t", "name": "f", "arguments_raw": #"{"a": 1}"#]]),
        (
            key: "usage",
            value: [
                "input_tokens": 3, "output_tokens": 2, "cache_read_tokens": 1, "cache_write_tokens": nil,
                "reasoning_tokens": 0,
            ]
        ),
    ])
    private static let body = #"""
        {"id":"c1","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"content":"Hi",
        "reasoning_content":"hm","tool_calls":[{"id":"t","function":{"name":"f","arguments":"{\"a\":1}"}}]}}],
        "usage":{"prompt_tokens":3,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":1},
        "completion_tokens_details":{"reasoning_tokens":0}}}
        """#
    private static let request: JSONValue = [
        "model": "m", "messages": [["role": "user", "content": "?"]], "temperature": 0.5, "stop": ["x"],
    ]

    private func judge(
        _ facts: JSONObject,
        body: String = body,
        meta: JSONValue = ["status": 200],
        request: JSONValue? = nil
    ) -> WireJudge {
        let fixture = WireFixture(
            folder: "compatible",
            name: "made-up",
            expected: .object(facts),
            meta: meta,
            request: request,
            body: Array(body.utf8),
            isStream: false
        )
        return WireJudge(fixture: fixture, format: .openAIChat)
    }

    @Test func `finds nothing where all is right`() async throws {
        let judge = judge(Self.facts, request: Self.request)

        #expect(await judge.faultsOfAnswer() == [])
        #expect(try await judge.faultsOfRequest() == [])
    }

    @Test(
        arguments: [
            ("id", "x"), ("model", "x"), ("text", "Ho"), ("reasoning", ""), ("refusal", "No"),
            ("finish_reason", "stop"),
            ("tool_calls", []), ("tool_calls", [["id": "t", "name": "g", "arguments_raw": #"{"a":1}"#]]),
            ("tool_calls", [["id": "u", "name": "f", "arguments_raw": #"{"a":1}"#]]),
            ("tool_calls", [["id": "t", "name": "f", "arguments_raw": #"{"a":2}"#]]), ("usage", nil),
            ("usage", ["input_tokens": 4, "output_tokens": 2, "cache_read_tokens": 1, "reasoning_tokens": 0]),
            ("usage", ["input_tokens": 3, "output_tokens": 2, "reasoning_tokens": 0]), ("kind", "auth"),
        ] as [(String, JSONValue)]
    )
    func `finds every wrong fact`(key: String, value: JSONValue) async {
        var facts = Self.facts
        facts[key] = value

        #expect(await judge(facts).faultsOfAnswer().isEmpty == false)
    }

    @Test(
        arguments: [
            ("kind", "auth"), ("retryable", false), ("retry_after_seconds", 3), ("kind", "quota"),
        ] as [(String, JSONValue)]
    )
    func `finds every wrong fact of an error`(key: String, value: JSONValue) async {
        var facts = JSONObject([
            (key: "kind", value: "rate_limit"), (key: "retryable", value: true),
            (key: "retry_after_seconds", value: 2),
        ])
        let meta: JSONValue = ["status": 429, "response_headers": ["retry-after": "2"]]
        let body = #"{"error":{"message":"Slow"}}"#
        #expect(await judge(facts, body: body, meta: meta).faultsOfAnswer() == [])

        facts[key] = value

        #expect(await judge(facts, body: body, meta: meta).faultsOfAnswer().isEmpty == false)
    }

    @Test(
        arguments: [
            ("messages", [["role": "user", "content": "?", "weight": 1]]), ("unheard_of", nil), ("stop", "x"),
            ("top_p", "high"),
            ("temperature", "0.5"),
        ] as [(String, JSONValue)]
    )
    func `compares requests but for what means nothing`(key: String, value: JSONValue) async throws {
        var body = Self.request.object ?? JSONObject()
        body[key] = value
        // What is null, or has no word of ours, goes through; what we would write otherwise does not.
        let isAlike = key == "unheard_of" || key == "stop"

        let faults = try await judge(Self.facts, request: .object(body)).faultsOfRequest()

        #expect(faults?.isEmpty == isAlike)
    }
}
