import LanguageModels
import ModelCatalog
import Synchronization
import Testing

@testable import docent

struct PromptTests {
    @Test(arguments: [
        (["Why", "not?"], "Why not?"), ([], "piped\n"), (["-"], "piped\n"),
        (["Sum", "up:", "-"], "Sum up:\n\npiped\n"), (["-", "Sum", "up"], "piped\n\nSum up"),
        (["a", "-", "b"], "a\n\npiped\n\nb"), (["5 - 3"], "5 - 3"),
        (["-f", "-"], "standard input:\n\npiped\n\n\n"), (["-f", "-", "x"], "standard input:\n\npiped\n\n\nx"),
    ])
    func `puts standard input where a dash stands`(words: [String], text: String) async throws {
        let asked = Asked(input: "piped\n".utf8)

        let code = await asked.docent(["complete"] + words)

        #expect(code == .done)
        #expect(asked.model.requests.map(\.messages.last?.text) == [text])
    }

    @Test(arguments: [
        (["-", "x", "-"], "standard input can be read once; '-' stands for it 2 times"),
        (["-f", "-", "-"], "standard input can be read once; '-' stands for it 2 times"),
        (["--schema", "-", "-f", "-", "-"], "standard input can be read once; '-' stands for it 3 times"),
        ([""], "an empty argument is no prompt; leave it out to give one on standard input"),
    ])
    func `takes standard input once, and no empty word`(words: [String], message: String) async {
        let asked = Asked(input: "piped".utf8)

        let code = await asked.docent(["complete"] + words)

        #expect(code == .usage)
        #expect(asked.messages == "docent: \(message)\nRun 'docent complete --help' to see what there is.\n")
        #expect(asked.model.requests.isEmpty)
    }

    @Test(arguments: [["-"], ["Sum up", "-"]])
    func `says that what a dash stands for is empty`(words: [String]) async {
        let asked = Asked(input: " \n".utf8)

        let code = await asked.docent(["complete"] + words)

        let message = "standard input, for which '-' stands, is empty; pipe a text into it, or leave '-' out"
        #expect(code == .usage)
        #expect(asked.messages == "docent: \(message)\n")
        #expect(asked.model.requests.isEmpty)
    }

    @Test(arguments: [
        (["-"], "standard input is no text in UTF-8 (PLACE); images and PDFs are added with --file"),
        ([], "standard input is no text in UTF-8 (PLACE); images and PDFs are added with --file"),
        (
            ["-f", "-", "x"],
            "standard input: this is no text in UTF-8 (PLACE), no PDF, and no PNG, JPEG, GIF or WebP image"
        ),
    ])
    func `sends no bytes that are no text, and says where they are`(words: [String], message: String) async {
        let asked = Asked(input: [0x61, 0x0A, 0xC3, 0xA4, 0x62, 0xC3, 0x28, 0xFF])

        let code = await asked.docent(["complete"] + words)

        let whole = message.replacing("PLACE", with: "the byte 0xC3 at offset 5, in line 2")
        #expect(code == .usage)
        #expect(asked.messages == "docent: \(whole)\n")
        #expect(asked.model.requests.isEmpty)
    }

    @Test(arguments: [(1000, 1), (1 << 20, 0)])
    func `learns how a model counts from short prompts alone`(bytes: Int, lessons: Int) async {
        let asked = Asked(input: Array(repeating: 0x61, count: bytes))

        let code = await asked.docent(["complete"])

        #expect(code == .done)
        #expect(asked.lessons == lessons)
    }
}

/// A scripted model behind the command, and a standard input.
private final class Asked: Sendable {
    let model: ScriptedModel
    private let console = TestConsole()
    private let input: [UInt8]
    private let saved = Mutex(0)

    init(input: some Sequence<UInt8>) {
        self.input = Array(input)
        var response = ModelResponse(parts: [.text("ok")], finishReason: .stop)
        response.usage = Usage(inputTokens: 300, outputTokens: 1)
        let identity = ModelIdentity(provider: "anthropic", model: "claude-sonnet-4-5")
        model = ScriptedModel([.response(response)], identity: identity)
    }

    var messages: String { console.messages.text }
    /// How often something was learnt.
    var lessons: Int { saved.withLock { $0 } }

    func docent(_ words: [String]) async -> ExitCode {
        var services = console.context().services
        services.models = { [model] _ in .of(model, isAtOwnAddress: true) }
        services.fileInput = FileInput { [input] path, take throws(InputError) in
            guard path == "-" else { throw InputError("\(path): it does not exist") }
            take(input[...])
        }
        services.calibration = CalibrationStore(
            load: { Calibration() },
            save: { [self] _ in saved.withLock { $0 += 1 } }
        )
        return await Docent.run(words, in: CommandContext(console: console.console, services: services))
    }
}
