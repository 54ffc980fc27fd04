import LanguageModels
import Testing

@testable import docent_simulate

struct ScriptTests {
    private static func answers(_ script: String, to questions: [(model: String, text: String)]) throws -> [String] {
        var settings = Simulation.Settings()
        settings.script = try Script(try JSONValue(parsing: script))
        let simulation = Simulation(settings)
        return try questions.map { question in
            let body: JSONValue = [
                "model": .string(question.model), "messages": [["role": "user", "content": .string(question.text)]],
            ]
            let call = HTTPCall(method: "POST", path: "/v1/chat/completions", body: body.bytes)
            let outgoing = simulation.outgoing(for: call)
            let answer = try JSONValue(parsing: outgoing.whole ?? [])
            return answer["choices"]?[0]?["message"]?["content"]?.string ?? "\(outgoing.status)"
        }
    }

    @Test func `answers in turn, by words, by model, and by rule`() throws {
        let script = #"""
            {"replies":[{"text":"one"},{"text":"two","fault":"503"},{"when":{"contains":"weather"},"text":"sunny"},
             {"when":{"model":"special"},"text":"special","times":1},{"when":{"order":6},"text":"sixth"}]}
            """#

        let answers = try Self.answers(
            script,
            to: [
                ("m", "a"), ("m", "the weather?"), ("m", "b"), ("special", "c"), ("special", "ping 1"),
                ("m", "d"), ("m", "ping 2"), ("m", "weather"),
            ]
        )

        #expect(answers == ["one", "sunny", "503", "special", "pong 1", "sixth", "pong 2", "sunny"])
    }

    @Test(arguments: [
        ("[]", "script: an object is expected"),
        (#"{"reply":[]}"#, "script: 'reply' is unknown; write one of models, replies"),
        (#"{"models":"a"}"#, "script: 'models' has to be a list of texts"),
        (#"{"replies":{}}"#, "script: 'replies' has to be a list"),
        (#"{"replies":["a"]}"#, "script: replies[0]: an object is expected"),
        (#"{"replies":[{"text":5}]}"#, "script: replies[0]: 'text' has to be a text"),
        (#"{"replies":[{"chunks":["a",1]}]}"#, "script: replies[0]: 'chunks' has to be a list of texts"),
        (#"{"replies":[{"times":-1}]}"#, "script: replies[0]: 'times' has to be a whole number from 0"),
        (#"{"replies":[{"delay_ms":"9"}]}"#, "script: replies[0]: 'delay_ms' has to be a number from 0"),
        (#"{"replies":[{"when":[]}]}"#, "script: replies[0]: 'when' has to be an object"),
        (#"{"replies":[{"when":{"order":0}}]}"#, "script: replies[0]: 'order' has to be a whole number from 1"),
        (#"{"replies":[{"usage":{"input":"9"}}]}"#, "script: replies[0]: 'input' has to be a whole number from 0"),
        (
            #"{"replies":[{"tool_calls":[{"name":"f","arguments":"{}"}]}]}"#,
            "script: replies[0]: 'arguments' has to be an object"
        ),
        (#"{"replies":[{"fault":"999"}]}"#, "script: replies[0]: there is no fault '999'"),
        (
            #"{"replies":[{"text":"a"},{"finish":"odd"}]}"#,
            "script: replies[1]: no finish 'odd'; write stop, length, tool_calls, content_filter or refusal"
        ),
        (#"{"replies":[{"tool_calls":[{}]}]}"#, "script: replies[0]: a tool call needs a name"),
        (
            #"{"replies":[{"when":{"txt":"a"}}]}"#,
            "script: replies[0]: 'txt' is unknown; write one of contains, format, model, order"
        ),
    ])
    func `says where a script is wrong`(text: String, message: String) throws {
        let json = try JSONValue(parsing: text)

        #expect(throws: ScriptError(description: message)) { try Script(json) }
    }

    @Test func `takes null for what is left out`() throws {
        let script = try Script(try JSONValue(parsing: #"{"models":null,"replies":[{"text":"a","fault":null}]}"#))

        #expect(script.replies.first?.answer?.pieces == ["a"])
        #expect(script.replies.first?.fault == nil)
    }

    @Test func `takes usage, calls and delay as they are written`() throws {
        let script = try Script(
            try JSONValue(
                parsing: #"""
                    {"replies":[{"tool_calls":[{"name":"f","arguments":{"a":1}}],"delay_ms":20,
                     "usage":{"input":100,"output":7,"cache_read":40,"cache_write":10,"reasoning":3}}]}
                    """#
            )
        )

        let reply = try #require(script.replies.first)
        #expect(reply.answer?.calls.first?.arguments == ["a": 1])
        #expect(reply.answer?.finish == .toolCalls)
        #expect(reply.delay == .milliseconds(20))
        #expect(reply.answer?.usage == .init(input: 100, cacheRead: 40, cacheWrite: 10, output: 7, reasoning: 3))
    }
}
