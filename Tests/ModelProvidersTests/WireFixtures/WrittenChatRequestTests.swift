import LanguageModels
import Testing

@testable import ModelProviders

/// Bodies of Chat Completions as other clients write them: each is read as the request it stands for, and ours must say
/// the same.
struct WrittenChatRequestTests {
    private func judge(_ folder: String, _ url: String, _ members: String) throws -> WireJudge {
        let fixture = WireFixture(
            folder: folder,
            name: "written",
            expected: [:],
            meta: ["url": .string(url)],
            request: try JSONValue(parsing: #"{"model":"m",\#(members)}"#),
            body: Array("{}".utf8),
            isStream: members.contains("\"stream\":true")
        )
        return WireJudge(fixture: fixture, format: try #require(JudgedFormat.format(of: fixture)))
    }

    private static let hi = #""messages":[{"role":"user","content":"Hi"}]"#
    private static let tools = #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]"#
    private static let schema =
        #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#

    private static let bodies = [
        // Roles and contents.
        #""messages":[{"role":"developer","content":"Be terse."},{"role":"user","content":"Hi"}]"#,
        #""messages":[{"role":"system","content":[{"type":"text","text":"A"}]},{"role":"user","content":"Hi"}]"#,
        #""messages":[{"role":"system","content":"A"},{"role":"system","content":"B"},{"role":"user","content":"Hi"}]"#,
        #""messages":[{"role":"user","content":"Hi"},{"role":"system","content":"Now be brief."}]"#,
        #""messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"#,
        #""messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]}]"#,
        #""messages":[{"role":"system","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]},{"role":"user","content":"b"}]"#,
        #""messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw==","detail":"low"}}]}]"#,
        #""messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"text","text":"b"},{"type":"text","text":"c"}]},{"role":"user","content":"d"}]"#,
        #""messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"refusal":"No."},{"role":"user","content":"d"}]"#,
        // Calls and results.
        #"\#(tools),"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"","tool_calls":[{"id":"abc123def","index":0,"type":"function","function":{"name":"f","arguments":""}}]},{"role":"tool","tool_call_id":"abc123def","name":"f","content":[{"type":"text","text":"1"},{"type":"text","text":"2"}]}]"#,
        #"\#(tools),"messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":"abc123def","type":"function","function":{"name":"f","arguments":"{\"x\":1}"},"extra_content":{"google":{"thought_signature":"s"}}}]},{"role":"tool","tool_call_id":"abc123def","content":"1"}]"#,
        #"\#(tools),"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"Hm","tool_calls":[{"id":"abc123def","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"abc123deg","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"abc123def","content":""},{"role":"tool","tool_call_id":"abc123deg","content":"2"},{"role":"user","content":"b"}]"#,
        // Choices.
        #"\#(hi),\#(tools),"tool_choice":"none","parallel_tool_calls":false"#,
        #"\#(hi),\#(tools),"tool_choice":"any""#,
        #"\#(hi),\#(tools),"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}"#,
        #"\#(hi),"tools":[{"type":"function","function":{"name":"f"}},{"type":"custom","custom":{"name":"c"}}]"#,
        #"\#(hi),"functions":[{"name":"f","parameters":{"type":"object"}}],"function_call":{"name":"f"}"#,
        #"\#(hi),"functions":[{"name":"f","parameters":{"type":"object"}}],"function_call":"none""#,
        // Forms of answers.
        #"\#(hi),"response_format":{"type":"text"}"#,
        #"\#(hi),"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":\#(schema)}}"#,
        #"\#(hi),"response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","schema":\#(schema),"strict":true}}"#,
        // Options.
        #"\#(hi),"max_tokens":5,"temperature":0,"top_p":0.5,"seed":3,"stop":"x","n":1,"stream":false"#,
        #"\#(hi),"max_completion_tokens":5,"presence_penalty":0.5,"frequency_penalty":-1,"stop":["x","y"],"user":"u""#,
        #"\#(hi),"top_k":5,"min_p":0.1,"repetition_penalty":1.1,"random_seed":4,"safe_prompt":false,"logprobs":true"#,
        #"\#(hi),"reasoning_effort":"default","reasoning":{"effort":"low","exclude":true},"provider":{"order":["a"]}"#,
        #"\#(hi),"reasoning_effort":"xhigh","metadata":{"a":"b"},"service_tier":"flex","logit_bias":{"1":2}"#,
        #"\#(hi),"stream":true,"stream_options":{"include_usage":true},"extra_body":{"google":{"thinking_config":{}}}"#,
    ]

    /// Reasoning that goes back to servers that want it.
    private static let reasoning = [
        #""messages":[{"role":"user","content":"a"},{"role":"assistant","content":"","reasoning_content":"r","tool_calls":[{"id":"abc123def","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"abc123def","content":"1"}]"#,
        #""messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","reasoning":"r","reasoning_details":[{"type":"reasoning.text","text":"r","signature":"s"}]},{"role":"user","content":"c"}]"#,
    ]

    @Test func `tells bodies apart`() throws {
        let bodies = try Self.bodies.map { OpenAIDifferences.normalizedChat(try JSONValue(parsing: "{\($0)}")) }

        #expect(Set(bodies).count == bodies.count)
    }

    @Test(
        arguments: bodies,
        [
            ("openai-chat", "api.openai.com/v1/chat/completions"),
            ("compatible", "openrouter.ai/api/v1/chat/completions"),
            ("compatible", "api.mistral.ai/v1/chat/completions"),
            ("azure", "x.openai.azure.com/openai/deployments/m/chat/completions"),
        ]
    )
    func `writes what others write`(members: String, place: (folder: String, url: String)) async throws {
        #expect(try await judge(place.folder, place.url, members).faultsOfRequest() == [])
    }

    @Test(arguments: reasoning, ["api.deepseek.com/chat/completions", "openrouter.ai/api/v1/chat/completions"])
    func `sends reasoning back as others do`(members: String, url: String) async throws {
        #expect(try await judge("compatible", url, members).faultsOfRequest() == [])
    }

    @Test(arguments: [
        #""messages":[{"role":"user","name":"Ann","content":"Hi"}]"#,
        #""messages":[{"role":"user","content":"a"},{"role":"function","name":"f","content":"1"}]"#,
        #""messages":[{"role":"user","content":"a"},{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}]"#,
    ])
    func `passes over what requests cannot say`(members: String) async throws {
        #expect(try await judge("openai-chat", "api.openai.com/v1/chat/completions", members).faultsOfRequest() == nil)
    }
}
