/// A model's answer.
///
/// Encoded it is an object of its properties by their names; what is `nil` is left out, and so are ``limits`` and
/// ``rawBody``, which count only at the moment the answer comes: a decoded answer has none.
public struct ModelResponse: Hashable, Sendable, Codable {
    /// The service's id of the answer, where it gives one.
    public var id: String?
    /// The model that answered, as the service names it; often more exact than the name that was asked for.
    public var model: String?
    /// What the model said, as the message to put at the end of the conversation for the next turn.
    public var message: Message
    /// Why the model stopped.
    public var finishReason: FinishReason
    /// The service's own word for it, where it gave one.
    public var rawFinishReason: String?
    /// What the request used, where the service says.
    public var usage: Usage?
    /// What was changed in the request so that the model would take it.
    public var warnings: [RequestWarning] = []
    /// What the service said about its limits.
    public var limits = ServiceLimits()
    /// The service's id of the request, to quote in a report to its makers.
    public var requestID: String?
    /// How many requests were sent for the answer: retries, hedges and other models' failures counted.
    public var attempts = 1
    /// The body as the service sent it; empty where the answer came as a stream.
    public var rawBody: [UInt8] = []

    private enum CodingKeys: CodingKey {
        case id, model, message, finishReason, rawFinishReason, usage, warnings, requestID, attempts
    }

    /// An answer that consists of these parts.
    public init(parts: [MessagePart], finishReason: FinishReason) {
        message = Message(.assistant, parts: parts)
        self.finishReason = finishReason
    }

    /// The text parts together.
    public var text: String { message.text }

    /// The reasoning that the service shows, its parts joined by a blank line; empty where it shows none.
    public var reasoning: String {
        message.parts.compactMap { part in
            guard case .reasoning(let text) = part.content, !text.isEmpty else { return nil }
            return text
        }.joined(separator: "\n\n")
    }

    /// The model's words for why it will not answer, where it wrote some.
    public var refusal: String? {
        let texts = message.parts.compactMap { part in
            if case .refusal(let text) = part.content { text } else { nil as String? }
        }
        return texts.isEmpty ? nil : texts.joined()
    }

    /// The tool calls, in order.
    public var toolCalls: [ToolCall] { message.parts.compactMap(\.toolCall) }
}

/// Why a model stopped.
///
/// Encoded it is its raw value, a string.
public enum FinishReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// It had said everything, or met a stop text.
    case stop
    /// It reached the most tokens that were allowed.
    case length
    /// It wants tools to be run.
    case toolCalls = "tool_calls"
    /// The service's filter held the prompt or the answer back.
    case contentFilter = "content_filter"
    /// It declined.
    case refusal
    /// The service stopped in between; sending the conversation with this answer at its end goes on.
    case pause
    /// The conversation filled the model's context window.
    case contextWindow = "context_window"
    /// The service failed while answering.
    case error
    /// An answer that is still to come (a background response).
    case queued
    /// Somebody cancelled the answer.
    case cancelled
    /// Something that is not known here; see the raw reason.
    case other
}

/// Something that was changed in a request so that the model would take it.
public struct RequestWarning: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The option, such as `temperature`.
    public var option: String
    /// What was done about it and why, in one line.
    public var reason: String

    /// A warning about an option.
    public init(option: String, reason: String) {
        self.option = option
        self.reason = reason
    }

    /// The text for people.
    public var description: String { "\(option): \(reason)" }
}
