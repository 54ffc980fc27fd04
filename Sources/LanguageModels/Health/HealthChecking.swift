/// A model that can tell cheaply whether it would answer.
public protocol HealthChecking: Sendable {
    /// Asks the service, in a way that costs no tokens, whether the address, the key and the model's name are right.
    func checkHealth() async -> HealthReport
}

/// What a health check found.
public struct HealthReport: Hashable, Sendable {
    /// The model that was checked.
    public var identity: ModelIdentity
    /// How long the service took to answer; `nil` where nothing was asked.
    public var latency: Duration?
    /// What is wrong; `nil` where all is well.
    public var problem: ModelError?
    /// Names like the model's that the service does have, where the name is what is wrong.
    public var suggestions: [String] = []

    /// A report on a model.
    public init(identity: ModelIdentity, latency: Duration? = nil, problem: ModelError? = nil) {
        self.identity = identity
        self.latency = latency
        self.problem = problem
    }

    /// Whether a request can be expected to be answered.
    public var isHealthy: Bool { problem == nil }
}
