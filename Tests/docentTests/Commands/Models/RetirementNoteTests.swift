import LanguageModels
import Testing

@testable import docent

/// What `docent complete` says of a model that is gone or will be soon, on 2026-11-21.
struct RetirementNoteTests {
    @Test(arguments: [[], ["--json"], ["--stream"]])
    func `names the day and what to take instead, once, beside the answer`(options: [String]) async {
        let console = TestConsole()

        let code = await ask(ModelIdentity(provider: "openai", model: "gpt-4o"), console, options: options)

        #expect(code == .done)
        #expect(console.output.text.contains("Paris"))
        #expect(
            console.messages.text
                == "docent: note: openai/gpt-4o will be shut down on 2027-01-14, in 54 days; take gpt-5.6 instead\n"
        )
    }

    @Test(arguments: [
        (ModelIdentity(provider: "openai", model: "gpt-4"), "openai/gpt-4 was shut down on 2026-10-23"),
        (ModelIdentity(provider: "vertex", model: "gemini-2.5-pro"), "gemini/gemini-2.5-pro will be shut down"),
        (ModelIdentity(provider: "anthropic", model: "claude-2"), "anthropic/claude-2 was shut down on 2025-07-21"),
    ])
    func `says it before the service refuses the model`(model: ModelIdentity, message: String) async {
        let console = TestConsole()

        let code = await ask(model, console, answer: .failure(ModelError(.notFound, "gone", identity: model)))

        let lines = console.messages.text.split(separator: "\n")
        #expect(code == .someFailed)
        #expect(lines.first?.hasPrefix("docent: note: \(message)") == true, "\(console.messages.text)")
        #expect(lines.count == 2)
    }

    @Test(arguments: [
        (ModelIdentity(provider: "openai", model: "gpt-4o"), false),
        (ModelIdentity(provider: "openai", model: "gpt-5.6"), true),
        (ModelIdentity(provider: "openai", model: "gpt-4o-team"), true),
        (ModelIdentity(provider: "groq", model: "gpt-4o"), true),
    ])
    func `says nothing of other servers' models, and of those that stay or are guessed`(
        model: ModelIdentity,
        isOwn: Bool
    ) async {
        let console = TestConsole()

        #expect(await ask(model, console, isOwn: isOwn) == .done)
        #expect(console.messages.text.isEmpty, "\(console.messages.text)")
    }

    private func ask(
        _ model: ModelIdentity,
        _ console: TestConsole,
        options: [String] = [],
        isOwn: Bool = true,
        answer: ScriptedModel.Step = .text("Paris")
    ) async -> ExitCode {
        let scripted = ScriptedModel([answer], identity: model)
        var services = console.context().services
        services.calibration = .none
        services.secondsSince1970 = { 1_795_219_200 }
        services.models = { _ in .of(scripted, isAtOwnAddress: isOwn) }
        let context = CommandContext(console: console.console, services: services)
        return await Docent.run(["complete", "Capital of France?"] + options, in: context)
    }
}
