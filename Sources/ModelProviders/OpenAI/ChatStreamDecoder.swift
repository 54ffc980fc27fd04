import HTTPTransport
import LanguageModels

/// Reads the chunks of one stream of Chat Completions.
struct ChatStreamDecoder: StreamDecoder {
    /// The numbers of the parts: they stand in the order of a whole answer, whichever comes first.
    private enum Part {
        static let reasoning = 0
        static let text = 1
        static let refusal = 2
        static let firstCall = 3
    }

    private struct Call {
        var part: Int
        var id: String
        var name: String
        var hasMadeUpID = false
        var arguments = ""
        var replay: Replay?
    }

    /// An error that stood beside words; in a box, since it is large and asked about at every chunk.
    private var fault: (any Error)?
    private var id: String?
    private var model: String?
    private var isDone = false
    private var isFinished = false
    private var reason: String?
    private var usage: Usage?
    private var hasReasoned = false
    private var hasRefused = false
    private var reasoning = ""
    private var details = ReasoningDetails()
    private var calls: [Call] = []
    /// Where the call of a number stands in ``calls``.
    private var places: [Int: Int] = [:]

    var failure: ModelError? { fault.flatMap { $0 as? ModelError } }

    mutating func decode(_ event: ServerSentEvent, into events: inout [ModelEvent]) throws {
        if let fault { throw fault }
        guard !isDone else { return }
        let data = event.data.trimmed
        guard let first = data.first else { return }
        if first == UInt8(ascii: "["), data.starts(with: "[DONE]".utf8) {
            isDone = true
            return events += finished()
        }
        if let failed = event.failureInWords { throw OpenAIFailure.error(failed) }
        try JSONReader.read(event: data) { chunk in
            if event.name == "error", !chunk.reportsError {
                throw OpenAIFailure.error(inStream: ["error": chunk.value])
            }
            try decode(chunk, into: &events)
        }
    }

    mutating func finish() throws -> [ModelEvent] {
        if let fault { throw fault }
        guard isDone || reason != nil else {
            throw ModelError(.truncatedStream, "the stream ended without a reason to finish")
        }
        return finished()
    }

    private mutating func decode(_ chunk: JSONView, into events: inout [ModelEvent]) throws {
        let count = events.count
        start(chunk, &events)
        // Most chunks have none of it.
        if chunk["usage"] != nil || chunk["x_groq"] != nil, let now = Usage(chat: chunk), now != usage {
            usage = now
            events.append(.usage(now))
        }
        if let choices = chunk["choices"] {
            for choice in choices.elements where (choice["index"]?.integer ?? 0) == 0 { read(choice, &events) }
        }
        if chunk.reportsError { fault = OpenAIFailure.error(inStream: chunk.value) }
        if let fault, events.count == count { throw fault }
    }

    /// Azure's first chunk has neither id nor model.
    private mutating func start(_ chunk: JSONView, _ events: inout [ModelEvent]) {
        guard id == nil || model == nil else { return }
        let id = id ?? chunk["id"]?.nonEmptyString
        let model = model ?? chunk["model"]?.nonEmptyString
        guard id != self.id || model != self.model else { return }
        self.id = id
        self.model = model
        events.append(.started(id: id, model: model))
    }

    private mutating func read(_ choice: JSONView, _ events: inout [ModelEvent]) {
        reason = choice["finish_reason"]?.nonEmptyString ?? reason
        if choice["error"] != nil, choice.reportsError { fault = OpenAIFailure.error(inStream: choice.value) }
        let delta = choice["delta"] ?? choice["message"]
        let words = delta.map { ChatWords($0) } ?? ChatWords()
        details.add(words.details)
        if !words.reasoning.isEmpty || !words.details.isEmpty {
            reasoning += words.reasoning
            hasReasoned = true
            if !words.reasoning.isEmpty { events.append(.delta(part: Part.reasoning, .reasoning(words.reasoning))) }
        }
        let text = words.text.isEmpty && delta?["content"] == nil ? choice["text"]?.string ?? "" : words.text
        if !text.isEmpty { events.append(.delta(part: Part.text, .text(text))) }
        if !words.refusal.isEmpty {
            hasRefused = true
            events.append(.delta(part: Part.refusal, .refusal(words.refusal)))
        }
        if let calls = delta?["tool_calls"] {
            for call in calls.elements { add(ChatCall(call), &events) }
        }
        if let legacy = delta?["function_call"] {
            var call = ChatCall(function: legacy)
            call.number = 0
            add(call, &events)
        }
    }

    private mutating func add(_ piece: ChatCall, _ events: inout [ModelEvent]) {
        guard let place = place(number: piece.number, id: piece.id, name: piece.name, &events) else { return }
        if let replay = piece.replay { calls[place].replay = replay }
        guard !piece.arguments.isEmpty else { return }
        calls[place].arguments += piece.arguments
        events.append(.delta(part: calls[place].part, .arguments(piece.arguments)))
    }

    /// Where the call stands that a piece belongs to: by its number, else its id; a name begins a new one.
    private mutating func place(number: Int?, id: String, name: String, _ events: inout [ModelEvent]) -> Int? {
        var known = number.flatMap { places[$0] }
        if number == nil {
            known = id.isEmpty ? nil : calls.firstIndex { $0.id == id }
            if known == nil, name.isEmpty { known = calls.indices.last }
        }
        // Some gateways give every call the number 0, but an id and a name of its own.
        if let place = known, !id.isEmpty, !name.isEmpty, !calls[place].hasMadeUpID, calls[place].id != id {
            known = nil
        }
        guard let place = known else { return begin(number: number, id: id, name: name, &events) }
        complete(place, id: id, name: name, &events)
        return place
    }

