import Foundation
import LanguageModels
import ModelCatalog
import Synchronization
import Testing

@testable import docent

struct CalibrationStoreTests {
    @Test func `keeps what answers teach between runs`() throws {
        try Subprocess.withFolder { folder in
            let path = folder.appending(path: "state/docent/calibration.json").path()
            let catalogue = try ModelCatalogue.builtIn()
            let model = ModelIdentity(provider: "anthropic", model: "claude-opus-5-5")
            let request = ModelRequest(String(repeating: "A plain sentence of English words. ", count: 200))

            for _ in 0..<3 {
                CalibrationStore.file(path)
                    .learn(from: Usage(inputTokens: 4200, outputTokens: 1), for: request, of: model, in: catalogue)
            }

            let profile = try #require(catalogue.match(model)?.profile)
            let counter = RequestCounter(in: catalogue, calibration: CalibrationStore.file(path).load())
            #expect(abs(counter.count(request, for: profile).count - 4200) < 100)
            #expect(RequestCounter(in: catalogue).count(request, for: profile).count < 3500)
        }
    }

    @Test func `learns nothing from what is exact, and takes a broken file for an empty one`() throws {
        try Subprocess.withFolder { folder in
            let file = folder.appending(path: "calibration.json")
            try Data("{broken".utf8).write(to: file)
            let store = CalibrationStore.file(file.path())
            let catalogue = try ModelCatalogue.builtIn()

            store.learn(
                from: Usage(inputTokens: 99, outputTokens: 1),
                for: ModelRequest("Hi"),
                of: ModelIdentity(provider: "openai", model: "gpt-4o"),
                in: catalogue
            )

            #expect(store.load().isEmpty)
            #expect(try String(contentsOf: file, encoding: .utf8) == "{broken")
        }
    }

    @Test(arguments: [
        ("anthropic", "claude-opus-9"), ("openrouter", "anthropic/claude-opus-5-5"), ("nosuch", "claude-opus-5-5"),
    ])
    func `learns nothing of a model that is only guessed`(provider: String, model: String) throws {
        let store = CalibrationStore(load: { Calibration() }, save: { _ in Issue.record("something was kept") })

        store.learn(
            from: Usage(inputTokens: 2000, outputTokens: 1),
            for: ModelRequest(String(repeating: "A plain sentence of English words. ", count: 200)),
            of: ModelIdentity(provider: provider, model: model),
            in: try ModelCatalogue.builtIn()
        )
    }

    @Test(arguments: [true, false])
    func `learns only where the service itself has answered`(isOwn: Bool) async {
        let console = TestConsole()
        let kept = Mutex(0)
        var response = ModelResponse(parts: [.text("x")], finishReason: .stop)
        response.usage = Usage(inputTokens: 2000, outputTokens: 1)
        let model = ScriptedModel(
            [.response(response)],
            identity: ModelIdentity(provider: "anthropic", model: "claude-opus-5-5")
        )
        var services = console.context().services
        services.calibration = CalibrationStore(load: { Calibration() }, save: { _ in kept.withLock { $0 += 1 } })
        services.models = { _ in .of(model, isAtOwnAddress: isOwn) }
        let prompt = String(repeating: "A plain sentence of English words. ", count: 200)

        let code = await Docent.run(
            ["complete", prompt],
            in: CommandContext(console: console.console, services: services)
        )

        #expect(code == .done)
        #expect(kept.withLock { $0 } == (isOwn ? 1 : 0))
    }

    @Test func `is kept where the user's state is`() {
        let store = CalibrationStore.ofUser { $0 == "HOME" ? "relative" : nil }

        store.save(Calibration())

        #expect(store.load().isEmpty)
    }
}
