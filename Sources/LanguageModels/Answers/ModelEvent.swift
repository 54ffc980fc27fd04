/// A piece of an answer that is on its way.
///
/// Small, since there is one for each token: what is large or rare stands behind a reference.
public enum ModelEvent: Hashable, Sendable {
    /// The service began to answer. Comes before everything else, and again where the service names the model late.
    indirect case started(id: String?, model: String?)
    /// A part begins or grows; the parts of an answer are numbered in their order, some numbers may be left out, and
    /// they may grow in turns.
    case delta(part: Int, MessageDelta)
    /// A part as it is to be kept, replacing what its deltas added up to: with its ``MessagePart/replay``, or where
    /// the service sends a part whole.
    indirect case part(Int, MessagePart)
    /// What the request has used so far; replaces an earlier one.
    indirect case usage(Usage)
    /// Why the model stopped. Comes last but for ``usage(_:)`` and ``details(_:)``.
    indirect case finished(FinishReason, raw: String?)
    /// What came beside the answer.
    indirect case details(ResponseDetails)
}

/// What a part of an answer gained.
public enum MessageDelta: Hashable, Sendable {
    /// More text.
    case text(String)
    /// More reasoning.
    case reasoning(String)
    /// More of the words of a refusal.
    case refusal(String)
    /// A tool call begins.
    indirect case toolCall(id: String, name: String)
    /// More of a tool call's arguments, as JSON text.
    case arguments(String)
}

/// What comes beside an answer: from its headers, and from those who prepared the request.
public struct ResponseDetails: Hashable, Sendable {
    /// See ``ModelResponse/warnings``.
    public var warnings: [RequestWarning] = []
    /// See ``ModelResponse/limits``.
    public var limits = ServiceLimits()
    /// See ``ModelResponse/requestID``.
    public var requestID: String?
    /// See ``ModelResponse/attempts``.
    public var attempts = 1

    /// Nothing beside the answer.
    public init() {}
}
