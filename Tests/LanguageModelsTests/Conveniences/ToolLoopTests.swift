import LanguageModels
import TestSupport
import Testing

struct ToolLoopTests {
    private struct Sum: Decodable { var a: Int, b: Int }

    private let add = ExecutableTool(Tool(name: "add"), taking: Sum.self) { "\($0.a + $0.b)" }

    private func calls(_ calls: (String, String, String)...) -> ScriptedModel.Step {
        .calls(calls.map { ToolCall(id: $0.0, name: $0.1, arguments: $0.2) })
    }

    @Test func `runs what the model calls and tells it the results`() async throws {
        let model = ScriptedModel([
            calls(("1", "add", #"{"a":1,"b":2}"#), ("2", "add", #"{"a":3,"b":4}"#)), .text("3 and 7"),
        ])

        let talk = try await model.respond(to: ModelRequest("Sums?"), using: [add])

        let sent = [
            Message.user("Sums?"),
            Message(
                .assistant,
                parts: [
                    .toolCall(ToolCall(id: "1", name: "add", arguments: #"{"a":1,"b":2}"#)),
                    .toolCall(ToolCall(id: "2", name: "add", arguments: #"{"a":3,"b":4}"#)),
                ]
            ),
            .results([
                ToolResult(callID: "1", name: "add", content: [.text("3")]),
                ToolResult(callID: "2", name: "add", content: [.text("7")]),
            ]),
        ]
        #expect(model.requests.map(\.messages) == [[sent[0]], sent])
        #expect(model.requests.allSatisfy { $0.tools == [add.tool] })
        #expect(talk.messages == sent + [.assistant("3 and 7")])
        #expect(talk.response.text == "3 and 7" && talk.rounds == 2 && !talk.reachedLimit)
    }

    @Test(arguments: [
        ("subtract", "{}", "there is no tool subtract; the tools are: add"),
        ("add", "{\"a\":", "the arguments are not JSON: the text ends where a value is expected at byte 5"),
        ("add", "{\"a\":1}", "the arguments do not fit the tool's parameters"),
        ("add", "", "the arguments do not fit the tool's parameters"),
    ])
    func `reports to the model what goes wrong`(name: String, arguments: String, words: String) async throws {
        let model = ScriptedModel([calls(("1", name, arguments)), .text("sorry")])

        let talk = try await model.respond(to: ModelRequest("?"), using: [add])

        guard case .toolResult(let result) = talk.messages[2].parts[0].content else {
            Issue.record("no result")
            return
        }
        #expect(result.isError && result.callID == "1")
        #expect(result.text == words)
    }

    @Test func `runs calls at the same time and keeps their order`() async throws {
        let gate = Gate()
        let slow = ExecutableTool(Tool(name: "slow")) { _ in
            try await gate.pass()
            return "slow"
        }
        let quick = ExecutableTool(Tool(name: "quick")) { _ in
            gate.open()
            return "quick"
        }
        let model = ScriptedModel([calls(("1", "slow", "{}"), ("2", "quick", "{}")), .text("done")])

        let talk = try await model.respond(to: ModelRequest("?"), using: [slow, quick])

        #expect(
            talk.messages[2]
                == .results([
                    ToolResult(of: ToolCall(id: "1", name: "slow"), "slow"),
                    ToolResult(of: ToolCall(id: "2", name: "quick"), "quick"),
                ])
        )
    }

    @Test func `ends after the most rounds`() async throws {
        let model = ScriptedModel { _ in
            var response = ModelResponse(parts: [.toolCall(ToolCall(id: "1", name: "add"))], finishReason: .toolCalls)
            response.usage = Usage(inputTokens: 10, outputTokens: 1)
            return .response(response)
        }

        let talk = try await model.respond(to: ModelRequest("?"), using: [add], maximumRounds: 3)

        #expect(talk.reachedLimit && talk.rounds == 3 && model.requests.count == 3)
        #expect(talk.usage == Usage(inputTokens: 30, outputTokens: 3))
    }

    @Test(arguments: [
        FinishReason.length, .contentFilter, .refusal, .contextWindow, .error, .queued, .cancelled,
    ])
    func `runs nothing of an answer that was cut off`(reason: FinishReason) async throws {
        let ran = Shared(false)
        let tool = ExecutableTool(Tool(name: "delete")) { _ in
            ran.change { $0 = true }
            return "gone"
        }
        let cut = ModelResponse(parts: [.toolCall(ToolCall(id: "1", name: "delete"))], finishReason: reason)

        let talk = try await ScriptedModel([.response(cut)]).respond(to: ModelRequest("?"), using: [tool])

        #expect(talk.response == cut && !talk.reachedLimit)
        #expect(!ran.current)
    }

    @Test func `goes on after a pause`() async throws {
        let pause = ModelResponse(parts: [.text("wait")], finishReason: .pause)
        let model = ScriptedModel([.response(pause), .text("done")])

        let talk = try await model.respond(to: ModelRequest("?"), using: [])

        #expect(talk.messages.map(\.text) == ["?", "wait", "done"])
    }

    @Test func `forces a call once`() async throws {
        let model = ScriptedModel([calls(("1", "add", "{}")), .text("done")])
        var request = ModelRequest("?")
        request.toolChoice = .required

        _ = try await model.respond(to: request, using: [add])

        #expect(model.requests.map(\.toolChoice) == [.required, .automatic])
    }

    @Test func `ends the tools with its task`() async {
        let gate = Gate()
        let tool = ExecutableTool(Tool(name: "slow")) { _ in
            try await gate.pass()
            return "late"
        }
        let model = ScriptedModel([calls(("1", "slow", "{}"), ("2", "slow", "{}")), .text("done")])
        let task = Task { try await model.respond(to: ModelRequest("?"), using: [tool]) }
        #expect(await eventually { gate.waiting == 2 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.waiting == 0 && model.requests.count == 1)
    }

    @Test func `reports a cancellation of the tool's own to the model`() async throws {
        let tool = ExecutableTool(Tool(name: "f")) { _ -> String in throw CancellationError() }
        let model = ScriptedModel([calls(("1", "f", "{}")), .text("done")])

        #expect(try await model.respond(to: ModelRequest("?"), using: [tool]).response.text == "done")
    }
}
