import LanguageModels
import Testing

@testable import ModelProviders

/// Bodies as other clients write them: each is read as the request it stands for, and ours must say the same.
struct WrittenRequestTests {
    private func faults(_ folder: String, _ body: String, model: String) async throws -> [String]? {
        let request = try JSONValue(parsing: body)
        let fixture = WireFixture(
            folder: folder,
            name: "written",
            expected: [:],
            meta: ["url": .string("service.example/v1beta/models/\(model):generateContent")],
            request: request,
            body: Array("{}".utf8),
            isStream: false
        )
        let format = try #require(JudgedFormat.format(of: fixture))
        return try await WireJudge(fixture: fixture, format: format).faultsOfRequest()
    }

    private static func anthropic(_ members: String, model: String = "claude-sonnet-4-5") -> String {
        #"{"model":"\#(model)","max_tokens":9000,\#(members)}"#
    }

    private static let look = #""tools":[{"name":"look","input_schema":{"type":"object","properties":{}}}]"#
    private static let hi = #""messages":[{"role":"user","content":"Hi"}]"#

    private static let anthropicBodies = [
        anthropic(#"\#(hi),"thinking":{"type":"enabled","budget_tokens":2000,"display":"omitted"}"#),
        anthropic(#"\#(hi),"thinking":{"type":"adaptive"}"#, model: "claude-opus-4-6"),
        anthropic(#"\#(hi),"metadata":{"user_id":"u"},"service_tier":"auto","top_k":4"#),
        anthropic(#"\#(hi),"context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]},"container":"c""#),
        anthropic(#"\#(hi),"mcp_servers":[{"type":"url","url":"https://m.example","name":"m"}]"#),
        anthropic(#"\#(hi),"tools":[{"type":"web_search_20250305","name":"web_search","max_uses":3}]"#),
        anthropic(
            #"""
            \#(hi),"tools":[{"type":"custom","name":"look","input_schema":{"type":"object"}},
            {"name":"hear","description":"Hears","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],
            "tool_choice":{"type":"any","disable_parallel_tool_use":true}
            """#
        ),
        anthropic(#"\#(hi),"tools":[{"name":"look","input_schema":{"type":"object"},"eager_input_streaming":true}]"#),
        anthropic(
            #"""
            "system":[{"type":"text","text":"A"},{"type":"text","text":"B","cache_control":{"type":"ephemeral","ttl":"1h"}}],
            "messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},
            {"type":"text","text":"b"}]},{"role":"assistant","content":[{"type":"text","text":"c"}]},
            {"role":"user","content":[{"type":"text","text":"d","cache_control":{"type":"ephemeral","ttl":"5m"}}]}]
            """#
        ),
        anthropic(
            #"""
            "messages":[{"role":"user","content":"a"},{"role":"user","content":[{"type":"text","text":"b"}]},
            {"role":"system","content":"Now be brief."},{"role":"user","content":"c"}],"system":"Be kind."
            """#
        ),
        anthropic(
            #"""
            "messages":[{"role":"user","content":[
            {"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/4A=="}},
            {"type":"image","source":{"type":"url","url":"https://a.example/b.png"}},
            {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERg=="},"title":"a"},
            {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hi"},"context":"c",
            "citations":{"enabled":true}},
            {"type":"document","source":{"type":"url","url":"https://a.example/b.pdf"}},
            {"type":"document","source":{"type":"content","content":[{"type":"text","text":"x"}]}},
            {"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"x"}]},
            {"type":"text","text":"What?"}]}]
            """#
        ),
        anthropic(
            #"""
            \#(look),"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[
            {"type":"thinking","thinking":"t","signature":"s"},{"type":"redacted_thinking","data":"d"},
            {"type":"text","text":"I look.","citations":null},
            {"type":"server_tool_use","id":"srv","name":"web_search","input":{"query":"q"}},
            {"type":"web_search_tool_result","tool_use_id":"srv","content":[]},
            {"type":"tool_use","id":"t1","name":"look","input":{"x":1},"caller":{"type":"direct"}},
            {"type":"tool_use","id":"t2","name":"look","input":{},"caller":{"type":"code","tool_id":"srv"}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"x"}]},
            {"type":"tool_result","tool_use_id":"t2","is_error":true,"content":[{"type":"text","text":"x"},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}}]},
            {"type":"text","text":"And?"}]}]
            """#
        ),
        anthropic(
            #"""
            \#(look),"messages":[{"role":"user","content":"a"},
            {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"look","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":""}]},
            {"role":"assistant","content":[{"type":"tool_use","id":"t2","name":"look","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t2"}]}]
            """#
        ),
    ]

    /// What the services refuse, and our rules would change, is sent as it is where the caller insists.
    private static let refused = [
        anthropic(#"\#(hi),"temperature":0.5,"top_p":0.9,"stop_sequences":["a"]"#),
        anthropic(#"\#(hi),"temperature":0.5"#, model: "claude-opus-4-8"),
        anthropic(#"\#(hi),"thinking":{"type":"enabled","budget_tokens":2000}"#, model: "claude-opus-4-8"),
        anthropic(#"\#(hi),"thinking":{"type":"enabled","budget_tokens":500}"#),
        anthropic(#"\#(hi),"thinking":{"type":"enabled","budget_tokens":2000},\#(look),"tool_choice":{"type":"any"}"#),
        anthropic(#"\#(hi),\#(look),"tool_choice":{"type":"tool","name":"look"}"#, model: "claude-fable-5"),
        anthropic(#"\#(hi),"temperature":0.5"#, model: "claude-3-haiku-20240307"),
        anthropic(
            #"\#(hi),"output_config":{"format":{"type":"json_schema","schema":{"type":"object","maxProperties":1}}}"#
        ),
    ]

    @Test(arguments: anthropicBodies + refused)
    func `says to Anthropic what others say`(body: String) async throws {
        #expect(try await faults("anthropic", body, model: "m") == [])
    }

    private static func gemini(_ members: String) -> String {
        #"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],\#(members)}"#
    }

    private static let weather =
        #"{"name":"weather","description":"Tells","parameters":{"type":"OBJECT","properties":{"in":{"type":"STRING"}}}}"#

    private static let geminiBodies: [(String, String)] = [
        ("gemini-2.5-flash", #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#),
        (
            "gemini-2.5-flash",
            gemini(
                #"""
                "generationConfig":{"topK":4,"top_p":0.5,"max_output_tokens":9,"stop_sequences":["a"],"seed":1,
                "candidateCount":1,"responseLogprobs":true,"logprobs":2}
                """#
            )
        ),
        ("gemini-3-pro-preview", gemini(#""generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}}"#)),
        (
            "gemini-3-flash-preview",
            gemini(#""generationConfig":{"thinkingConfig":{"includeThoughts":true,"thinkingLevel":"MINIMAL"}}"#)
        ),
        ("gemini-2.5-flash", gemini(#""generationConfig":{"thinkingConfig":{"thinkingBudget":-1}}"#)),
        (
            "gemini-2.5-flash",
            gemini(
                #""generationConfig":{"responseMimeType":"text/x.enum","responseSchema":{"type":"STRING","enum":["a"]}}"#
            )
        ),
        ("gemini-2.5-flash", gemini(#""generationConfig":{"responseMimeType":"application/json"}"#)),
        ("gemini-2.5-flash", gemini(#""generationConfig":{"responseMimeType":"text/plain"}"#)),
        ("gemini-2.5-flash", gemini(#""tools":[{"googleSearch":{}},{"urlContext":{}}]"#)),
        ("gemini-3-flash-preview", gemini(#""generationConfig":{"thinkingConfig":{"thinkingBudget":100}}"#)),
        ("gemini-2.5-pro", gemini(#""generationConfig":{"thinkingConfig":{"thinkingBudget":0}}"#)),
        ("gemini-3.6-flash", gemini(#""generationConfig":{"temperature":0.5,"presencePenalty":0.5}"#)),
        (
            "gemini-2.5-flash",
            gemini(
                #"""
                "tools":[{"functionDeclarations":[\#(weather)]}],
                "generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"const":1}}
                """#
            )
        ),
        (
            "gemini-2.5-flash",
            gemini(
                #""tools":[{"functionDeclarations":[{"name":"a","parametersJsonSchema":{"properties":{"b":{"const":1}}}}]}]"#
            )
        ),
        ("gemini-2.5-flash", gemini(#""tools":[{"google_search":{}}]"#)),
        ("gemini-2.5-flash", gemini(#""tools":[{"codeExecution":{}}]"#)),
        (
            "gemini-3-flash-preview",
            gemini(
                #"""
                "tools":[{"functionDeclarations":[\#(weather)]},{"googleSearch":{}}],
                "toolConfig":{"includeServerSideToolInvocations":true}
                """#
            )
        ),
        (
            "gemini-2.5-flash",
            gemini(
                #"""
                "tools":[{"functionDeclarations":[\#(weather),{"name":"roll","description":"Rolls"}]}],
                "toolConfig":{"functionCallingConfig":{"mode":"AUTO"}}
                """#
            )
        ),
        (
            "gemini-2.5-flash",
            gemini(
                #"""
                "tools":[{"function_declarations":[\#(weather),{"name":"a"},{"name":"b"}]}],
                "tool_config":{"function_calling_config":{"mode":"ANY","allowed_function_names":["a","b"]}}
                """#
            )
        ),
        (
            "gemini-2.5-flash",
            gemini(
                #"""
                "tools":[{"functionDeclarations":[\#(weather)]}],
                "toolConfig":{"functionCallingConfig":{"mode":"VALIDATED","allowedFunctionNames":["weather"]}}
                """#
            )
        ),
        (
            "gemini-2.5-flash",
            #"""
            {"system_instruction":{"parts":[{"text":"A"},{"text":"B"}]},"contents":[{"role":"user","parts":[
            {"inline_data":{"mime_type":"image/png","data":"iVBORw=="}},
            {"fileData":{"mimeType":"application/pdf","fileUri":"https://a.example/b.pdf"}},
            {"fileData":{"fileUri":"https://youtu.be/x"},"videoMetadata":{"fps":1}},{"text":"What?"}]}],
            "labels":{"a":"b"},"safety_settings":[]}
            """#
        ),
        (
            "gemini-2.5-flash",
            #"""
            {"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"},
            {"executableCode":{"language":"PYTHON","code":"1"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK"}},
            {"text":"t","thought":true,"thoughtSignature":"s"},{"text":"c","thoughtSignature":"s2"}]},
            {"role":"user","parts":[{"text":"d"},{"text":"e"}]}]}
            """#
        ),
        (
            "gemini-2.5-flash",
            #"""
            {"tools":[{"functionDeclarations":[\#(weather)]}],"contents":[{"role":"user","parts":[{"text":"a"}]},
            {"role":"model","parts":[{"functionCall":{"name":"weather","args":{"in":"x"}}},
            {"functionCall":{"name":"weather","id":"i"}}]},
            {"role":"function","parts":[{"functionResponse":{"name":"weather","response":{"output":"{\"a\":1}"}}},
            {"functionResponse":{"name":"weather","id":"i","response":{"error":"no"}}},{"text":"So?"}]}]}
            """#
        ),
        (
            "gemini-2.5-flash",
            #"""
            {"tools":[{"functionDeclarations":[\#(weather)]}],"contents":[{"role":"user","parts":[{"text":"a"}]},
            {"role":"model","parts":[{"functionCall":{"name":"weather","args":{"in":"x"}}}]},
            {"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"result":[1],"name":"n"}}}]},
            {"role":"user","parts":[{"text":"So?"}]}]}
            """#
        ),
    ]

    @Test(arguments: geminiBodies)
    func `says to Gemini what others say`(model: String, body: String) async throws {
        #expect(try await faults("gemini", body, model: model) == [])
    }

    private static func cohere(_ members: String) -> String {
        #"{"model":"command-a-reasoning-08-2025",\#(members)}"#
    }

    private static let cohereBodies = [
        cohere(
            #"""
            \#(hi),"response_format":{"type":"json_object"},
            "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}]
            """#
        ),
        cohere(#"\#(hi),"p":0.5,"k":3,"frequency_penalty":0.25,"seed":1,"logprobs":true,"priority":2"#),
        cohere(#"\#(hi),"thinking":{"type":"enabled","token_budget":100},"safety_mode":"NONE""#),
        cohere(#"\#(hi),"response_format":{"type":"text"}"#),
        cohere(#""messages":[{"role":"user","content":"Give JSON"}],"response_format":{"type":"json_object"}"#),
        cohere(
            #"""
            "messages":[{"role":"system","content":[{"type":"text","text":"Be kind."}]},
            {"role":"user","content":[{"type":"text","text":"a"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw==","detail":"low"}}]},
            {"role":"assistant","content":null,"tool_plan":"I look.","tool_calls":[
            {"id":"a1","type":"function","function":{"name":"look","arguments":"{\"x\": 1}"}},
            {"id":"a2","type":"function","function":{"name":"look","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"a1","content":[{"type":"document","document":{"data":{"a":"b"},"id":"d"}}]},
            {"role":"tool","tool_call_id":"a2","content":[{"type":"text","text":"x"}]},
            {"role":"assistant","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"b"}]},
            {"role":"user","content":"c"}],
            "tools":[{"type":"function","function":{"name":"look","description":"Looks"}}],"strict_tools":true
            """#
        ),
        cohere(#"\#(hi),"documents":["a",{"id":"b","data":{"text":"x"}}],"citation_options":{"mode":"FAST"}"#),
    ]

    @Test(arguments: cohereBodies)
    func `says to Cohere what others say`(body: String) async throws {
        #expect(try await faults("cohere", body, model: "m") == [])
    }
}