    private mutating func begin(number: Int?, id: String, name: String, _ events: inout [ModelEvent]) -> Int {
        let place = calls.count
        let call = Call(
            part: Part.firstCall + place,
            id: id.isEmpty ? "call_\(place + 1)" : id,
            name: name,
            hasMadeUpID: id.isEmpty
        )
        calls.append(call)
        if let number { places[number] = place }
        events.append(.delta(part: call.part, .toolCall(id: call.id, name: call.name)))
        return place
    }

    /// Takes an id or a name that comes late; the first that is not empty stays.
    private mutating func complete(_ place: Int, id: String, name: String, _ events: inout [ModelEvent]) {
        let needsID = calls[place].hasMadeUpID && !id.isEmpty
        let needsName = calls[place].name.isEmpty && !name.isEmpty
        guard needsID || needsName else { return }
        if needsID {
            calls[place].id = id
            calls[place].hasMadeUpID = false
        }
        if needsName { calls[place].name = name }
        events.append(.delta(part: calls[place].part, .toolCall(id: calls[place].id, name: calls[place].name)))
    }

    private mutating func finished() -> [ModelEvent] {
        guard !isFinished else { return [] }
        isFinished = true
        var events: [ModelEvent] = []
        if hasReasoned, let replay = ChatAnswer.replay(of: details.entries) {
            events.append(.part(Part.reasoning, MessagePart(.reasoning(reasoning), replay: replay)))
        }
        for call in calls where call.replay != nil {
            let made = ToolCall(id: call.id, name: call.name, arguments: call.arguments)
            events.append(.part(call.part, MessagePart(.toolCall(made), replay: call.replay)))
        }
        let finish = FinishReason(chat: reason, callsTools: !calls.isEmpty, declines: hasRefused)
        events.append(.finished(finish, raw: reason))
        return events
    }
}

/// Puts the pieces of sealed reasoning together; time and memory grow with what comes, not with the number of pieces.
struct ReasoningDetails: Sendable {
    private struct Key: Hashable {
        var index: JSONValue?
        var type: JSONValue?
    }

    private var whole: [JSONValue] = []
    /// The texts that grow, by entry and member, kept apart so that appending stays cheap.
    private var texts: [Int: [String: String]] = [:]
    private var places: [Key: Int] = [:]

    /// Adds pieces: those that belong to one entry, by number and type, grow together; the others are kept as they are.
    mutating func add(_ pieces: [JSONValue]) {
        for piece in pieces {
            let key = Key(index: piece["index"], type: piece["type"])
            if key.index != nil, let place = places[key], let more = piece.object {
                grow(place, by: more)
            } else {
                places[key] = whole.count
                whole.append(piece)
            }
        }
    }

    /// The entries as they have grown.
    var entries: [JSONValue] {
        whole.enumerated().map { place, entry in
            guard let grown = texts[place], var object = entry.object else { return entry }
            for (key, text) in grown { object[key] = .string(text) }
            return .object(object)
        }
    }

    private mutating func grow(_ place: Int, by more: JSONObject) {
        for (key, value) in more.members where value != .null {
            if ["text", "summary", "data"].contains(key), let text = value.string {
                if texts[place]?[key] == nil { texts[place, default: [:]][key] = whole[place][key]?.string ?? "" }
                texts[place]?[key]?.append(text)
                if whole[place][key] != nil { continue }
            }
            guard var object = whole[place].object else { continue }
            // Of a text that grows only the place among the members counts here.
            object[key] = value
            whole[place] = .object(object)
        }
    }
}

extension [UInt8] {
    /// The bytes without white space around them.
    var trimmed: ArraySlice<UInt8> {
        var slice = self[...]
        while let byte = slice.first, byte <= 0x20 { slice = slice.dropFirst() }
        while let byte = slice.last, byte <= 0x20 { slice = slice.dropLast() }
        return slice
    }
}

extension JSONValue {
    /// The JSON of an event of a stream.
    ///
    /// - Throws: ``ModelError`` of kind `undecodableAnswer`, with the event's beginning.
    init(event data: ArraySlice<UInt8>) throws {
        do {
            try self.init(parsing: data)
        } catch {
            throw ModelError(error, inPiece: data)
        }
    }
}

extension JSONReader {
    /// Reads the JSON of an event of a stream.
    ///
    /// - Throws: ``ModelError`` of kind `undecodableAnswer`, with the event's beginning; what `use` throws.
    static func read(event data: ArraySlice<UInt8>, _ use: (JSONView) throws -> Void) throws {
        do {
            try data.withUnsafeBufferPointer { try read($0, use) }
        } catch let error as JSONSyntaxError {
            throw ModelError(error, inPiece: data)
        }
    }
}

extension ModelError {
    fileprivate init(_ error: JSONSyntaxError, inPiece data: ArraySlice<UInt8>) {
        self.init(.undecodableAnswer, "a piece of the stream is \(error)")
        answerText = String(decoding: data.prefix(4096), as: UTF8.self)
    }
}
