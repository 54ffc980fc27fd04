import LanguageModels
import Testing

@testable import ModelProviders

struct OpenAIRulesTests {
    private func prepared(_ model: String, _ change: (inout RequestOptions) -> Void) throws -> RequestPreparation {
        var request = ModelRequest("?", system: "Be terse.")
        change(&request.options)
        var preparation = RequestPreparation(request, for: ModelIdentity(provider: "openai", model: model))
        try preparation.apply(OpenAIRules.rules(for: model))
        return preparation
    }

    /// Whether `temperature` is sent: without an effort, with `none`, with `low`.
    @Test(arguments: [
        ("gpt-5.6", [false, true, false]), ("gpt-5.6-sol", [false, true, false]), ("gpt-5.5", [false, true, false]),
        ("gpt-5.5-pro", [false, false, false]), ("gpt-5.4-pro-2026", [false, false, false]),
        ("gpt-5.4", [true, true, false]), ("gpt-5.4-mini", [true, true, false]), ("gpt-5.1", [true, true, false]),
        ("gpt-5.2-chat-latest", [false, false, false]), ("gpt-5.1-codex-mini", [false, false, false]),
        ("gpt-5-chat-latest", [true, true, true]), ("gpt-5", [false, false, false]),
        ("gpt-5-mini-2025-08-07", [false, false, false]), ("o1", [false, false, false]),
        ("o3-mini", [false, false, false]), ("o4-mini", [false, false, false]), ("gpt-4o", [true, true, true]),
        ("gpt-4.1-nano", [true, true, true]), ("ft:gpt-4o-mini:acme", [true, true, true]),
        ("chatgpt-4o-latest", [true, true, true]), ("gpt-4o-search-preview", [false, false, false]),
        ("my-deployment", [true, true, true]), ("GPT-5", [false, false, false]),
    ])
    func `sends sampling where the model takes it`(model: String, sent: [Bool]) throws {
        let efforts: [ReasoningEffort?] = [nil, ReasoningEffort.none, .low]

        for (effort, sent) in zip(efforts, sent) {
            let result = try prepared(model) {
                $0.temperature = 0.3
                $0.reasoning = effort
            }
            #expect((result.request.options.temperature != nil) == sent, "\(effort.map { "\($0)" } ?? "no effort")")
            #expect(result.warnings.contains { $0.option == "temperature" } == !sent)
        }
    }

    @Test(arguments: [
        ("gpt-5", ReasoningEffort.none, ReasoningEffort?.some(.minimal)), ("gpt-5.6", .minimal, .some(.none)),
        ("gpt-5.6", .maximum, .maximum), ("o3", .extraHigh, .high), ("gpt-5.2-chat", .low, .medium),
        ("gpt-4o", .high, nil), ("gpt-4o", .none, nil), ("o3", .budget(tokens: 99), nil),
        ("unheard-of", .high, .high), ("unheard-of", .budget(tokens: 9), nil),
    ])
    func `sends the nearest effort that the model knows`(
        model: String,
        wanted: ReasoningEffort,
        sent: ReasoningEffort?
    ) throws {
        let result = try prepared(model) { $0.reasoning = wanted }

        #expect(result.request.options.reasoning == sent)
    }

    @Test func `drops stop texts, penalties and top-k with a warning each`() throws {
        let result = try prepared("gpt-5.6") {
            $0.stop = ["a"]
            $0.presencePenalty = 1
            $0.topK = 4
            $0.reasoning = ReasoningEffort.none
        }

        #expect(result.warnings.map(\.option) == ["presencePenalty", "topK", "stop"])
        #expect(try prepared("gpt-4o") { $0.stop = ["a", "b", "c", "d", "e"] }.request.options.stop.count == 4)
    }

    @Test(arguments: [
        ("gpt-4o", 3.0, 2.0), ("gpt-4o", -1, 0), ("gpt-4o", 2, 2), ("gpt-4o", 0, 0), ("my-deployment", 3, 3),
    ])
    func `sends the nearest temperature that a known model takes`(model: String, wanted: Double, sent: Double) throws {
        let result = try prepared(model) { $0.temperature = wanted }

        #expect(result.request.options.temperature == sent)
        #expect(result.warnings.map(\.option) == (wanted == sent ? [] : ["temperature"]))
    }

    @Test func `fails before sending where the options are strict`() {
        #expect {
            try prepared("o3") {
                $0.temperature = 1
                $0.isStrict = true
            }
        } throws: { error in
            "\(error)"
                == "openai/o3: not supported by the model: temperature: the model does not take it while it reasons; "
                + "it was dropped"
        }
    }

    @Test(arguments: [
        ("gpt-4o", true), ("gpt-3.5-turbo", false), ("gpt-35-turbo", false), ("gpt-4-turbo", false), ("gpt-4.1", true),
    ])
    func `knows which models can be held to a schema`(model: String, takesSchema: Bool) {
        #expect(OpenAIRules.rules(for: model).takesSchema == takesSchema)
    }

    @Test func `sends instructions as the user's words to models that take none`() throws {
        #expect(try prepared("o1-mini") { _ in }.request.messages.map(\.role) == [.user, .user])
        #expect(try prepared("o1") { _ in }.request.messages.map(\.role) == [.system, .user])
    }
}
