import LanguageModels
import TestSupport
import Testing

struct ConcurrentResponsesTests {
    private func requests(_ count: Int) -> [ModelRequest] { (0..<count).map { ModelRequest("\($0)") } }

    /// Answers with its prompt, fails each tenth, and notes how many are under way.
    private func model(_ running: Shared<(now: Int, most: Int)>) -> ScriptedModel {
        ScriptedModel { request in
            running.change { running in
                running.now += 1
                running.most = max(running.most, running.now)
            }
            for _ in 0..<Int.random(in: 0..<5) { await Task.yield() }
            running.change { $0.now -= 1 }
            let text = request.messages[0].text
            return text.hasSuffix("7") ? .failure(ModelError(.serverError, text)) : .text(text)
        }
    }

    @Test(arguments: [ResponseOrder.asRequested, .asCompleted], [1, 3, 64])
    func `answers all, so many at a time, the failed ones too`(order: ResponseOrder, concurrency: Int) async throws {
        let running = Shared((now: 0, most: 0))
        var results: [Int: String] = [:]
        var indices: [Int] = []

        let responses = model(running).responses(to: requests(500), concurrency: concurrency, order: order)
        for try await answer in responses {
            indices.append(answer.index)
            do {
                results[answer.index] = try answer.result.get().text
            } catch let error as ModelError {
                results[answer.index] = "failed \(error.message)"
            }
        }

        #expect(indices.sorted() == Array(0..<500))
        if order == .asRequested { #expect(indices == Array(0..<500)) }
        #expect(results.allSatisfy { $0.value == ($0.key % 10 == 7 ? "failed \($0.key)" : "\($0.key)") })
        #expect(running.current.most <= concurrency && running.current.now == 0)
    }

    @Test func `gives what is done first, or what comes first`() async throws {
        for order in [ResponseOrder.asCompleted, .asRequested] {
            let gate = Gate()
            let model = ScriptedModel { request in
                if request.messages[0].text == "0" { try await gate.pass() } else { gate.open() }
                return .text("ok")
            }
            var indices: [Int] = []

            for try await answer in model.responses(to: requests(2), concurrency: 2, order: order) {
                indices.append(answer.index)
            }

            #expect(order == .asRequested ? indices == [0, 1] : Set(indices) == [0, 1])
        }
    }

    @Test(arguments: [ResponseOrder.asRequested, .asCompleted])
    func `does not work ahead of a reader who takes nothing`(order: ResponseOrder) async throws {
        let taken = Shared(0)
        let model = ScriptedModel { _ in .text("ok") }

        var iterator = model.responses(to: Endless(taken: taken), concurrency: 4, order: order).makeAsyncIterator()
        for _ in 0..<3 { _ = try await iterator.next() }
        for _ in 0..<2000 { await Task.yield() }

        #expect(taken.current == 3 + 4)
    }

    private struct Endless: Sequence, Sendable {
        let taken: Shared<Int>

        func makeIterator() -> AnyIterator<ModelRequest> {
            AnyIterator {
                taken.change { $0 += 1 }
                return ModelRequest("?")
            }
        }
    }

    @Test func `cancels what is under way when the reader leaves`() async throws {
        let gate = Gate()
        let model = ScriptedModel { request in
            if request.messages[0].text != "0" { try await gate.pass() }
            return .text("ok")
        }

        for try await answer in model.responses(to: requests(100), concurrency: 8) {
            #expect(answer.index == 0)
            #expect(await eventually { gate.waiting == 8 })
            break
        }

        #expect(await eventually { gate.waiting == 0 })
        #expect(model.requests.count == 9)
    }

    @Test func `leaves nothing behind when its answers are not taken`() async throws {
        weak var released: ScriptedModel?
        do {
            let model = ScriptedModel { _ in .text("ok") }
            released = model
            for try await _ in model.responses(to: requests(10), concurrency: 4) {
                // Others wait for a reader now.
                #expect(await eventually { model.requests.count == 5 })
                for _ in 0..<1000 { await Task.yield() }
                break
            }
        }

        #expect(await eventually { released == nil })
    }

    @Test func `ends with its task`() async {
        let gate = Gate()
        let model = ScriptedModel { _ in
            try await gate.pass()
            return .text("ok")
        }
        let task = Task { [requests = requests(20)] in try await model.respondToAll(requests, concurrency: 5) }
        #expect(await eventually { gate.waiting == 5 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await eventually { gate.waiting == 0 })
    }

    @Test func `waits for all in their order`() async throws {
        let results = try await model(Shared((0, 0))).respondToAll(requests(30), concurrency: 7)

        #expect(results.map { (try? $0.get().text) ?? "failed" } == (0..<30).map { $0 % 10 == 7 ? "failed" : "\($0)" })
        #expect(try await ScriptedModel([]).respondToAll([]).isEmpty)
    }

    @Test func `takes requests that come over time, and passes their failure on after the answers`() async throws {
        struct Late: Error {}
        let (requests, continuation) = AsyncThrowingStream<ModelRequest, any Error>.makeStream()
        let model = ScriptedModel { .text($0.messages[0].text) }
        let responses = model.responses(to: requests, concurrency: 3, order: .asRequested)
        var iterator = responses.makeAsyncIterator()

        continuation.yield(ModelRequest("a"))
        // The answer comes though the next request does not.
        #expect(try await iterator.next()?.result.get().text == "a")
        continuation.yield(ModelRequest("b"))
        continuation.finish(throwing: Late())

        #expect(try await iterator.next()?.result.get().text == "b")
        await #expect(throws: Late.self) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test(.timeLimit(.minutes(15)))
    func `loses no answer when readers come and go`() async throws {
        let model = model(Shared((0, 0)))
        for round in 0..<300 {
            let count = Int.random(in: 0..<20)
            let task = Task {
                var seen = 0
                for try await _ in model.responses(to: requests(20), concurrency: 1 + round % 6) {
                    seen += 1
                    if seen == count { break }
                }
                return seen
            }
            if round % 3 == 0 { task.cancel() }
            let seen = try? await task.value
            #expect(seen == nil || seen == (count == 0 ? 20 : count))
        }
    }
}
