extension BatchResponding {
    /// Waits until a batch has ended, and gives what came of it.
    ///
    ///     let batch = try await service.submit(requests)
    ///     for try await item in service.results(waitingFor: batch) { print(item.id) }
    ///
    /// - Parameters:
    ///   - batch: The batch, in whatever state; its ``Batch/warnings`` are kept.
    ///   - polling: How often it is looked at, and for how long.
    ///   - clock: Measures and waits.
    /// - Returns: As ``results(of:)``; nothing is asked before it is iterated. Iterating throws as
    ///   ``waitForEnd(of:polling:clock:report:jitter:)``, too.
    public func results(
        waitingFor batch: Batch,
        polling: BatchPolling = BatchPolling(),
        clock: any Clock<Duration> = ContinuousClock()
    ) -> BatchResults {
        BatchResults {
            let source = AwaitedResults { [self] in
                results(of: try await waitForEnd(of: batch, polling: polling, clock: clock))
            }
            return { try await source.next() }
        }
    }

    /// Waits until a batch has ended: completed, failed, stopped or expired.
    ///
    /// It is looked at again and again, in growing intervals. Looks that fail are repeated where that may help. The batch
    /// itself goes on whatever becomes of the wait; take up a wait again by ``batch(id:)``.
    ///
    /// - Parameters:
    ///   - batch: The batch, in whatever state; one that has ended is given back at once.
    ///   - polling: How often it is looked at, and for how long.
    ///   - clock: Measures and waits.
    ///   - report: Is told how the batch stands, at each look.
    ///   - jitter: Gives random numbers, at least 0 and below 1, for the waits after failures.
    /// - Returns: The batch at its end, with the ``Batch/warnings`` that it had.
    /// - Throws: ``ModelError``: of kind `timeout` where the batch has not ended in its time, or that of the last look
    ///   that failed; or `CancellationError` as soon as the task is cancelled.
    public func waitForEnd(
        of batch: Batch,
        polling: BatchPolling = BatchPolling(),
        clock: any Clock<Duration> = ContinuousClock(),
        report: @escaping @Sendable (Batch) -> Void = { _ in },
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) async throws -> Batch {
        precondition(
            min(polling.initialInterval, polling.maximumInterval) > .zero && polling.growth >= 1,
            "looks must be some time apart"
        )
        guard !batch.status.isFinal else { return batch }
        let time = Timeline(clock)
        let wait = BatchWait(service: self, polling: polling, time: time, jitter: jitter, report: report)
        let ended = try await withTimeLimit(polling.totalTime, on: time) { try await wait.end(of: batch) }
        if let ended { return ended }
        let limit = polling.totalTime.map { "\($0)" } ?? "the time"
        let words = "the batch \(batch.id) has not ended within \(limit)"
        throw ModelError(.timeout(.total), words, identity: (self as? any LanguageModel)?.identity)
    }
}

private struct BatchWait: Sendable {
    let service: any BatchResponding
    let polling: BatchPolling
    let time: Timeline
    let jitter: @Sendable () -> Double
    let report: @Sendable (Batch) -> Void

    func end(of batch: Batch) async throws -> Batch {
        var interval = min(polling.initialInterval, polling.maximumInterval)
        while true {
            try await time.sleep(interval)
            var current = try await look(at: batch.id)
            current.warnings.merge(batch.warnings) { new, _ in new }
            report(current)
            if current.status.isFinal { return current }
            interval = polling.interval(after: interval)
        }
    }

    private func look(at id: String) async throws -> Batch {
        var retries = Retries(policy: polling.retries, time: time, jitter: jitter)
        while true {
            do {
                return try await service.batch(id: id)
            } catch {
                try await retries.pause(after: error)
            }
        }
    }
}

/// Results that must be waited for before the first can be read.
private actor AwaitedResults {
    private enum Stage {
        case waiting
        case reading(BatchResults.AsyncIterator)
        case ended
    }

    private let results: @Sendable () async throws -> BatchResults
    private var stage = Stage.waiting

    init(_ results: @escaping @Sendable () async throws -> BatchResults) {
        self.results = results
    }

    /// The next result; `nil` at the end, and behind an error.
    func next() async throws -> BatchResult? {
        let stage = stage
        self.stage = .ended
        var reader: BatchResults.AsyncIterator
        switch stage {
        case .waiting: reader = try await results().makeAsyncIterator()
        case .reading(let iterator): reader = iterator
        case .ended: return nil
        }
        let result = try await reader.next()
        if result != nil { self.stage = .reading(reader) }
        return result
    }
}
