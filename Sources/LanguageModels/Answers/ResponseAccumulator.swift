/// Adds the events of a stream up to the answer they make.
public struct ResponseAccumulator: Sendable {
    private var parts: [Int: MessagePart] = [:]
    private var texts: [Int: String] = [:]
    private var order: [Int] = []
    private var answer = ModelResponse(parts: [], finishReason: .other)

    /// Whether anything of the answer itself has come: text, reasoning, a refusal, a call.
    public private(set) var hasContent = false
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
            hasContent = true
            add(delta, at: index)
        case .part(let index, let part):
            hasContent = true
            begin(index)
            parts[index] = part
            texts[index] = nil
        case .usage(let usage):
            answer.usage = usage
        case .finished(let reason, let raw):
            isFinished = true
            answer.finishReason = reason
            answer.rawFinishReason = raw
        case .details(let details):
            answer.warnings += details.warnings
            answer.limits = details.limits
            answer.requestID = details.requestID ?? answer.requestID
        }
    }

    /// The answer as far as it has come.
    public var response: ModelResponse {
        var response = answer
        response.message.parts = order.compactMap(part)
        return response
    }

    private mutating func begin(_ index: Int) {
        if parts[index] == nil { order.append(index) }
    }

    private mutating func add(_ delta: MessageDelta, at index: Int) {
        begin(index)
        switch delta {
        case .text(let text): grow(index, by: text, of: .text(""))
        case .reasoning(let text): grow(index, by: text, of: .reasoning(""))
        case .refusal(let text): grow(index, by: text, of: .refusal(""))
        case .toolCall(let id, let name): parts[index] = .toolCall(ToolCall(id: id, name: name))
        case .arguments(let text): grow(index, by: text, of: .toolCall(ToolCall(id: "", name: "")))
        }
    }

    /// Keeps the growing text apart from the part, so that appending stays cheap however many pieces come.
    private mutating func grow(_ index: Int, by text: String, of content: MessagePart.Content) {
        if parts[index] == nil { parts[index] = MessagePart(content) }
        texts[index, default: ""] += text
    }

    private func part(_ index: Int) -> MessagePart? {
        guard var part = parts[index] else { return nil }
        guard let text = texts[index] else { return part }
        switch part.content {
        case .text: part.content = .text(text)
        case .reasoning: part.content = .reasoning(text)
        case .refusal: part.content = .refusal(text)
        case .toolCall(let call): part.content = .toolCall(ToolCall(id: call.id, name: call.name, arguments: text))
        case .image, .document, .audio, .toolResult, .other: break
        }
        return part
    }
}
