import HTTPTransport
import LanguageModels

/// An answer of Responses that its service makes in the background, and that is asked for until it is there.
struct BackgroundAnswer {
    private static let longestPause = Duration.seconds(10)
    /// How many questions in a row may fail where trying again helps.
    private static let patience = 5

    private let first: ModelResponse
    private let service: ServiceModel<ResponsesFormat>

    /// The answer that `first` promises.
    init(_ first: ModelResponse, service: ServiceModel<ResponsesFormat>) {
        self.first = first
        self.service = service
    }

    /// Waits for the answer: half a second, then twice as long each time, up to ten seconds.
    ///
    /// Where the wait is cancelled or takes too long, the service goes on, and keeps the answer under its id.
    ///
    /// - Throws: ``ModelError``, of kind `timeout` after `limit`; `CancellationError`.
    func wait(upTo limit: Duration?, by clock: some Clock<Duration>) async throws -> ModelResponse {
        guard let id = first.id, !id.isEmpty else {
            let words = "the answer is made in the background, but has no id to ask for it"
            throw ModelError(.undecodableAnswer, words, identity: service.identity)
        }
        let start = clock.now
        var pause = Duration.milliseconds(500)
        var failures = 0
        while true {
            let elapsed = start.duration(to: clock.now)
            guard limit.map({ elapsed + pause < $0 }) ?? true else { throw timeout(id) }
            try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
            pause = min(pause * 2, Self.longestPause)
            do {
                let response = try await asked(for: id)
                if response.finishReason != .queued { return response }
                failures = 0
            } catch let error as ModelError where error.isOfTheQuestion && failures < Self.patience {
                // The work goes on whatever became of the question; asking for it anew would do it twice.
                failures += 1
                pause = max(pause, min(error.retryAfter ?? .zero, .seconds(60)))
            }
        }
    }

    private func asked(for id: String) async throws -> ModelResponse {
        let path = service.format.path(behind: id.pathEncoded)
        let answer = try await service.endpoint.ask("GET", path, for: service.identity)
        return try service.response(of: answer, warnings: first.warnings)
    }

    private func timeout(_ id: String) -> ModelError {
        let words = "the service still makes the answer \(id) in the background"
        var error = ModelError(.timeout(.total), words, identity: service.identity)
        error.shouldRetry = false
        return error
    }
}

extension ModelError {
    /// Whether a question for an answer failed, not the answer, and may be put again.
    fileprivate var isOfTheQuestion: Bool {
        isRetryable && !(status.map { 200..<300 ~= $0 } ?? false)
    }
}
