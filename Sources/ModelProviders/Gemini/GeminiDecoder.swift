import HTTPTransport
import LanguageModels

/// Reads a stream, each of whose events is an answer in itself that goes on with the one before.
struct GeminiDecoder: StreamDecoder {
    private var reader = GeminiPartReader()
    private var isStarted = false
    private var model: String?
    /// The number of the candidate that is read; others may come in events of their own.
    private var candidate: Int?
    private var usage = JSONObject()
    private var finishReason: String?
    private var blockReason: String?
    /// The beginning of the first event that had nothing of an answer.
    private var strange: JSONValue?
    /// What is wrong with the last event; where nothing comes after it, it was cut off.
    private var broken: ModelError?

    mutating func decode(_ event: ServerSentEvent, into events: inout [ModelEvent]) throws {
        events += try self.events(of: event)
    }

    private mutating func events(of event: ServerSentEvent) throws -> [ModelEvent] {
        guard event.data.contains(where: { $0 > 0x20 }), !event.isEndMark else { return [] }
        if let failed = event.failureInWords { throw GeminiFailure(failed).error }
        if let broken { throw broken }
        do {
            return try decode(try JSONValue(parsing: event.data))
        } catch let error as JSONSyntaxError {
            var failure = ModelError(.undecodableAnswer, error.description)
            failure.answerText = String(decoding: event.data.prefix(4096), as: UTF8.self)
            broken = failure
            return []
        }
    }

    /// What an answer, or a list of answers, adds.
    mutating func decode(_ json: JSONValue) throws -> [ModelEvent] {
        if case .array(let elements) = json {
            var events: [ModelEvent] = []
            for element in elements { events += try decode(element) }
            return events
        }
        guard !json.reportsError else { throw GeminiFailure(FailedAnswer(inStream: json)).error }
        guard GeminiAnswer.isAnswer(json) else {
            strange = strange ?? json
            return []
        }
        var events = start(json)
        let candidate = nextPiece(json)
        for part in candidate?["content"]?["parts"]?.elements ?? [] { append(reader.read(part), to: &events) }
        finishReason = candidate?["finishReason"]?.string ?? finishReason
        blockReason = json["promptFeedback"]?["blockReason"]?.string ?? blockReason
        readUsage(json["usageMetadata"], &events)
        return events
    }

    mutating func finish() throws -> [ModelEvent] {
        if let broken, finishReason != nil || blockReason != nil { throw broken }
        var events: [ModelEvent] = []
        append(reader.close(), to: &events)
        if let finishReason {
            let reason = GeminiAnswer.finishReason(finishReason, hasCalls: reader.hasCalls)
            return events + [.finished(reason, raw: finishReason)]
        }
        if let blockReason { return events + [.finished(.contentFilter, raw: blockReason)] }
        if let strange, !isStarted { throw GeminiAnswer.undecodable(strange) }
        throw ModelError(.truncatedStream, "the stream ended before the service said why the answer was over")
    }

    private mutating func start(_ json: JSONValue) -> [ModelEvent] {
        let known = (reader.responseID, model)
        if known.0 == nil { reader.responseID = json["responseId"]?.nonEmptyString }
        if known.1 == nil { model = json["modelVersion"]?.nonEmptyString }
        guard !isStarted || known != (reader.responseID, model) else { return [] }
        isStarted = true
        return [.started(id: reader.responseID, model: model)]
    }

    /// What an event says of the candidate that is read: the first of those that come first.
    private mutating func nextPiece(_ json: JSONValue) -> JSONValue? {
        guard let candidates = json["candidates"]?.elements, !candidates.isEmpty else { return nil }
        let number = candidate ?? candidates.lazy.map(GeminiAnswer.number).min()
        candidate = number
        return candidates.first { GeminiAnswer.number($0) == number }
    }

    /// Every event counts from the beginning; the last value of each member is kept.
    private mutating func readUsage(_ json: JSONValue?, _ events: inout [ModelEvent]) {
        guard case .object(let members)? = json else { return }
        for (key, value) in members.members where value != .null { usage[key] = value }
        if let usage = GeminiAnswer.usage(.object(usage)) { events.append(.usage(usage)) }
    }

    private func append(_ steps: [GeminiPartReader.Step], to events: inout [ModelEvent]) {
        for step in steps {
            switch step {
            case .growth(let index, let delta):
                events.append(.delta(part: index, delta))
            case .whole(let index, let part):
                // Who reads along hears signed texts like all others.
                if case .text(let text) = part.content { events.append(.delta(part: index, .text(text))) }
                if case .reasoning(let text) = part.content, !text.isEmpty {
                    events.append(.delta(part: index, .reasoning(text)))
                }
                events.append(.part(index, part))
            }
        }
    }
}

extension ServerSentEvent {
    /// Whether this is the end mark of other services, which proxies add.
    fileprivate var isEndMark: Bool {
        data.starts(with: "[DONE]".utf8)
    }
}
