import HTTPTransport
import LanguageModels

/// Reads the events of one stream of Responses.
///
/// Pieces are given as they come; when an item is done, its parts replace what the pieces added up to.
struct ResponsesStreamDecoder: StreamDecoder {
    private var hasStarted = false
    private var isFinished = false
    private var items = ResponsesStreamItems()
    /// Why the answer failed, beside what it used; in a box, since it is large and asked about often.
    private var fault: (any Error)?

    var failure: ModelError? { fault.flatMap { $0 as? ModelError } }

    mutating func decode(_ event: ServerSentEvent, into events: inout [ModelEvent]) throws {
        if let fault { throw fault }
        events += try self.events(of: event)
    }

    private mutating func events(of event: ServerSentEvent) throws -> [ModelEvent] {
        let data = event.data.trimmed
        if isFinished || data.isEmpty || data.starts(with: "[DONE]".utf8) { return [] }
        if let failed = event.failureInWords { throw OpenAIFailure.error(failed) }
        let json = try JSONValue(event: data)
        guard let type = json["type"]?.string ?? event.name else {
            return try decodeUntyped(json)
        }
        switch type {
        case "error": throw OpenAIFailure.error(inStream: json["error"] == nil ? ["error": json] : json)
        case "response.failed": return try fail(with: json["response"] ?? json)
        case "response.created", "response.queued", "response.in_progress": return start(json["response"] ?? json)
        case "response.completed", "response.incomplete", "response.cancelled", "response.done":
            return finish(with: json["response"] ?? json)
        default:
            if json.reportsError { throw OpenAIFailure.error(inStream: json) }
            return items.read(json, type: type)
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

    /// The end of an answer that failed: it may have cost something.
    private mutating func fail(with response: JSONValue) throws -> [ModelEvent] {
        let error = ResponsesAnswer.failure(of: response)
        guard let usage = Usage(responses: response["usage"]) else { throw error }
        fault = error
        return [.usage(usage)]
    }

    mutating func finish() throws -> [ModelEvent] {
        if let fault { throw fault }
        guard isFinished else {
            throw ModelError(.truncatedStream, "the stream ended before the answer was complete")
        }
        return []
    }

    private mutating func start(_ response: JSONValue) -> [ModelEvent] {
        let (id, model) = (response["id"]?.nonEmptyString, response["model"]?.nonEmptyString)
        guard !hasStarted, id != nil || model != nil else { return [] }
        hasStarted = true
        return [.started(id: id, model: model)]
    }

    /// The end: items that never were done are taken from the whole answer.
    private mutating func finish(with response: JSONValue) -> [ModelEvent] {
        var events = start(response) + items.complete(with: response["output"]?.elements ?? [])
        isFinished = true
        if let usage = Usage(responses: response["usage"]) { events.append(.usage(usage)) }
        let reason = ResponsesAnswer.reason(of: response, callsTools: items.callsTools, declines: items.declines)
        return events + [.finished(reason, raw: ResponsesAnswer.rawReason(of: response))]
    }
}
