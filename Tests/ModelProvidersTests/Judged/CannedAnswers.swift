import HTTPTransport
import LanguageModels
import Synchronization

/// A transport that keeps the requests it gets and answers each as its service does: with thoughts, text and two calls.
final class CannedAnswers: Sendable {
    private let requests = Mutex<[HTTPRequest]>([])

    /// The requests since the last time they were taken.
    func take() -> [HTTPRequest] {
        requests.withLock { requests in
            defer { requests = [] }
            return requests
        }
    }

    var transport: StubTransport {
        StubTransport { [self] request in
            requests.withLock { $0.append(request) }
            let isStream = request.headers["Accept"] == "text/event-stream"
            return HTTPResponse(status: isStream ? 500 : 200, body: Array(Self.answer(to: request.format).utf8))
        }
    }

    private static func answer(to format: String) -> String {
        switch format {
        case "openai-chat": chat
        case "openai-responses": responses
        case "openai-count", "anthropic-count": #"{"input_tokens":7}"#
        case "anthropic-batch":
            #"{"id":"msgbatch_1","processing_status":"in_progress","request_counts":{"processing":1}}"#
        case "anthropic", "anthropic-beta": messages
        case "gemini": gemini
        case "cohere": cohere
        default: #"{"error":{"message":"no such address"}}"#
        }
    }

    private static let chat = """
        {"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{
        "role":"assistant","content":"I look.","reasoning_content":"Hm.","refusal":null,"annotations":[],"tool_calls":[
        {"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"}},
        {"id":"call_2","type":"function","function":{"name":"now","arguments":""}}]}}],
        "usage":{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}}
        """

    private static let responses = """
        {"id":"resp_1","object":"response","status":"completed","model":"m","output":[
        {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"gAAA"},
        {"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[
        {"type":"output_text","text":"I look.","annotations":[],"logprobs":[]}]},
        {"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1","name":"get_weather",
        "arguments":"{\\"city\\":\\"Paris\\"}"},
        {"id":"fc_2","type":"function_call","status":"completed","call_id":"call_2","name":"now","arguments":"{}"}],
        "usage":{"input_tokens":5,"output_tokens":6,"total_tokens":11}}
        """

    private static let messages = """
        {"id":"msg_1","type":"message","role":"assistant","model":"m","stop_reason":"tool_use","stop_sequence":null,
        "content":[{"type":"thinking","thinking":"Hm.","signature":"sig"},{"type":"redacted_thinking","data":"sealed"},
        {"type":"text","text":"I look."},
        {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Paris"}},
        {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],"usage":{"input_tokens":5,"output_tokens":6}}
        """

    private static let gemini = """
        {"candidates":[{"index":0,"finishReason":"STOP","content":{"role":"model","parts":[
        {"text":"Hm.","thought":true},{"text":"I look.","thoughtSignature":"AAAA"},
        {"functionCall":{"name":"get_weather","args":{"city":"Paris"}},"thoughtSignature":"BBBB"},
        {"functionCall":{"id":"f2","name":"now","args":{}}}]}}],
        "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":6,"totalTokenCount":11},"modelVersion":"m"}
        """

    private static let cohere = """
        {"id":"c","finish_reason":"TOOL_CALL","message":{"role":"assistant","tool_plan":"I look.",
        "content":[{"type":"thinking","thinking":"Hm."}],"tool_calls":[
        {"id":"get_weather_1","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"}},
        {"id":"now_2","type":"function","function":{"name":"now","arguments":"{}"}}]},
        "usage":{"tokens":{"input_tokens":5,"output_tokens":6}}}
        """
}

extension HTTPRequest {
    /// The wire format, as the judge names it.
    var format: String {
        let path = url.prefix { $0 != "?" }
        if path.hasSuffix("/chat/completions") { return "openai-chat" }
        if path.hasSuffix("/responses") { return "openai-responses" }
        if path.hasSuffix("/responses/input_tokens") { return "openai-count" }
        if path.hasSuffix("/messages/count_tokens") { return "anthropic-count" }
        if path.hasSuffix("/messages/batches") { return "anthropic-batch" }
        if path.hasSuffix("/messages") { return headers["anthropic-beta"] == nil ? "anthropic" : "anthropic-beta" }
        if path.hasSuffix("enerateContent") { return "gemini" }
        return path.hasSuffix("/v2/chat") ? "cohere" : "unknown: \(path)"
    }
}
