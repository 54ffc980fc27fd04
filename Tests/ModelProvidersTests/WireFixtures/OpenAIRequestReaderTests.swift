import LanguageModels
import Testing

@testable import ModelProviders

/// Bodies of OpenAI's interfaces as others write them: what we read of them we write as they did.
struct OpenAIRequestReaderTests {
    private func faults(_ body: String, _ format: JudgedFormat, folder: String) async throws -> [String]? {
        var request = try #require(try JSONValue(parsing: body).object)
        request["model"] = "m"
        let fixture = WireFixture(
            folder: folder,
            name: "made-up",
            expected: [:],
            meta: ["status": 200],
            request: .object(request),
            body: Array("{}".utf8),
            isStream: request["stream"] == true
        )
        return try await WireJudge(fixture: fixture, format: format).faultsOfRequest()
    }

    @Test(arguments: [
        #"{"messages":[{"role":"developer","content":"Be terse."},{"role":"user","content":"?"}],"max_tokens":5}"#,
        #"{"messages":[{"role":"system","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}"#,
        #"{"messages":[{"role":"user","content":[{"type":"text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}}]}]}"#,
        #"{"messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}},{"type":"text","text":"?"}]}]}"#,
        #"""
        {"messages":[{"role":"user","content":"?"},{"role":"assistant","content":[{"type":"text","text":"a"}],"refusal":null},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"1"},{"type":"text","text":"2"}]}],
        "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","additionalProperties":false},"strict":true}},
        {"type":"custom","custom":{"name":"g"}}],"parallel_tool_calls":false,"tool_choice":{"type":"custom","custom":{"name":"g"}}}
        """#,
        #"""
        {"messages":[{"role":"user","content":"JSON?"}],"frequency_penalty":0.5,"presence_penalty":-1,"seed":7,"n":2,
        "logprobs":true,"top_logprobs":3,"logit_bias":{"50256":-100},"stop":["a","b"],"temperature":1.0,"top_p":0.9,
        "response_format":{"type":"json_object"},"reasoning_effort":"default","verbosity":"low","service_tier":"flex",
        "store":true,"metadata":{"b":"1"},"user":"u","tools":[],"prediction":{"type":"content"},
        "stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}
        """#,
        #"""
        {"messages":[{"role":"user","content":"?"}],"functions":[{"name":"f","parameters":{}}],"function_call":{"name":"f"}}
        """#,
        #"{"messages":[{"role":"user","content":"?"}],"response_format":{"type":"text"},"metadata":{}}"#,
    ])
    func `writes chats as others do`(body: String) async throws {
        let faults = try await faults(body, .openAIChat, folder: "openai-chat")

        #expect(faults == [])
    }

    @Test(arguments: [
        #"{"input":[{"role":"developer","content":"Be terse."},{"role":"user","content":"?"}]}"#,
        #"{"instructions":"a","input":[{"role":"system","content":"b"},{"role":"user","content":"?"}]}"#,
        #"{"input":[{"role":"user","content":"?"},{"role":"developer","content":"Be terse."}],"store":true}"#,
        #"{"input":[{"role":"user","content":[{"type":"input_file","file_id":"f"},{"type":"input_image","image_url":"https://x"}]}]}"#,
        #"{"input":"?","tool_choice":{"type":"web_search"},"tools":[{"type":"web_search"}],"truncation":"auto"}"#,
        #"{"input":"?","reasoning":{"effort":"low","summary":"auto","generate_summary":null},"max_output_tokens":99}"#,
        #"{"input":"?","text":{"format":{"type":"text"}},"metadata":{},"tools":[],"previous_response_id":null}"#,
        #"""
        {"input":[{"role":"user","content":"?"},{"type":"item_reference","id":"rs"},
        {"type":"custom_tool_call","call_id":"c","name":"g","input":"x"},
        {"type":"custom_tool_call_output","call_id":"c","output":"y"},
        {"type":"function_call","call_id":"d","name":"f","arguments":"{}"},
        {"type":"function_call_output","call_id":"d","output":[{"type":"input_text","text":"z"},
        {"type":"input_image","image_url":"data:image/png;base64,AA==","detail":"low"}]}],
        "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":false}],
        "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]}}
        """#,
    ])
    func `writes bodies of Responses as others do`(body: String) async throws {
        let faults = try await faults(body, .openAIResponses, folder: "openai-responses")

        #expect(faults == [])
    }
}
