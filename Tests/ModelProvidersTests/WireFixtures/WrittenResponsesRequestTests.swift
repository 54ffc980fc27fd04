import LanguageModels
import Testing

@testable import ModelProviders

/// Bodies of Responses as other clients write them: each is read as the request it stands for, and ours must say the
/// same.
struct WrittenResponsesRequestTests {
    private func judge(_ folder: String, _ members: String) throws -> WireJudge {
        let fixture = WireFixture(
            folder: folder,
            name: "written",
            expected: [:],
            meta: ["url": "service.example/openai/v1/responses"],
            request: try JSONValue(parsing: #"{"model":"m",\#(members)}"#),
            body: Array("{}".utf8),
            isStream: members.contains("\"stream\":true")
        )
        return WireJudge(fixture: fixture, format: try #require(JudgedFormat.format(of: fixture)))
    }

    private static let hi = #""input":"Hi""#
    private static let tools =
        #""tools":[{"type":"function","name":"f","parameters":{"type":"object","properties":{},"additionalProperties":false}}]"#
    private static let schema =
        #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#

    private static let bodies = [
        // Roles and contents.
        #""input":[{"role":"developer","content":"A"},{"role":"user","content":"Hi"}]"#,
        #""input":[{"role":"system","content":[{"type":"input_text","text":"A"}]},{"role":"user","content":[{"type":"input_text","text":"Hi"}]}]"#,
        #""instructions":"A","input":[{"type":"message","role":"user","content":"Hi"},{"role":"system","content":"B"}]"#,
        #""input":[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"https://a.example/b.png","detail":"auto"},{"type":"input_image","file_id":"file-1","detail":"low"},{"type":"input_file","file_id":"file-2"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="},{"type":"input_file","file_url":"https://a.example/b.pdf"}]}]"#,
        #""input":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"output_text","text":"b","annotations":[]}]},{"role":"user","content":"c"}]"#,
        #""input":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]"#,
        #""input":[{"role":"user","content":"a"},{"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"b","annotations":[],"logprobs":[]}]},{"role":"user","content":"c"}]"#,
        // Calls, results, reasoning.
        #"\#(tools),"input":[{"role":"user","content":"a"},{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"encrypted_content":"e"},{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","status":"completed"},{"type":"function_call_output","call_id":"c1","output":"1"}]"#,
        #"\#(tools),"input":[{"role":"user","content":"a"},{"type":"function_call","call_id":"c1","name":"f","arguments":""},{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"1"},{"type":"input_image","image_url":"https://a.example/b.png"}]}]"#,
        #"\#(tools),"input":[{"type":"function_call_output","call_id":"c1","output":"1","status":"completed"}],"previous_response_id":"resp_1""#,
        #""input":[{"role":"user","content":"a"},{"type":"item_reference","id":"rs_1"},{"role":"user","content":"b"}]"#,
        #""input":[{"role":"user","content":"a"},{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}},{"role":"user","content":"b"}]"#,
        // Tools and choices.
        #"\#(hi),"tools":[{"type":"web_search"},{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":false}],"tool_choice":"required""#,
        #"\#(hi),"tools":[{"type":"code_interpreter","container":{"type":"auto"}}],"tool_choice":{"type":"code_interpreter"}"#,
        #"\#(hi),"tools":[{"type":"web_search_preview"}],"tool_choice":"required","parallel_tool_calls":false"#,
        #"\#(hi),\#(tools),"tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":true"#,
        #"\#(hi),\#(tools),"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]}"#,
        #"\#(hi),\#(tools),"tool_choice":"none""#,
        #"\#(hi),"tools":[]"#,
        // Forms of answers.
        #"\#(hi),"text":{"format":{"type":"text"}}"#,
        #"\#(hi),"text":{"format":{"type":"json_schema","name":"n","schema":\#(schema),"strict":true},"verbosity":"low"}"#,
        #"\#(hi),"text":{"format":{"type":"json_schema","name":"n","description":"d","schema":\#(schema)}}"#,
        #""input":"Hi, JSON please","text":{"format":{"type":"json_object"}}"#,
        // Options.
        #"\#(hi),"max_output_tokens":50,"temperature":0.5,"top_p":1,"store":true,"user":"u","truncation":"auto""#,
        #"\#(hi),"reasoning":{"effort":"low","summary":"auto"},"include":["reasoning.encrypted_content"],"store":false"#,
        #"\#(hi),"reasoning":{"effort":"none"},"text":{"verbosity":"high"},"service_tier":"flex","metadata":{"a":"b"}"#,
        #"\#(hi),"reasoning":{"generate_summary":"auto","effort":"unheard-of"}"#,
        #"\#(hi),"stream":true,"stream_options":{"include_obfuscation":false},"top_logprobs":2,"max_tool_calls":3"#,
        #"\#(hi),"prompt":{"id":"p"},"conversation":"conv_1","prompt_cache_key":"k","safety_identifier":"s""#,
    ]

    @Test func `tells bodies apart`() throws {
        let bodies = try Self.bodies.map { OpenAIDifferences.normalizedResponses(try JSONValue(parsing: "{\($0)}")) }

        // The same are: a text and one part of it, both ways to instruct, no tools and text as the form of the answer.
        #expect(Set(bodies).count == bodies.count - 3)
    }

    @Test(arguments: bodies, ["openai-responses", "azure", "compatible"])
    func `writes what others write`(members: String, folder: String) async throws {
        #expect(try await judge(folder, members).faultsOfRequest() == [])
    }
}
