import LanguageModels
import TestSupport
import Testing

struct HedgedModelTests {
    private let clock = ManualClock()
    private let gate = Gate()
    private let ended = Shared(0)

    /// Answers once the gate is open, and counts those that were cancelled at it.
    private func slow(_ text: String) -> ScriptedModel {
        ScriptedModel { [gate, ended] _ in
            do {
                try await gate.pass()
            } catch {
                ended.change { $0 += 1 }
                throw error
            }
            return .text(text)
        }
    }

    @Test func `sends nothing twice while answers come in time`() async throws {
        let second = ScriptedModel([.text("second")])
        let model = HedgedModel(ScriptedModel([.text("first")]), second: second, after: .seconds(1), clock: clock)

        let response = try await model.respond(to: ModelRequest("?"))

        #expect(response.text == "first" && response.attempts == 1)
        #expect(second.requests.isEmpty)
        #expect(clock.sleepers == 0)
    }

    @Test(arguments: [false, true])
    func `asks a second time after the delay and cancels the slower`(isStream: Bool) async throws {
        let model = HedgedModel(slow("a"), second: ScriptedModel([.text("b")]), after: .seconds(1), clock: clock)
        let task = Task {
            if isStream { return try await model.stream(ModelRequest("?")).response() }
            return try await model.respond(to: ModelRequest("?"))
        }
        #expect(await eventually { clock.sleepers == 1 && gate.waiting == 1 })

        clock.advance(by: .seconds(1))

        let response = try await task.value
        #expect(response.text == "b" && response.attempts == 2)
        #expect(ended.current == 1)
    }

    @Test func `keeps the first where that comes sooner after all`() async throws {
        let never = Gate()
        let second = ScriptedModel { _ in
            try await never.pass()
            return .text("b")
        }
        let model = HedgedModel(slow("a"), second: second, after: .seconds(1), clock: clock)
        let task = Task { try await model.respond(to: ModelRequest("?")) }
        #expect(await eventually { clock.sleepers == 1 })
        clock.advance(by: .seconds(1))
        #expect(await eventually { never.waiting == 1 && gate.waiting == 1 })

        gate.open()

        #expect(try await task.value.text == "a")
        #expect(never.waiting == 0)
    }

    @Test func `leaves an early failure to others`() async {
        let second = ScriptedModel([.text("b")])
        let failure = ModelError(.overloaded, "")
        let model = HedgedModel(ScriptedModel([.failure(failure)]), second: second, after: .seconds(1), clock: clock)

        await #expect(throws: failure) { try await model.respond(to: ModelRequest("?")) }
        #expect(second.requests.isEmpty)
    }

    @Test func `takes the second where the first fails later, and the first's error where both fail`() async throws {
        for secondFails in [false, true] {
            let gates = (Gate(), Gate())
            let first = ScriptedModel { _ in
                try await gates.0.pass()
                return .failure(ModelError(.overloaded, "first"))
            }
            let second = ScriptedModel { _ in
                try await gates.1.pass()
                return secondFails ? .failure(ModelError(.connection, "second")) : .text("b")
            }
            let model = HedgedModel(first, second: second, after: .seconds(1), clock: clock)
            let task = Task { try await model.respond(to: ModelRequest("?")) }
            #expect(await eventually { clock.sleepers == 1 })
            clock.advance(by: .seconds(1))
            #expect(await eventually { gates.0.waiting == 1 && gates.1.waiting == 1 })

            gates.0.open()
            gates.1.open()

            let result = await task.result
            if secondFails {
                let error = #expect(throws: ModelError.self) { try result.get() }
                #expect(error?.message == "first" && error?.attempts == 2)
            } else {
                #expect(try result.get().text == "b")
            }
        }
    }

    @Test(arguments: [false, true])
    func `cancels both with its task`(isHedged: Bool) async {
        let model = HedgedModel(slow("a"), after: .seconds(1), clock: clock)
        let task = Task { try await model.respond(to: ModelRequest("?")) }
        #expect(await eventually { clock.sleepers == 1 && gate.waiting == 1 })
        if isHedged {
            clock.advance(by: .seconds(1))
            #expect(await eventually { gate.waiting == 2 })
        }

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ended.current == (isHedged ? 2 : 1))
        #expect(clock.sleepers == 0)
    }
}
