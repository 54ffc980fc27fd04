import HTTPTransport
import LanguageModels

/// Reads a stream of Anthropic's, event by event.
struct AnthropicStream: StreamDecoder {
    private var hasStarted = false
    private var isStopped = false
    private var usage = JSONObject()
    private var stopReason: String?
    private var stopDetails: JSONValue?
    private var hasCalls = false
    private var blocks: [Int: AnthropicOpenBlock] = [:]
    private var nextIndex = 0
    /// The numbers of the blocks that have been closed.
    private var closed: Set<Int> = []

    mutating func decode(_ event: ServerSentEvent, into events: inout [ModelEvent]) throws {
        events += try self.events(of: event)
    }

    private mutating func events(of event: ServerSentEvent) throws -> [ModelEvent] {
        // A message that is done stays as it is.
        guard !isStopped, let json = try value(of: event) else { return [] }
        switch json["type"]?.string ?? event.name {
        case "message_start": return start(json["message"] ?? json)
        case "content_block_start": return open(json)
        case "content_block_delta": return grow(json)
        case "content_block_stop": return close(json["index"]?.integer ?? 0)
        case "message_delta": return change(json)
        case "message_stop": return stop()
        case "message": return try take(json)
        case "error": throw AnthropicFailure.error(FailedAnswer(inStream: json))
        default:
            guard !json.reportsError else { throw AnthropicFailure.error(FailedAnswer(inStream: json)) }
            return []
        }
    }

    mutating func finish() throws -> [ModelEvent] {
        if isStopped { return [] }
        // Some proxies leave out the last event; a reason to stop says as much.
        guard stopReason != nil else {
            throw ModelError(.truncatedStream, "the stream ended before the message did")
        }
        return stop()
    }

    private func value(of event: ServerSentEvent) throws -> JSONValue? {
        do {
            return try JSONValue(parsing: event.data)
        } catch {
            let text = event.text
            // Keep-alives and end marks of proxies.
            if text.allSatisfy(\.isWhitespace) || text.hasPrefix("[DONE]") || event.name == "ping" { return nil }
            if let failed = event.failureInWords { throw AnthropicFailure.error(failed) }
            var failure = ModelError(.undecodableAnswer, "an event of the stream is \(error)")
            failure.answerText = String(decoding: event.data.prefix(4096), as: UTF8.self)
            throw failure
        }
    }

    /// Proxies repeat the start; the first counts.
    private mutating func start(_ message: JSONValue) -> [ModelEvent] {
        guard !hasStarted else { return [] }
        hasStarted = true
        let started = ModelEvent.started(id: message["id"]?.nonEmptyString, model: message["model"]?.nonEmptyString)
        return [started] + count(message["usage"])
    }

    /// Later numbers replace earlier ones, each for itself; what is `null` or absent replaces nothing.
    private mutating func count(_ json: JSONValue?) -> [ModelEvent] {
        for (key, value) in json?.object?.members ?? [] where value != .null { usage[key] = value }
        return AnthropicAnswer.usage(.object(usage)).map { [.usage($0)] } ?? []
    }

    /// A whole message, from a server that does not stream.
    private mutating func take(_ message: JSONValue) throws -> [ModelEvent] {
        guard !hasStarted else { return [] }
        isStopped = true
        return try AnthropicAnswer.response(message).events
    }

    private mutating func open(_ json: JSONValue) -> [ModelEvent] {
        let index = json["index"]?.integer ?? nextIndex
        // Some proxies give all blocks one number.
        let number = closed.contains(index) ? nextIndex : index
        nextIndex = max(nextIndex, number &+ 1)
        // What does not say what it is shows it by its pieces.
        guard let begun = json["content_block"], begun["type"] != nil else { return [] }
        let block = AnthropicOpenBlock(begun, index: number)
        blocks[index] = block
        hasCalls = hasCalls || block.isCall
        return block.opening
    }

    private mutating func grow(_ json: JSONValue) -> [ModelEvent] {
        let index = json["index"]?.integer ?? max(nextIndex - 1, 0)
        guard let delta = json["delta"] else { return [] }
        nextIndex = max(nextIndex, index &+ 1)
        return blocks[index, default: AnthropicOpenBlock(forDelta: delta, index: index)].add(delta)
    }

    private mutating func close(_ index: Int) -> [ModelEvent] {
        closed.insert(index)
        return blocks.removeValue(forKey: index)?.closing ?? []
    }

    private mutating func change(_ json: JSONValue) -> [ModelEvent] {
        stopReason = json["delta"]?["stop_reason"]?.string ?? stopReason
        stopDetails = json["delta"]?["stop_details"] ?? stopDetails
        return count(json["usage"])
    }

    private mutating func stop() -> [ModelEvent] {
        guard !isStopped else { return [] }
        isStopped = true
        var events = blocks.keys.sorted().flatMap { close($0) }
        if let refusal = AnthropicAnswer.refusal(stopDetails) { events.append(.part(nextIndex, refusal)) }
        events.append(.finished(AnthropicAnswer.finishReason(stopReason, hasCalls: hasCalls), raw: stopReason))
        return events
    }
}
