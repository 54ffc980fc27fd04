import LanguageModels
import TestSupport
import Testing

struct ToolStreamTests {
    private struct Sum: Decodable { var a: Int, b: Int }

    private static let add = ExecutableTool(Tool(name: "add"), taking: Sum.self) { "\($0.a + $0.b)" }
    private let add = Self.add

    private static func call(_ id: String, _ name: String, _ arguments: String = "{}") -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }

    private static let sums = [call("1", "add", #"{"a":1,"b":2}"#), call("2", "add", #"{"a":3,"b":4}"#)]

    private static func cut(_ reason: FinishReason) -> ScriptedModel.Step {
        .response(ModelResponse(parts: [.toolCall(call("1", "add"))], finishReason: reason))
    }

    @Test func `tells what happens, in order`() async throws {
        let model = ScriptedModel([.calls([Self.sums[0]]), .text("It is 3")])

        var events: [ToolEvent] = []
        for try await event in model.stream(ModelRequest("Sum?"), using: [add]) { events.append(event) }

        let talk = try await ScriptedModel([.calls([Self.sums[0]]), .text("It is 3")])
            .respond(to: ModelRequest("Sum?"), using: [add])
        var first = ModelResponse(parts: [.toolCall(Self.sums[0])], finishReason: .toolCalls)
        first.usage = nil
        let answers = [first, talk.response]
        let expected: [ToolEvent] =
            answers[0].events.map { .answer($0) } + [.answered(answers[0], round: 1), .call(Self.sums[0])]
            + [.result(ToolResult(of: Self.sums[0], "3"))]
            + answers[1].events.map { .answer($0) } + [.answered(answers[1], round: 2), .finished(talk)]
        #expect(events == expected)
    }

    /// What a model says, and the tool choice and the most rounds it is asked with.
    private static let scripts: [([ScriptedModel.Step], ToolChoice, Int)] = [
        ([.text("no tools")], .automatic, 10),
        ([.calls(sums), .text("3 and 7")], .automatic, 10),
        ([.calls(sums), .calls([sums[1]]), .text("done")], .required, 10),
        ([.calls(sums), .calls(sums)], .automatic, 2),
        ([.calls(sums)], .automatic, 1),
        ([.calls([call("1", "none"), call("1", "add", "{"), call("1", "add")]), .text("sorry")], .automatic, 10),
        ([.response(ModelResponse(parts: [.text("wait")], finishReason: .pause)), .text("done")], .automatic, 10),
        ([cut(.length)], .automatic, 10),
        ([cut(.refusal)], .automatic, 10),
        ([cut(.pause), .text("done")], .tool("add"), 10),
        ([.failure(ModelError(.overloaded, "busy"))], .automatic, 10),
        ([.calls(sums), .failure(ModelError(.overloaded, "busy"))], .automatic, 10),
    ]

    @Test(arguments: scripts.indices)
    func `comes to the same as the loop that waits`(index: Int) async throws {
        let (steps, choice, rounds) = Self.scripts[index]
        var request = ModelRequest("?", system: "Answer")
        request.toolChoice = choice
        let (waiting, streaming) = (ScriptedModel(steps), ScriptedModel(steps))

        let expected: Result<ToolConversation, ModelError>
        let conversation: Result<ToolConversation, ModelError>
        expected = await result { try await waiting.respond(to: request, using: [add], maximumRounds: rounds) }
        conversation = await result {
            try await streaming.stream(request, using: [add], maximumRounds: rounds).conversation()
        }

        #expect(conversation == expected)
        #expect(streaming.requests == waiting.requests)
    }

    private func result(
        _ work: () async throws -> ToolConversation
    ) async -> Result<ToolConversation, ModelError> {
        do {
            return .success(try await work())
        } catch let error as ModelError {
            return .failure(error)
        } catch {
            Issue.record("another error: \(error)")
            return .failure(ModelError(.connection, "\(error)"))
        }
    }

    @Test func `tells a result as soon as it is there, and the model all in the order of the calls`() async throws {
        let gate = Gate()
        let slow = ExecutableTool(Tool(name: "slow")) { _ in
            try await gate.pass()
            return "slow"
        }
        let quick = ExecutableTool(Tool(name: "quick")) { _ in "quick" }
        let model = ScriptedModel([.calls([Self.call("1", "slow"), Self.call("2", "quick")]), .text("done")])

        var results: [String] = []
        for try await case .result(let result) in model.stream(ModelRequest("?"), using: [slow, quick]) {
            results.append(result.text)
            if result.name == "quick" { #expect(await eventually { gate.waiting == 1 }) }
            gate.open()
        }

        #expect(results == ["quick", "slow"])
        #expect(model.requests[1].messages[2].parts.compactMap(\.result?.text) == ["slow", "quick"])
    }

    @Test func `asks and runs nothing before somebody wants to know`() async throws {
        let ran = Shared(0)
        let tool = ExecutableTool(Tool(name: "f")) { _ in "\(ran.change { $0 += 1 })" }
        let model = ScriptedModel { _ in .calls([Self.call("1", "f"), Self.call("2", "f")]) }
        let stream = model.stream(ModelRequest("?"), using: [tool])
        #expect(model.requests.isEmpty)

        var calls = 0
        for try await case .call in stream {
            calls += 1
            if calls == 2 { break }
            // Whatever had begun would get to it.
            for _ in 0..<1000 { await Task.yield() }
        }

        #expect(ran.current == 0 && model.requests.count == 1)
    }

    @Test func `ends the tools with its task`() async {
        let gate = Gate()
        let tool = ExecutableTool(Tool(name: "slow")) { _ in
            try await gate.pass()
            return "late"
        }
        let model = ScriptedModel([.calls([Self.call("1", "slow"), Self.call("2", "slow")]), .text("done")])
        let task = Task { try await model.stream(ModelRequest("?"), using: [tool]).conversation() }
        #expect(await eventually { gate.waiting == 2 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.waiting == 0 && model.requests.count == 1)
    }

    @Test func `is not done with its task before the tools are`() async {
        let (gate, door) = (Gate(), Gate())
        let hasEnded = Shared(false)
        let tool = ExecutableTool(Tool(name: "tidy")) { _ in
            do { try await gate.pass() } catch { await Task { try? await door.pass() }.value }
            hasEnded.change { $0 = true }
            return "tidied up"
        }
        let model = ScriptedModel([.calls([Self.call("1", "tidy")]), .text("done")])
        let task = Task {
            _ = try? await model.stream(ModelRequest("?"), using: [tool]).conversation()
            return hasEnded.current
        }
        #expect(await eventually { gate.waiting == 1 })

        task.cancel()
        #expect(await eventually { door.waiting == 1 })
        door.open()

        #expect(await task.value)
    }

    @Test(arguments: [0, 1])
    func `ends the transfer with its task`(round: Int) async {
        let gate = Gate()
        let wait = ScriptedModel.Step.wait {
            try await gate.pass()
            return .text("late")
        }
        let model = ScriptedModel(Array(repeating: .calls([Self.sums[0]]), count: round) + [wait])
        let task = Task { try await model.stream(ModelRequest("?"), using: [add]).conversation() }
        #expect(await eventually { gate.waiting == 1 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.waiting == 0 && model.requests.count == round + 1)
    }

    @Test func `ends the tools when nobody listens any more`() async throws {
        let gate = Gate()
        let slow = ExecutableTool(Tool(name: "slow")) { _ in
            try await gate.pass()
            return "slow"
        }
        let quick = ExecutableTool(Tool(name: "quick")) { _ in
            #expect(await eventually { gate.waiting == 1 })
            return "quick"
        }
        let model = ScriptedModel([.calls([Self.call("1", "slow"), Self.call("2", "quick")])])

        for try await case .result in model.stream(ModelRequest("?"), using: [slow, quick]) { break }

        #expect(await eventually { gate.waiting == 0 })
    }

    @Test func `has nothing behind an error`() async throws {
        let model = ScriptedModel([.failure(ModelError(.connection, "")), .text("late")])
        var events = model.stream(ModelRequest("?"), using: []).makeAsyncIterator()

        await #expect(throws: ModelError.self) { try await events.next() }
        #expect(try await events.next() == nil)
        #expect(model.requests.count == 1)
    }

    @Test func `begins anew with each iteration`() async throws {
        let model = ScriptedModel { request in
            request.messages.count == 1 ? .calls([Self.sums[0]]) : .text("It is 3")
        }
        let stream = model.stream(ModelRequest("?"), using: [add])

        let talk = try await stream.conversation()
        #expect(try await stream.conversation() == talk)

        var text = ""
        for try await piece in stream.text { text += piece }
        #expect(text == "It is 3" && model.requests.count == 6)
    }
}

extension MessagePart {
    fileprivate var result: ToolResult? {
        if case .toolResult(let result) = content { result } else { nil }
    }
}
