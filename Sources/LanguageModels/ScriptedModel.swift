import Synchronization

/// A model that says what it was told to: for tests, examples and rehearsals, without a network.
///
///     let model = ScriptedModel([.text("Hello"), .failure(ModelError(.overloaded, "too busy"))])
///     try await model.respond(to: ModelRequest("Hi")).text    // Hello
///     model.requests.count                                    // 1
public final class ScriptedModel: LanguageModel, HealthChecking, ModelListing, Closable {
    /// What the model does with one request, whether it is asked for a whole answer or for a stream.
    public enum Step: Sendable {
        /// Answers; as a stream in ``ModelResponse/events``.
        case response(ModelResponse)
        /// Fails.
        case failure(any Error)
        /// Gives these events, then fails where there is an error; asked for a whole answer, what they add up to.
        case events([ModelEvent], failure: (any Error)? = nil)
        /// Waits for what the closure waits for, then does what it returns.
        case wait(@Sendable () async throws -> Step)

        /// Answers with a text and a usage of one token a word.
        public static func text(_ text: String) -> Step {
            var response = ModelResponse(parts: [.text(text)], finishReason: .stop)
            response.usage = Usage(inputTokens: 1, outputTokens: text.split(separator: " ").count)
            return .response(response)
        }

        /// Asks for tools.
        public static func calls(_ calls: [ToolCall]) -> Step {
            .response(ModelResponse(parts: calls.map(MessagePart.toolCall), finishReason: .toolCalls))
        }
    }

    private struct State {
        var steps: ArraySlice<Step>
        var requests: [ModelRequest] = []
        var isClosed = false
    }

    /// The provider and the model's name; `scripted/model` by default.
    public let identity: ModelIdentity
    private let answer: (@Sendable (ModelRequest) async throws -> Step)?
    private let state: Mutex<State>

    /// A model that does one step after another, and fails with `configuration` once there is none left.
    public init(_ steps: [Step], identity: ModelIdentity = ScriptedModel.defaultIdentity) {
        self.identity = identity
        answer = nil
        state = Mutex(State(steps: steps[...]))
    }

    /// A model that asks a closure what to do with each request.
    public init(
        identity: ModelIdentity = ScriptedModel.defaultIdentity,
        answering answer: @escaping @Sendable (ModelRequest) async throws -> Step
    ) {
        self.identity = identity
        self.answer = answer
        state = Mutex(State(steps: []))
    }

    /// `scripted/model`.
    public static let defaultIdentity = ModelIdentity(provider: "scripted", model: "model")

    /// The requests that have come so far, in order.
    public var requests: [ModelRequest] { state.withLock(\.requests) }

    /// Does the next step.
    ///
    /// - Throws: What the step says.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        switch try await deed(for: request) {
        case .response(let response): return response
        case .failure(let error): throw error
        case .events(let events, let failure):
            return try await ModelStream(events, failure: failure).response()
        }
    }

    /// Does the next step when the stream is iterated.
    public func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream { ScriptedEvents(model: self, request: request) }
    }

    /// Always well, unless closed.
    public func checkHealth() async -> HealthReport {
        let problem = state.withLock(\.isClosed) ? ModelError(.connection, "closed", identity: identity) : nil
        return HealthReport(identity: identity, latency: .zero, problem: problem)
    }

    /// Itself alone.
    public func availableModels() async throws -> [AvailableModel] {
        [AvailableModel(name: identity.model)]
    }

    /// Has all later requests fail.
    public func close() async {
        state.withLock { $0.isClosed = true }
    }

    /// What a step comes down to once all waiting is over.
    fileprivate enum Deed {
        case response(ModelResponse)
        case failure(any Error)
        case events([ModelEvent], failure: (any Error)?)
    }

    /// Records a request and tells what is to be done with it.
    fileprivate func deed(for request: ModelRequest) async throws -> Deed {
        try Task.checkCancellation()
        let next = try state.withLock { state in
            guard !state.isClosed else { throw ModelError(.connection, "the model is closed", identity: identity) }
            state.requests.append(request)
            return state.steps.popFirst()
        }
        guard var step = try await answer?(request) ?? next else { throw scriptEnded }
        while true {
            switch step {
            case .response(let response): return .response(response)
            case .failure(let error): return .failure(error)
            case .events(let events, let failure): return .events(events, failure: failure)
            case .wait(let wait): step = try await wait()
            }
        }
    }

    private var scriptEnded: ModelError {
        ModelError(.configuration, "the script has no step for request \(requests.count)", identity: identity)
    }
}

private struct ScriptedEvents: AsyncIteratorProtocol {
    let model: ScriptedModel
    let request: ModelRequest
    private var source: ModelStream.AsyncIterator?

    init(model: ScriptedModel, request: ModelRequest) {
        self.model = model
        self.request = request
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
        try Task.checkCancellation()
        if source == nil { source = try await stream(isolation: actor).makeAsyncIterator() }
        return try await source?.next(isolation: actor)
    }

    private func stream(isolation actor: isolated (any Actor)?) async throws -> ModelStream {
        switch try await model.deed(for: request) {
        case .response(let response): return ModelStream(response.events)
        case .failure(let error): throw error
        case .events(let events, let failure): return ModelStream(events, failure: failure)
        }
    }
}
