/// Adds the events of a stream up to the answer they make.
///
/// The parts stand in the order of their numbers, whichever began first. Time and memory grow with what comes, not
/// with the number of pieces it comes in.
public struct ResponseAccumulator: Sendable {
    private var parts: [(number: Int, part: GrowingPart)] = []
    /// Where the part of a number stands in ``parts``.
    private var places: [Int: Int] = [:]
    /// Where the part stands that grew last; most often it grows on.
    private var lastPlace = 0
    private var answer = ModelResponse(parts: [], finishReason: .other)

    /// Whether anything of the answer itself has come: text, reasoning, a refusal, a call.
    public var hasContent: Bool { !parts.isEmpty }
    /// Whether the model said why it stopped.
    public private(set) var isFinished = false

    /// An accumulator that has seen nothing.
    public init() {}

    /// Adds an event.
    public mutating func add(_ event: ModelEvent) {
        switch event {
        case .started(let id, let model):
            answer.id = id ?? answer.id
            answer.model = model ?? answer.model
        case .delta(let index, let delta):
            parts[place(of: index, GrowingPart(delta))].part.add(delta)
        case .part(let index, let part):
            let whole = GrowingPart(part)
            parts[place(of: index, whole)].part = whole
        case .usage(let usage):
            answer.usage = usage
        case .finished(let reason, let raw):
            isFinished = true
            answer.finishReason = reason
            answer.rawFinishReason = raw
        case .details(let details):
            add(details)
        }
    }

    /// The answer as far as it has come.
    public var response: ModelResponse {
        var response = answer
        response.message.parts = parts.sorted { $0.number < $1.number }.map(\.part.part)
        return response
    }

    /// Where the part of a number stands; one that is new begins as given.
    private mutating func place(of number: Int, _ new: @autoclosure () -> GrowingPart) -> Int {
        if lastPlace < parts.count, parts[lastPlace].number == number { return lastPlace }
        lastPlace = places[number] ?? parts.count
        if lastPlace == parts.count {
            places[number] = lastPlace
            parts.append((number, new()))
        }
        return lastPlace
    }

    private mutating func add(_ details: ResponseDetails) {
        answer.warnings += details.warnings
        if details.limits != ServiceLimits() { answer.limits = details.limits }
        answer.requestID = details.requestID ?? answer.requestID
        answer.attempts = max(answer.attempts, details.attempts)
    }
}

/// A part and the text it has gained, kept apart so that appending stays cheap however many pieces come.
private struct GrowingPart: Sendable {
    private var whole: MessagePart
    private var text: String?

    init(_ part: MessagePart) {
        whole = part
    }

    /// An empty part of the kind that a first delta belongs to.
    init(_ delta: MessageDelta) {
        switch delta {
        case .text: whole = MessagePart(.text(""))
        case .reasoning: whole = MessagePart(.reasoning(""))
        case .refusal: whole = MessagePart(.refusal(""))
        case .toolCall, .arguments: whole = MessagePart(.toolCall(ToolCall(id: "", name: "")))
        }
    }

    mutating func add(_ delta: MessageDelta) {
        switch delta {
        case .text(let piece), .reasoning(let piece), .refusal(let piece), .arguments(let piece): grow(by: piece)
        case .toolCall(let id, let name): whole.content = .toolCall(ToolCall(id: id, name: name))
        }
    }

    private mutating func grow(by piece: String) {
        if text == nil { text = startingText }
        text?.append(piece)
    }

    /// What a part that came whole goes on from; a call's `{}` stands for "nothing yet".
    private var startingText: String {
        switch whole.content {
        case .text(let text), .reasoning(let text), .refusal(let text): text
        case .toolCall(let call): call.arguments == "{}" ? "" : call.arguments
        case .image, .document, .audio, .toolResult, .other: ""
        }
    }

    var part: MessagePart {
        guard let text else { return whole }
        var part = whole
        switch whole.content {
        case .text: part.content = .text(text)
        case .reasoning: part.content = .reasoning(text)
        case .refusal: part.content = .refusal(text)
        case .toolCall(let call): part.content = .toolCall(ToolCall(id: call.id, name: call.name, arguments: text))
        case .image, .document, .audio, .toolResult, .other: break
        }
        return part
    }
}
