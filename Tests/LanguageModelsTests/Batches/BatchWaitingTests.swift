import LanguageModels
import TestSupport
import Testing

struct BatchWaitingTests {
    private let clock = ManualClock(isEager: true)
    private let running = Batch(id: "b", status: .running)

    private func polling(_ change: (inout BatchPolling) -> Void = { _ in }) -> BatchPolling {
        var polling = BatchPolling()
        change(&polling)
        return polling
    }

    private func states(_ statuses: Batch.Status...) -> [Result<Batch, any Error>] {
        statuses.map { .success(Batch(id: "b", status: $0)) }
    }

    private func failures(_ kinds: ModelError.Kind...) -> [Result<Batch, any Error>] {
        kinds.map { .failure(ModelError($0, "")) }
    }

    @Test func `looks at the batch in growing intervals`() async throws {
        let service = ScriptedBatches(states(.pending, .running, .running, .cancelling, .running, .completed))
        let polling = polling { $0.maximumInterval = .seconds(40) }
        let seen = Shared<[Batch.Status]>([])

        let ended = try await service.waitForEnd(of: running, polling: polling, clock: clock) { batch in
            seen.change { $0.append(batch.status) }
        }

        #expect(ended.status == .completed)
        #expect(clock.pauses == [10, 15, 22.5, 33.75, 40, 40].map { .seconds($0) })
        #expect(seen.current == [.pending, .running, .running, .cancelling, .running, .completed])
        #expect(service.asked == Array(repeating: "b", count: 6))
    }

    @Test(arguments: [Batch.Status.completed, .failed, .cancelled, .expired])
    func `ends with the batch, however that ends`(status: Batch.Status) async throws {
        let service = ScriptedBatches(states(status))

        #expect(try await service.waitForEnd(of: running, clock: clock).status == status)

        #expect(try await service.waitForEnd(of: Batch(id: "b", status: status), clock: clock).status == status)
        #expect(service.asked.count == 1)
    }

    @Test func `results end behind their error`() async throws {
        var results = BatchResults { { throw ModelError(.truncatedStream, "") } }.makeAsyncIterator()

        await #expect(throws: ModelError.self) { try await results.next() }

        #expect(try await results.next()?.id == nil)
    }

    @Test func `keeps what was dropped from requests`() async throws {
        var batch = running
        batch.warnings = ["1": [RequestWarning(option: "top_k", reason: "not taken")]]
        let service = ScriptedBatches(states(.running, .completed), results: ["1"])

        for try await _ in service.results(waitingFor: batch, clock: clock) {}

        #expect(service.read.map(\.warnings) == [batch.warnings])
    }

    @Test func `repeats looks that fail, as often after each that does not`() async throws {
        let service = ScriptedBatches(
            failures(.connection, .overloaded) + states(.running) + failures(.serverError, .rateLimited)
                + states(.completed)
        )
        let polling = polling { $0.retries.maximumAttempts = 3 }

        let ended = try await service.waitForEnd(of: running, polling: polling, clock: clock, jitter: { 0.5 })

        #expect(ended.status == .completed)
        #expect(clock.pauses == [10, 2.5, 5, 15, 2.5, 5].map { .seconds($0) })
    }

    @Test func `waits as long as the service asks`() async throws {
        var busy = ModelError(.rateLimited, "")
        busy.retryAfter = .seconds(60)
        let service = ScriptedBatches([.failure(busy)] + states(.completed))

        _ = try await service.waitForEnd(of: running, clock: clock, jitter: { 0 })

        #expect(clock.pauses == [.seconds(10), .seconds(60)])
    }

    @Test func `gives up when looks go on failing`() async {
        let service = ScriptedBatches(failures(.connection, .overloaded, .serverError) + states(.completed))
        let polling = polling { $0.retries.maximumAttempts = 3 }

        let error = await #expect(throws: ModelError.self) {
            try await service.waitForEnd(of: running, polling: polling, clock: clock)
        }

