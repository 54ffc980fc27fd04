import LanguageModels

/// One item of the output of OpenAI's Responses.
struct ResponseItem {
    enum Content {
        case reasoning(String)
        case message([String], isRefusal: Bool)
        case call(Answer.ToolCall)
    }

    let id: String
    let content: Content

    /// The item when it is complete.
    var finished: JSONValue { value(isComplete: true) }

    /// Writes the events in which the item comes.
    func write(to sequence: inout EventSequence, index: Int) {
        let place: JSONValue = ["output_index": .integer(index)]
        sequence.add("response.output_item.added", Self.joined(place, ["item": value(isComplete: false)]))
        switch content {
        case .reasoning(let text): writeSummary(text, to: &sequence, index: index)
        case .message(let pieces, let isRefusal):
            writeText(pieces, isRefusal: isRefusal, to: &sequence, index: index)
        case .call(let call): writeArguments(call, to: &sequence, index: index)
        }
        sequence.add("response.output_item.done", Self.joined(place, ["item": finished]))
    }

    private func value(isComplete: Bool) -> JSONValue {
        let status: JSONValue = isComplete ? "completed" : "in_progress"
        switch content {
        case .reasoning(let text):
            return ["id": .string(id), "type": "reasoning", "summary": isComplete ? [Self.summary(text)] : []]
        case .message(let pieces, let isRefusal):
            let part = Self.part(pieces.joined(), isRefusal: isRefusal)
            return [
                "id": .string(id), "type": "message", "status": status, "role": "assistant",
                "content": isComplete ? [part] : [],
            ]
        case .call(let call):
            return [
                "id": .string(id), "type": "function_call", "status": status, "call_id": .string(call.id),
                "name": .string(call.name), "arguments": .string(isComplete ? call.arguments.text : ""),
            ]
        }
    }

    private static func summary(_ text: String) -> JSONValue {
        ["type": "summary_text", "text": .string(text)]
    }

    private static func part(_ text: String, isRefusal: Bool) -> JSONValue {
        isRefusal
            ? ["type": "refusal", "refusal": .string(text)]
            : ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
    }

    private static func joined(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
        .object(JSONObject((first.object?.members ?? []) + (second.object?.members ?? [])))
    }

    private func place(_ index: Int, _ key: String) -> JSONValue {
        ["item_id": .string(id), "output_index": .integer(index), key: 0]
    }

    private func writeSummary(_ text: String, to sequence: inout EventSequence, index: Int) {
        let place = place(index, "summary_index")
        let name = "response.reasoning_summary"
        sequence.add("\(name)_part.added", Self.joined(place, ["part": Self.summary("")]))
        for piece in Answer.pieces(of: text) {
            sequence.add("\(name)_text.delta", Self.joined(place, ["delta": .string(piece)]))
        }
        sequence.add("\(name)_text.done", Self.joined(place, ["text": .string(text)]))
        sequence.add("\(name)_part.done", Self.joined(place, ["part": Self.summary(text)]))
    }

    private func writeText(_ pieces: [String], isRefusal: Bool, to sequence: inout EventSequence, index: Int) {
        let place = place(index, "content_index")
        let name = isRefusal ? "response.refusal" : "response.output_text"
        let text = pieces.joined()
        sequence.add(
            "response.content_part.added",
            Self.joined(place, ["part": Self.part("", isRefusal: isRefusal)])
        )
        for piece in pieces { sequence.add("\(name).delta", Self.joined(place, ["delta": .string(piece)])) }
        let whole: JSONValue = isRefusal ? ["refusal": .string(text)] : ["text": .string(text)]
        sequence.add("\(name).done", Self.joined(place, whole))
        sequence.add(
            "response.content_part.done",
            Self.joined(place, ["part": Self.part(text, isRefusal: isRefusal)])
        )
    }

    private func writeArguments(_ call: Answer.ToolCall, to sequence: inout EventSequence, index: Int) {
        let place: JSONValue = ["item_id": .string(id), "output_index": .integer(index)]
        let name = "response.function_call_arguments"
        let text = call.arguments.text
        for piece in Answer.pieces(of: text) {
            sequence.add("\(name).delta", Self.joined(place, ["delta": .string(piece)]))
        }
        sequence.add("\(name).done", Self.joined(place, ["arguments": .string(text)]))
    }
}
