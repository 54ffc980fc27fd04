import LanguageModels
import Testing

/// The examples of the documentation, as a user writes them.
struct ExamplesTests {
    private struct Review: StructuredOutput {
        var score: Int
        var remarks: [String]

        static let outputSchema = OutputSchema(
            name: "review",
            properties: [
                "score": ["type": "integer"],
                "remarks": ["type": "array", "items": ["type": "string"]],
            ]
        )
    }

    /// In place of a service's model; all wrappers in the order they are meant for.
    private func assembled(_ provider: any LanguageModel, spare: any LanguageModel) -> any LanguageModel {
        let limiter = RateLimiter()
        let model = RetryingModel(RateLimitedModel(provider, limiter: limiter), policy: RetryPolicy(maximumAttempts: 5))
        return FallbackModel(model, otherwise: [spare])
    }

    @Test func `a question`() async throws {
        let model = assembled(ScriptedModel([.text("42")]), spare: ScriptedModel([]))

        let answer = try await model.complete("What is six times seven?", system: "Answer with a number")

        #expect(answer == "42")
    }

    @Test func `an answer in pieces`() async throws {
        let model = assembled(ScriptedModel([.text("so long and thanks")]), spare: ScriptedModel([]))

        var text = ""
        for try await piece in model.stream("Say goodbye").text { text += piece }

        #expect(text == "so long and thanks")
    }

    @Test func `a value`() async throws {
        let model = ScriptedModel([.text(#"{"score": 4, "remarks": ["short"]}"#)])

        let review = try await model.completeStructured("Review this", as: Review.self).value

        #expect(review.score == 4 && review.remarks == ["short"])
    }

    @Test func `tools`() async throws {
        let call = ToolCall(id: "1", name: "weather", arguments: #"{"city":"Lima"}"#)
        let model = ScriptedModel([.calls([call]), .text("Sunny!")])
        let weather = ExecutableTool(
            Tool(
                name: "weather",
                description: "The weather in a city now",
                parameters: .object(properties: ["city": ["type": "string"]])
            )
        ) { arguments in
            "sunny in \(arguments["city"]?.string ?? "?")"
        }

        let talk = try await model.respond(to: ModelRequest("Weather in Lima?"), using: [weather])

        #expect(talk.response.text == "Sunny!")
    }

    @Test func `many requests`() async throws {
        let model = ScriptedModel { .text($0.messages[0].text.uppercased()) }
        let requests = ["a", "b", "c"].map { ModelRequest($0) }

        var answers: [Int: String] = [:]
        for try await answer in model.responses(to: requests, concurrency: 2) {
            answers[answer.index] = try? answer.result.get().text
        }

        #expect(answers == [0: "A", 1: "B", 2: "C"])
    }

    @Test func `an error to act on`() async {
        let model = ScriptedModel([.failure(ModelError(.contextTooLong(limit: 100, count: 120), ""))])

        do {
            _ = try await model.complete("A very long text")
            Issue.record("no error")
        } catch let error as ModelError {
            switch error.kind {
            case .contextTooLong(let limit?, _): #expect(limit == 100)
            default: Issue.record("another error")
            }
        } catch {
            Issue.record("another error")
        }
    }
}
