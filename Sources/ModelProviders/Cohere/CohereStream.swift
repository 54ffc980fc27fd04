import HTTPTransport
import LanguageModels

/// Reads a stream of Cohere's, event by event.
struct CohereStream: StreamDecoder {
    private enum Place: Hashable {
        case content(Int)
        case call(Int)
        case plan
    }

    private var numbers: [Place: Int] = [:]
    private var plan = ""
    private var toldPlan = ""
    private var hasCalls = false
    private var isFinished = false
    /// Why the answer failed, told once all of it has been handed over.
    private(set) var failure: ModelError?

    mutating func decode(_ event: ServerSentEvent, into events: inout [ModelEvent]) throws {
        events += try self.events(of: event)
    }

    private mutating func events(of event: ServerSentEvent) throws -> [ModelEvent] {
        if let failure { throw failure }
        guard !isFinished, let json = try value(of: event) else { return [] }
        let message = json["delta"]?["message"]
        let index = json["index"]?.integer ?? 0
        switch json["type"]?.string ?? event.name {
        case "message-start":
            return [.started(id: json["id"]?.nonEmptyString, model: json["model"]?.nonEmptyString)]
        case "content-start", "content-delta":
            return grow(message?["content"] ?? [:], number(of: .content(index)))
        case "tool-plan-delta":
            _ = number(of: .plan)
            plan += message?["tool_plan"]?.string ?? ""
            return []
        case "tool-call-start":
            return plannedPart() + begin(call(in: message), at: index)
        case "tool-call-delta":
            return arguments(call(in: message), number(of: .call(index)))
        case "message-end":
            return end(json)
        case "error":
            throw CohereFailure.error(FailedAnswer(inStream: json))
        default:
            return try other(json)
        }
    }

    mutating func finish() throws -> [ModelEvent] {
        if let failure { throw failure }
        guard isFinished else { throw ModelError(.truncatedStream, "the stream ended before the message did") }
        return []
    }

    private func value(of event: ServerSentEvent) throws -> JSONValue? {
        do {
            return try JSONValue(parsing: event.data)
        } catch {
            let text = event.text
            if text.allSatisfy(\.isWhitespace) || text.contains("[DONE]") { return nil }
            if let failed = event.failureInWords { throw CohereFailure.error(failed) }
            var failure = ModelError(.undecodableAnswer, "an event of the stream is \(error)")
            failure.answerText = String(decoding: event.data.prefix(4096), as: UTF8.self)
            throw failure
        }
    }

    /// The parts of an answer are numbered in the order of their first pieces.
    private mutating func number(of place: Place) -> Int {
        if let number = numbers[place] { return number }
        let number = numbers.count
        numbers[place] = number
        return number
    }

    private func grow(_ content: JSONValue, _ number: Int) -> [ModelEvent] {
        if let text = content["text"]?.string { return text.isEmpty ? [] : [.delta(part: number, .text(text))] }
        if let text = content["thinking"]?.string {
            return text.isEmpty ? [] : [.delta(part: number, .reasoning(text))]
        }
        guard content["type"] != nil, let part = CohereAnswer.part(content) else { return [] }
        return [.part(number, part)]
    }

    /// The calls of a piece are one object; some servers make it a list of one.
    private func call(in message: JSONValue?) -> JSONValue {
        let calls = message?["tool_calls"]
        return calls?[0] ?? calls ?? [:]
    }

    private mutating func begin(_ call: JSONValue, at index: Int) -> [ModelEvent] {
        let number = number(of: .call(index))
        hasCalls = true
        let id = call["id"]?.nonEmptyString ?? "call_\(index &+ 1)"
        let begun = ModelEvent.delta(part: number, .toolCall(id: id, name: call["function"]?["name"]?.string ?? ""))
        return [begun] + arguments(call, number)
    }

    private func arguments(_ call: JSONValue, _ number: Int) -> [ModelEvent] {
        let arguments = call["function"]?["arguments"].map { $0.string ?? $0.text } ?? ""
        guard !arguments.isEmpty else { return [] }
        return [.delta(part: number, .arguments(arguments))]
    }

    private mutating func plannedPart() -> [ModelEvent] {
        guard plan != toldPlan else { return [] }
        toldPlan = plan
        return [.part(number(of: .plan), CohereAnswer.plan(plan))]
    }

    private mutating func end(_ json: JSONValue) -> [ModelEvent] {
        isFinished = true
        let delta = json["delta"] ?? json
        let raw = delta["finish_reason"]?.string
        let reason = CohereAnswer.finishReason(raw, hasCalls: hasCalls)
        var events = plannedPart()
        if let usage = CohereAnswer.usage(delta["usage"]) { events.append(.usage(usage)) }
        events.append(.finished(reason, raw: raw))
        if reason == .error { failure = CohereFailure.error(ended: delta, reason: raw) }
        return events
    }

    /// Ends of parts, citations and what is not known say nothing; a bare message is an error.
    private mutating func other(_ json: JSONValue) throws -> [ModelEvent] {
        if json["type"] == nil, json["message"]?.object != nil, !isFinished {
            // A whole answer, from a server that does not stream.
            isFinished = true
            return try CohereAnswer.response(json).events
        }
        let isFailure = json.reportsError || (json["type"] == nil && json["message"]?.string != nil)
        if isFailure { throw CohereFailure.error(FailedAnswer(inStream: json)) }
        return []
    }
}
