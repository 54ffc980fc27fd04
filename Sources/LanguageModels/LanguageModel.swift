/// A model that answers messages: one service's, a wrapper around another, or a scripted one for tests.
///
/// This module holds the words that all models share (messages, tools, requests, answers, events, usage, errors) and
/// the wrappers that work for all of them. It knows no provider's JSON, no HTTP, no files and no metrics.
///
/// Cancelling the task that waits for an answer cancels the request; both methods then throw `CancellationError`.
public protocol LanguageModel: Sendable {
    /// The provider and the model's name.
    var identity: ModelIdentity { get }

    /// Asks for a whole answer.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    func respond(to request: ModelRequest) async throws -> ModelResponse

    /// Asks for an answer in pieces. Nothing is sent before the first element is asked for.
    ///
    /// The events of a stream add up to what ``respond(to:)`` gives (``ModelStream/response()``).
    func stream(_ request: ModelRequest) -> ModelStream
}

/// Which model of which provider.
public struct ModelIdentity: Hashable, Sendable, CustomStringConvertible {
    /// The provider's name, such as `anthropic`; lower case.
    public var provider: String
    /// The model's name at the provider (for Azure OpenAI the deployment's), such as `claude-sonnet-4-5`.
    public var model: String

    /// A model of a provider.
    public init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }

    /// `provider/model`.
    public var description: String { "\(provider)/\(model)" }
}

/// A model, or its service, that can count the tokens of a request without answering it.
public protocol TokenCounting: Sendable {
    /// The tokens that the request's messages, tools and schema take.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    func countTokens(of request: ModelRequest) async throws -> Int
}

/// A service that tells which models it has.
public protocol ModelListing: Sendable {
    /// The models that the configured account can see, in the service's order.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    func availableModels() async throws -> [AvailableModel]
}

/// A model as its service lists it.
public struct AvailableModel: Hashable, Sendable {
    /// The name to ask for it.
    public var name: String
    /// What the service calls it for people, where it says.
    public var displayName: String?
    /// The most tokens that a request may have, where the service says.
    public var maximumInputTokens: Int?
    /// The most tokens that an answer may have, where the service says.
    public var maximumOutputTokens: Int?

    /// A model with this name.
    public init(
        name: String,
        displayName: String? = nil,
        maximumInputTokens: Int? = nil,
        maximumOutputTokens: Int? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.maximumInputTokens = maximumInputTokens
        self.maximumOutputTokens = maximumOutputTokens
    }
}

/// A model, or its service, that can be closed: running requests end, connections are given back.
public protocol Closable: Sendable {
    /// Ends what runs with a `connection` error that is not retried, and lets nothing new begin.
    ///
    /// Models that share a transport, as all of a registry do, are closed with it. Closing twice is harmless.
    func close() async
}
