import LanguageModels

/// Writes a whole answer as the stream that its service would have sent, by the reference alone.
enum WireStream {
    /// The events' data; `nil` for what is not written here.
    static func events(of answer: JSONValue, api: String) -> [JSONValue]? {
        switch api {
        case "openai-chat": chat(answer)
        case "openai-responses": responses(answer)
        case "anthropic-messages": anthropic(answer)
        case "cohere-v2-chat": cohere(answer)
        case "gemini-generateContent": gemini(answer)
        default: nil
        }
    }

    /// A text in pieces of five characters.
    private static func pieces(_ text: String) -> [JSONValue] {
        var pieces: [JSONValue] = []
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(.string(String(rest.prefix(5))))
            rest = rest.dropFirst(5)
        }
        return pieces
    }

    private static func with(_ changes: [(String, JSONValue?)], _ value: JSONValue) -> JSONValue {
        var object = value.object ?? JSONObject()
        for (key, member) in changes { object[key] = member }
        return .object(object)
    }

    private static func chat(_ answer: JSONValue) -> [JSONValue]? {
        guard let choice = answer["choices"]?[0], answer["choices"]?.elements.count == 1 else { return nil }
        let frame = with([("choices", nil), ("usage", nil)], answer)
        let message = choice["message"] ?? [:]
        var deltas: [JSONValue] = [["role": "assistant", "content": ""]]
        for key in ["reasoning_content", "reasoning", "content", "refusal"] {
            deltas += pieces(message[key]?.string ?? "").map { .object(JSONObject([(key, $0)])) }
        }
        deltas += (message["reasoning_details"]?.elements ?? []).map { ["reasoning_details": [$0]] }
        deltas += (message["content"]?.elements ?? []).map { ["content": [$0]] }
        for (index, call) in (message["tool_calls"]?.elements ?? []).enumerated() {
            let function = call["function"] ?? [:]
            let begun = with([("index", .integer(index)), ("function", with([("arguments", "")], function))], call)
            deltas.append(["tool_calls": [begun]])
            deltas += pieces(function["arguments"]?.string ?? "").map {
                ["tool_calls": [["index": .integer(index), "function": ["arguments": $0]]]]
            }
        }
        if let call = message["function_call"] {
            deltas.append(["function_call": with([("arguments", "")], call)])
            deltas += pieces(call["arguments"]?.string ?? "").map { ["function_call": ["arguments": $0]] }
        }
        let chunks = deltas.map { with([("choices", [["index": 0, "delta": $0, "finish_reason": nil]])], frame) }
        let finish: JSONValue = ["index": 0, "delta": [:], "finish_reason": choice["finish_reason"] ?? "stop"]
        let usage = with([("choices", []), ("usage", answer["usage"])], frame)
        return chunks + [with([("choices", [finish])], frame), usage]
    }

    private static func responses(_ answer: JSONValue) -> [JSONValue]? {
        guard ["completed", "incomplete"].contains(answer["status"]?.string) else { return nil }
        var events: [JSONValue] = [["type": "response.created", "response": with([("output", [])], answer)]]
        for (index, item) in (answer["output"]?.elements ?? []).enumerated() {
            func event(_ type: String, _ members: [(String, JSONValue?)]) -> JSONValue {
                with(members, ["type": .string("response.\(type)"), "output_index": .integer(index)])
            }
            let empty = with([("content", []), ("summary", []), ("arguments", "")], item)
            events.append(event("output_item.added", [("item", empty)]))
            for (place, part) in (item["content"]?.elements ?? []).enumerated() {
                events += pieces(part["text"]?.string ?? "").map {
                    event("output_text.delta", [("content_index", .integer(place)), ("delta", $0)])
                }
            }
            for (place, part) in (item["summary"]?.elements ?? []).enumerated() {
                events += pieces(part["text"]?.string ?? "").map {
                    event("reasoning_summary_text.delta", [("summary_index", .integer(place)), ("delta", $0)])
                }
            }
            events += pieces(item["arguments"]?.string ?? "").map {
                event("function_call_arguments.delta", [("delta", $0)])
            }
            events.append(event("output_item.done", [("item", item)]))
        }
        return events + [["type": .string("response.\(answer["status"]?.string ?? "")"), "response": answer]]
    }

    private static func anthropic(_ answer: JSONValue) -> [JSONValue] {
        let begun = with([("content", []), ("stop_reason", nil), ("stop_details", nil)], answer)
        var events: [JSONValue] = [["type": "message_start", "message": begun], ["type": "ping"]]
        for (index, block) in (answer["content"]?.elements ?? []).enumerated() {
            func delta(_ type: String, _ key: String, _ value: JSONValue) -> JSONValue {
                let delta = JSONObject([("type", .string(type)), (key, value)])
                return ["type": "content_block_delta", "index": .integer(index), "delta": .object(delta)]
            }
            var start = block
            var deltas: [JSONValue] = []
            switch block["type"]?.string {
            case "text":
                start = with([("text", ""), ("citations", block["citations"].map { _ in [] })], block)
                deltas = (block["citations"]?.elements ?? []).map { delta("citations_delta", "citation", $0) }
                deltas += pieces(block["text"]?.string ?? "").map { delta("text_delta", "text", $0) }
            case "thinking":
                start = with([("thinking", ""), ("signature", "")], block)
                deltas = pieces(block["thinking"]?.string ?? "").map { delta("thinking_delta", "thinking", $0) }
                deltas += block["signature"].map { [delta("signature_delta", "signature", $0)] } ?? []
            case "tool_use", "server_tool_use", "mcp_tool_use":
                start = with([("input", [:])], block)
                let input = block["input"] ?? [:]
                deltas = [delta("input_json_delta", "partial_json", "")]
                deltas += pieces(input == [:] ? "" : input.text)
                    .map { delta("input_json_delta", "partial_json", $0) }
            default: break
            }
            events.append(["type": "content_block_start", "index": .integer(index), "content_block": start])
            events += deltas + [["type": "content_block_stop", "index": .integer(index)]]
        }
        let end = with([("stop_reason", answer["stop_reason"]), ("stop_details", answer["stop_details"])], [:])
        let usage = ["output_tokens": answer["usage"]?["output_tokens"] ?? 0] as JSONValue
        return events + [["type": "message_delta", "delta": end, "usage": usage], ["type": "message_stop"]]
    }

    private static func cohere(_ answer: JSONValue) -> [JSONValue] {
        let message = answer["message"] ?? [:]
        var events: [JSONValue] = [["type": "message-start", "id": answer["id"] ?? nil]]
        func event(_ type: String, _ index: Int, _ key: String, _ value: JSONValue) -> JSONValue {
            let message = JSONValue.object(JSONObject([(key, value)]))
            return ["type": .string(type), "index": .integer(index), "delta": ["message": message]]
        }
        for (index, block) in (message["content"]?.elements ?? []).enumerated() {
            let key = block["type"]?.string ?? "text"
            events.append(event("content-start", index, "content", with([(key, "")], block)))
            events += pieces(block[key]?.string ?? "").map {
                event("content-delta", index, "content", .object(JSONObject([(key, $0)])))
            }
        }
        events += pieces(message["tool_plan"]?.string ?? "").map { event("tool-plan-delta", 0, "tool_plan", $0) }
        for (index, call) in (message["tool_calls"]?.elements ?? []).enumerated() {
            let function = call["function"] ?? [:]
            let begun = with([("function", with([("arguments", "")], function))], call)
            events.append(event("tool-call-start", index, "tool_calls", begun))
            events += pieces(function["arguments"]?.string ?? "").map {
                event("tool-call-delta", index, "tool_calls", ["function": ["arguments": $0]])
            }
        }
        let end = with([("finish_reason", answer["finish_reason"]), ("usage", answer["usage"])], [:])
        return events + [["type": "message-end", "delta": end]]
    }

    private static func gemini(_ answer: JSONValue) -> [JSONValue]? {
        guard let candidate = answer["candidates"]?[0] else { return nil }
        let parts = candidate["content"]?["parts"]?.elements ?? []
        let begun = with([("finishReason", nil)], candidate)
        var chunks = parts.flatMap { part -> [JSONValue] in
            guard let text = part["text"]?.string, part["thoughtSignature"] == nil else { return [part] }
            return pieces(text).map { with([("text", $0)], part) }
        }.map { part in
            with([("candidates", [with([("content", ["role": "model", "parts": [part]])], begun)])], answer)
        }
        chunks.append(with([("candidates", [with([("content", nil)], candidate)])], answer))
        return chunks
    }
}
