import LanguageModels
import TestSupport
import Testing

struct RetryingModelTests {
    let clock = ManualClock(isEager: true)

    private func retrying(_ model: any LanguageModel, attempts: Int = 4) -> RetryingModel {
        RetryingModel(model, policy: RetryPolicy(maximumAttempts: attempts), clock: clock, jitter: { 0.5 })
    }

    @Test func `asks again until there is an answer, and counts`() async throws {
        var hint = ModelError(.rateLimited, "")
        hint.retryAfter = .seconds(7)
        let model = ScriptedModel([.failure(ModelError(.overloaded, "")), .failure(hint), .text("there")])

        let response = try await retrying(model).respond(to: ModelRequest("?"))

        #expect(response.text == "there")
        #expect(response.attempts == 3)
        #expect(clock.pauses == [.milliseconds(250), .milliseconds(7350)])
    }

    @Test func `gives up with the last error`() async {
        let model = ScriptedModel { _ in .failure(ModelError(.serverError, "no luck", status: 500)) }

        let error = await #expect(throws: ModelError.self) {
            try await retrying(model, attempts: 3).respond(to: ModelRequest("?"))
        }

        #expect(error?.attempts == 3)
        #expect(
            error?.description == "the service failed: no luck; try again later (status 500), after 3 attempts"
        )
        #expect(model.requests.count == 3)
    }

    @Test func `fails at once with the hint where that is too long`() async {
        var failure = ModelError(.rateLimited, "")
        failure.retryAfter = .seconds(3600)
        let model = ScriptedModel([.failure(failure)])

        await #expect(throws: failure) { try await retrying(model).respond(to: ModelRequest("?")) }

        #expect(clock.pauses.isEmpty)
    }

    @Test func `passes other errors on`() async {
        struct Other: Error {}
        let model = ScriptedModel([.failure(Other())])

        await #expect(throws: Other.self) { try await retrying(model).respond(to: ModelRequest("?")) }
    }

    @Test(arguments: [false, true])
    func `ends when it is cancelled while it waits`(isStream: Bool) async {
        let clock = ManualClock()
        let model = ScriptedModel { _ in .failure(ModelError(.serverError, "")) }
        let retrying = RetryingModel(model, clock: clock, jitter: { 0.5 })
        let task = Task {
            if isStream { return try await retrying.stream(ModelRequest("?")).response() }
            return try await retrying.respond(to: ModelRequest("?"))
        }
        #expect(await eventually { clock.sleepers == 1 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(model.requests.count == 1)
        #expect(clock.sleepers == 0)
    }

    @Test(arguments: [1, 4])
    func `does not ask again for one who has left`(attempts: Int) async {
        let gate = Gate()
        let model = ScriptedModel { _ in
            try? await gate.pass()
            return .failure(ModelError(.connection, "broken by cancellation"))
        }
        let task = Task { try await retrying(model, attempts: attempts).respond(to: ModelRequest("?")) }
        #expect(await eventually { gate.waiting == 1 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(model.requests.count == 1)
    }

    @Test func `begins a stream again as long as nothing of the answer has come`() async throws {
        let overloaded = ModelError(.overloaded, "")
        let model = ScriptedModel([
            .failure(overloaded),
            .events([.started(id: "a", model: "m"), .details(ResponseDetails())], failure: overloaded),
            .events([
                .started(id: "b", model: "m"), .details(ResponseDetails()), .delta(part: 0, .text("hi")),
                .finished(.stop, raw: nil),
            ]),
        ])

        var events: [ModelEvent] = []
        for try await event in retrying(model).stream(ModelRequest("?")) { events.append(event) }

        var details = ResponseDetails()
        details.attempts = 3
        #expect(
            events == [
                .started(id: "b", model: "m"), .details(details), .delta(part: 0, .text("hi")),
                .finished(.stop, raw: nil),
            ]
        )
    }

    @Test(arguments: [
        ModelEvent.delta(part: 0, .text("")), .delta(part: 0, .reasoning("hm")),
        .delta(part: 0, .toolCall(id: "1", name: "f")), .part(0, MessagePart(.other)), .finished(.stop, raw: nil),
    ])
    func `never begins a stream again once a piece was handed on`(piece: ModelEvent) async {
        let model = ScriptedModel([.events([piece], failure: ModelError(.connection, "")), .text("again")])

        var events: [ModelEvent] = []
        let error = await #expect(throws: ModelError.self) {
            for try await event in retrying(model).stream(ModelRequest("?")) { events.append(event) }
        }

        #expect(events == [piece])
        #expect(error?.kind == .connection)
        #expect(model.requests.count == 1)
    }

    @Test func `counts the attempts of a stream that breaks later`() async {
        let model = ScriptedModel([
            .failure(ModelError(.overloaded, "")),
            .events([.delta(part: 0, .text("a"))], failure: ModelError(.connection, "")),
        ])

        let error = await #expect(throws: ModelError.self) {
            try await retrying(model).stream(ModelRequest("?")).response()
        }

        #expect(error?.attempts == 2)
    }

    @Test func `tells its attempts where the stream says nothing beside the answer`() async throws {
        let model = ScriptedModel([
            .failure(ModelError(.overloaded, "")), .events([.delta(part: 0, .text("a")), .finished(.stop, raw: nil)]),
        ])

        #expect(try await retrying(model).stream(ModelRequest("?")).response().attempts == 2)
    }

    @Test func `lets a model underneath be found`() async throws {
        let model = ScriptedModel([], identity: ModelIdentity(provider: "p", model: "m"))
        let wrapped = TimedModel(retrying(model), limits: TimeLimits())

        #expect(wrapped.identity == model.identity)
        #expect(await wrapped.health().isHealthy)
        #expect(try await wrapped.listedModels().map(\.name) == ["m"])
        #expect(wrapped.capability((any TokenCounting).self) == nil)

        await wrapped.closeAll()

        #expect(await wrapped.health().problem?.kind == .connection)
    }
}
