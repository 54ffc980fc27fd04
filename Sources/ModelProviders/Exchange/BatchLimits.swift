import LanguageModels

/// The most that a service takes in one batch.
struct BatchLimits: Hashable, Sendable {
    /// The most requests.
    var requests: Int
    /// The most bytes of all requests together, as they are sent.
    var bytes: Int

    /// 50,000 requests in a file of 200 MB.
    static let openAI = BatchLimits(requests: 50_000, bytes: 200_000_000)
    /// 100,000 requests, 256 MB together.
    static let anthropic = BatchLimits(requests: 100_000, bytes: 256_000_000)
    /// 20 MB; the service names no number of requests.
    static let gemini = BatchLimits(requests: .max, bytes: 20_000_000)

    /// Refuses what has too many requests, or none.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    func check(requests count: Int) throws {
        guard count > 0 else { throw ModelError(.unsupported, "a batch needs a request") }
        guard count <= requests else {
            throw ModelError(.unsupported, "a batch takes at most \(requests) requests, not \(count); split it")
        }
    }

    /// Refuses what is too large.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    func check(bytes count: Int) throws {
        guard count > bytes else { return }
        throw ModelError(.unsupported, "a batch takes at most \(bytes) bytes, and this one has more; split it")
    }
}
