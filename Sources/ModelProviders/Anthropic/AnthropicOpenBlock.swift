import LanguageModels

/// A block of an answer that is on its way.
struct AnthropicOpenBlock {
    private enum Kind {
        case text
        case thinking
        case call
        /// A call of the tool for structured answers, whose arguments are the answer's text.
        case answer
        case other
    }

    private let index: Int
    private let kind: Kind
    /// The block as it began; all but text and arguments is added to it.
    private var block: JSONObject
    private var text = ""
    private var citations: [JSONValue] = []

    /// A block as it begins.
    init(_ block: JSONValue, index: Int) {
        self.index = index
        self.block = block.object ?? JSONObject()
        kind =
            switch block["type"]?.string {
            case "text": .text
            case "thinking": .thinking
            case "tool_use": block["name"]?.string == AnthropicRequest.answerTool ? .answer : .call
            default: .other
            }
    }

    /// A block whose beginning was not sent.
    init(forDelta delta: JSONValue, index: Int) {
        let block: JSONValue =
            switch delta["type"]?.string {
            case "text_delta", "citations_delta": ["type": "text", "text": ""]
            case "thinking_delta", "signature_delta": ["type": "thinking", "thinking": ""]
            default: [:]
            }
        self.init(block, index: index)
    }

    /// Whether the caller is to run a tool.
    var isCall: Bool { kind == .call }

    /// What the beginning itself says.
    var opening: [ModelEvent] {
        switch kind {
        case .text: delta(block["text"]?.string) { .text($0) }
        case .thinking: delta(block["thinking"]?.string) { .reasoning($0) }
        case .call:
            [
                .delta(
                    part: index,
                    .toolCall(id: block["id"]?.nonEmptyString ?? AnthropicAnswer.madeUpID(index), name: string("name"))
                )
            ]
        case .answer, .other: []
        }
    }

    /// Takes a piece.
    mutating func add(_ delta: JSONValue) -> [ModelEvent] {
        switch delta["type"]?.string {
        case "text_delta": return grow(by: delta["text"]?.string) { .text($0) }
        case "thinking_delta": return grow(by: delta["thinking"]?.string) { .reasoning($0) }
        case "input_json_delta": return grow(by: delta["partial_json"]?.string, argumentDelta)
        case "signature_delta":
            block["signature"] = .string(string("signature") + (delta["signature"]?.string ?? ""))
        case "citations_delta":
            if let citation = delta["citation"] { citations.append(citation) }
        default:
            merge(delta)
        }
        return []
    }

    /// The part as it is to be kept, where its pieces do not say it all.
    var closing: [ModelEvent] {
        switch kind {
        case .text:
            return citations.isEmpty ? [] : whole { $0["text"] = .string(beginning("text")) }
        case .thinking:
            return string("signature").isEmpty ? [] : whole { $0["thinking"] = .string(beginning("thinking")) }
        case .call where AnthropicAnswer.caller(.object(block)) != nil:
            return whole { if !text.isEmpty { $0["input"] = .string(text) } }
        case .call:
            // The arguments of some come whole with the beginning.
            let input = block["input"] ?? [:]
            return text.isEmpty && input != [:] ? [.delta(part: index, .arguments(input.string ?? input.text))] : []
        case .answer:
            return text.isEmpty ? [.delta(part: index, .text((block["input"] ?? [:]).text))] : []
        case .other:
            return whole { object in
                if let input = try? JSONValue(parsing: text) { object["input"] = input }
            }
        }
    }

    private func argumentDelta(_ text: String) -> MessageDelta {
        kind == .answer ? .text(text) : .arguments(text)
    }

    private func string(_ key: String) -> String { block[key]?.string ?? "" }

    private func beginning(_ key: String) -> String { string(key) + text }

    private mutating func grow(by piece: String?, _ change: (String) -> MessageDelta) -> [ModelEvent] {
        guard let piece, !piece.isEmpty else { return [] }
        text += piece
        return kind == .other ? [] : [.delta(part: index, change(piece))]
    }

    private func delta(_ piece: String?, _ change: (String) -> MessageDelta) -> [ModelEvent] {
        guard let piece, !piece.isEmpty else { return [] }
        return [.delta(part: index, change(piece))]
    }

    private func whole(_ complete: (inout JSONObject) -> Void) -> [ModelEvent] {
        var object = block
        complete(&object)
        if !citations.isEmpty { object["citations"] = .array(citations) }
        return AnthropicAnswer.part(.object(object), at: index).map { [.part(index, $0)] } ?? []
    }

    /// Pieces of kinds that are not known here: texts are appended, all else replaces what was there.
    private mutating func merge(_ delta: JSONValue) {
        for (key, value) in delta.object?.members ?? [] where key != "type" && value != .null {
            if let begun = block[key]?.string, let more = value.string {
                block[key] = .string(begun + more)
            } else {
                block[key] = value
            }
        }
    }
}
