import HTTPTransport
import LanguageModels

/// Reads the events of one stream of Responses.
///
/// Pieces are given as they come; when an item is done, its parts replace what the pieces added up to.
struct ResponsesStreamDecoder: StreamDecoder {
    /// A piece of an item: a part of its content, a part of its summary, or the item itself.
    private struct Place: Hashable {
        var item: Int
        var kind: Kind
        var index: Int
    }

    private enum Kind: Hashable {
        case content
        case summary
        case call
    }

    private var hasStarted = false
    private var isFinished = false
    private var partCount = 0
    /// The numbers of an item's parts, in the order in which they began.
    private var parts: [Int: [Int]] = [:]
    private var numbers: [Place: Int] = [:]
    private var doneItems: [Int: [MessagePart]] = [:]
    private var itemCount = 0

    mutating func decode(_ event: ServerSentEvent) throws -> [ModelEvent] {
        let data = event.data.trimmed
        if isFinished || data.isEmpty || data.starts(with: "[DONE]".utf8) { return [] }
        let json = try JSONValue(event: data)
        guard let type = json["type"]?.string ?? event.name else {
            return try decodeUntyped(json)
        }
        switch type {
        case "error": throw OpenAIFailure.error(inStream: json["error"] == nil ? ["error": json] : json)
        case "response.failed": throw ResponsesAnswer.failure(of: json["response"] ?? json)
        case "response.created", "response.queued", "response.in_progress": return start(json["response"] ?? json)
        case "response.completed", "response.incomplete", "response.cancelled", "response.done":
            return finish(with: json["response"] ?? json)
        default: return read(json, type: type)
        }
    }

    /// A whole answer, from a server that does not stream; or a bare error.
    private mutating func decodeUntyped(_ json: JSONValue) throws -> [ModelEvent] {
        if json.reportsError { throw OpenAIFailure.error(inStream: json) }
        guard json["output"] != nil else { return [] }
        guard try ResponsesAnswer.response(json).finishReason != .queued else {
            let words = "the service makes the answer in the background and does not stream it; ask for it whole"
            throw ModelError(.unsupported, words)
        }
        return start(json) + finish(with: json)
    }

    mutating func finish() throws -> [ModelEvent] {
        guard isFinished else {
            throw ModelError(.truncatedStream, "the stream ended before the answer was complete")
        }
        return []
    }

    private mutating func start(_ response: JSONValue) -> [ModelEvent] {
        guard !hasStarted, response["id"] != nil || response["model"] != nil else { return [] }
        hasStarted = true
        return [.started(id: response["id"]?.string, model: response["model"]?.string)]
    }

    private mutating func read(_ json: JSONValue, type: String) -> [ModelEvent] {
        let item = json["output_index"]?.integer ?? max(itemCount - 1, 0)
        let content = Place(item: item, kind: .content, index: json["content_index"]?.integer ?? 0)
        let delta = json["delta"]?.string ?? ""
        switch type {
        case "response.output_item.added":
            itemCount = max(itemCount, item &+ 1)
            return begin(json["item"] ?? .null, item: item)
        case "response.output_item.done":
            return json["item"].map { complete(item, with: $0) } ?? []
        case "response.output_text.delta": return grow(content, by: .text(delta))
        case "response.refusal.delta": return grow(content, by: .refusal(delta))
        case "response.reasoning_text.delta": return grow(content, by: .reasoning(delta))
        case "response.reasoning_summary_text.delta":
            let summary = Place(item: item, kind: .summary, index: json["summary_index"]?.integer ?? 0)
            return grow(summary, by: .reasoning(delta))
        case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta":
            return grow(Place(item: item, kind: .call, index: 0), by: .arguments(delta))
        default: return []
        }
    }

    private mutating func begin(_ json: JSONValue, item: Int) -> [ModelEvent] {
        guard json["type"]?.string == "function_call" || json["type"]?.string == "custom_tool_call",
            case .toolCall(let call)? = ResponsesAnswer.parts(of: json).first?.content
        else { return [] }
        let part = number(of: Place(item: item, kind: .call, index: 0))
        return [.delta(part: part, .toolCall(id: call.id, name: call.name))]
    }

    private mutating func grow(_ place: Place, by delta: MessageDelta) -> [ModelEvent] {
        switch delta {
        case .text(""), .reasoning(""), .refusal(""), .arguments(""): return []
        default: return [.delta(part: number(of: place), delta)]
        }
    }

    /// The number of a part, which begins when it is asked for.
    private mutating func number(of place: Place) -> Int {
        if let number = numbers[place] { return number }
        defer { partCount += 1 }
        numbers[place] = partCount
        parts[place.item, default: []].append(partCount)
        return partCount
    }

    /// Replaces what has come of an item by the item as it is.
    private mutating func complete(_ item: Int, with json: JSONValue) -> [ModelEvent] {
        let made = ResponsesAnswer.parts(of: json)
        doneItems[item] = made
        var known = parts[item] ?? []
        while known.count < made.count {
            known.append(partCount)
            partCount += 1
        }
        parts[item] = known
        return zip(known, made).map { .part($0, $1) }
    }

    /// The end: items that never were done are taken from the whole answer.
    private mutating func finish(with response: JSONValue) -> [ModelEvent] {
        var events = start(response)
        for (index, item) in (response["output"]?.elements ?? []).enumerated() where doneItems[index] == nil {
            events += complete(index, with: item)
        }
        isFinished = true
        if let usage = Usage(responses: response["usage"]) { events.append(.usage(usage)) }
        let made = doneItems.values.flatMap(\.self)
        let reason = ResponsesAnswer.reason(of: response, parts: made)
        return events + [.finished(reason, raw: ResponsesAnswer.rawReason(of: response))]
    }
}