        #expect(error?.kind == .serverError && error?.attempts == 3)
    }

    @Test(arguments: [ModelError.Kind.notFound, .unauthorized, .undecodableAnswer])
    func `gives up at once where repeating is no help`(kind: ModelError.Kind) async {
        let service = ScriptedBatches(failures(kind) + states(.completed))

        await #expect(throws: ModelError(kind, "")) { try await service.waitForEnd(of: running, clock: clock) }

        #expect(service.asked.count == 1)
    }

    @Test(arguments: [false, true])
    func `ends in its time, also while the service is silent`(isSilent: Bool) async {
        let clock = ManualClock()
        let gate = Gate()
        let service = ScriptedBatches(states(.running, .running, .completed), gate: isSilent ? gate : nil)
        let polling = polling { $0.totalTime = .seconds(20) }
        let task = Task { [running] in try await service.waitForEnd(of: running, polling: polling, clock: clock) }

        #expect(await eventually { clock.sleepers == 2 })
        clock.advance(by: .seconds(10))
        #expect(await eventually { isSilent ? gate.waiting == 1 : clock.sleepers == 2 })
        clock.advance(by: .seconds(10))

        let error = await #expect(throws: ModelError.self) { try await task.value }
        #expect(error?.kind == .timeout(.total))
        #expect(
            error?.description == "no answer in time (total): the batch b has not ended within 20.0 seconds; "
                + "try again, or allow more time"
        )
        #expect(service.asked.count == 1 && gate.waiting == 0 && clock.sleepers == 0)
    }

    @Test(arguments: [nil, Duration.seconds(1000)])
    func `ends with its task`(limit: Duration?) async {
        let clock = ManualClock()
        let service = ScriptedBatches([])
        let polling = polling { $0.totalTime = limit }
        let task = Task { [running] in
            for try await _ in service.results(waitingFor: running, polling: polling, clock: clock) {}
        }
        #expect(await eventually { clock.sleepers == (limit == nil ? 1 : 2) })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleepers == 0 && service.asked.isEmpty)
    }

    @Test func `does not look without a pause`() async {
        await #expect(processExitsWith: .failure) {
            var polling = BatchPolling()
            polling.maximumInterval = .zero
            let service = ScriptedBatches([.success(Batch(id: "b", status: .completed))])
            _ = try await service.waitForEnd(of: Batch(id: "b", status: .running), polling: polling)
        }
    }

    @Test func `gives the results once there are some, and asks for nothing before`() async throws {
        let service = ScriptedBatches(states(.running, .completed), results: ["2", "1"])
        let results = service.results(waitingFor: running, clock: clock)
        #expect(service.asked.isEmpty)

        var texts: [String] = []
        for try await item in results { texts.append(item.id + (try item.result.get().text)) }

        #expect(texts == ["2ok", "1ok"])
        #expect(service.asked.count == 2 && service.read.map(\.status) == [.completed])
    }

    @Test func `has no results behind an error`() async throws {
        let service = ScriptedBatches(failures(.notFound) + states(.completed), results: ["1"])
        var results = service.results(waitingFor: running, clock: clock).makeAsyncIterator()

        await #expect(throws: ModelError.self) { try await results.next() }
        #expect(try await results.next()?.id == nil)
    }
}

/// A service whose batches stand as they are told to, one look after another.
private final class ScriptedBatches: BatchResponding {
    private let looks: Shared<ArraySlice<Result<Batch, any Error>>>
    private let ids: [String]
    private let gate: Gate?
    private let idsAsked = Shared<[String]>([])
    private let batchesRead = Shared<[Batch]>([])

    init(_ looks: [Result<Batch, any Error>], results ids: [String] = [], gate: Gate? = nil) {
        self.looks = Shared(looks[...])
        self.ids = ids
        self.gate = gate
    }

    /// The ids of the batches that were looked at.
    var asked: [String] { idsAsked.current }
    /// The batches whose results were asked for.
    var read: [Batch] { batchesRead.current }

    func submit(_ requests: [BatchRequest]) async throws -> Batch { Batch(id: "b", status: .pending) }

    func batch(id: String) async throws -> Batch {
        idsAsked.change { $0.append(id) }
        try await gate?.pass()
        guard let look = looks.change({ $0.popFirst() }) else { throw ModelError(.configuration, "no look is left") }
        return try look.get()
    }

    func results(of batch: Batch) -> BatchResults {
        batchesRead.change { $0.append(batch) }
        let rest = Shared(ids[...])
        return BatchResults {
            {
                rest.change { $0.popFirst() }.map {
                    BatchResult(id: $0, result: .success(ModelResponse(parts: [.text("ok")], finishReason: .stop)))
                }
            }
        }
    }

    func cancel(_ batch: Batch) async throws -> Batch { batch }
}
