import LanguageModels
import ModelCatalog
import Testing
import Tokenization

struct EstimateTests {
    let catalogue: ModelCatalogue
    let counter: RequestCounter

    init() throws {
        catalogue = try ModelCatalogue.builtIn()
        counter = RequestCounter(in: catalogue)
    }

    static let prose = "The committee met on a rainy day and spoke about the harvest. "
    static let code = "def f(x: int) -> dict[str, int]:\n    return {\"a\": x + 1, \"b\": g(x)}\n\n"
    static let chinese = "今天天气很好，我们一起去公园散步吧。"
    static let russian = "Сегодня хорошая погода, и мы идём гулять. "

    @Test(arguments: [
        (prose, TextKind.prose), (code, .code), (chinese, .cjk), (russian, .other), ("", .other), ("{}", .code),
        ("Grüße aus München, schöne Aussicht über die Dächer", .prose), ("日本語のテキスト with some English", .cjk),
        (#"{"name": "x", "values": [1, 2, 3], "nested": {"deep": true}}"#, .code), ("1234567", .other),
    ])
    func `sees what kind of text it is`(text: String, kind: TextKind) {
        #expect(TextKind(detecting: String(repeating: text, count: 20)) == kind)
    }

    @Test(arguments: [
        ("anthropic/claude-sonnet-4-6", prose, 1.16), ("anthropic/claude-sonnet-4-6", code, 1.3),
        ("anthropic/claude-sonnet-4-6", chinese, 1.25), ("anthropic/claude-opus-5-5", prose, 1.65),
        ("anthropic/claude-opus-5-5", code, 1.55), ("anthropic/claude-opus-5-5", chinese, 1.3),
        ("gemini/gemini-3.8-flash", prose, 1.05), ("cohere/command-a-03-2025", code, 1.05),
    ])
    func `estimates by the catalogue's factors`(model: String, text: String, factor: Double) throws {
        let profile = try #require(catalogue.match(model)?.profile)

        let text = String(repeating: text, count: 20)
        let count = counter.count(text, for: profile)

        let basis = TokenEncoding.o200kBase.count(text)
        #expect(count.count == Int((Double(basis) * factor).rounded(.up)))
        #expect(!count.isExact)
        #expect(count.basis == basis)
        #expect(count.method.hasPrefix("estimate: o200k_base × \(factor)"))
        #expect(Double(count.upperBound) >= Double(count.count) * 1.15)
        #expect(Double(count.upperBound) < Double(count.count) * 1.15 + 1)
        #expect(count.description.hasPrefix("about \(count.count) tokens (estimate, ±"))
    }

    @Test func `counts exactly with a file of the user's own`() throws {
        let own = RequestCounter(in: catalogue) { name in
            name == "cohere:command-a-03-2025" ? .cl100kBase : TokenEncoding.named(name)
        }
        let profile = try #require(catalogue.match("cohere/command-a-03-2025")?.profile)

        #expect(own.count(Self.prose, for: profile).isExact)
        #expect(own.count(Self.prose, for: profile).count == TokenEncoding.cl100kBase.count(Self.prose))
    }

    @Test(arguments: [
        ("anthropic/claude-sonnet-4-6", ToolChoice.automatic, 346), ("anthropic/claude-sonnet-4-6", .required, 313),
        ("anthropic/claude-3-opus-20240229", .none, 530), ("anthropic/claude-3-haiku-20240307", .tool("t"), 340),
    ])
    func `adds Anthropic's hidden prompt for tools`(model: String, choice: ToolChoice, tokens: Int) throws {
        let profile = try #require(catalogue.match(model)?.profile)
        var request = ModelRequest("a")
        let plain = counter.count(request, for: profile).count
        request.tools = [Tool(name: "t")]
        request.toolChoice = choice
        let definition = #"{"name":"t","description":"","input_schema":{"type":"object","properties":{}}}"#

        let expected = plain + tokens + counter.count(definition, for: profile).count
        #expect(counter.count(request, for: profile).count == expected)
        // One token, 7 around it; the factor makes two of the one.
        #expect(plain == 9)
    }

    @Test(arguments: [
        ("openai/gpt-4o", 1024, 1024, "high", 765), ("openai/gpt-4o", 2048, 4096, "high", 1105),
        ("openai/gpt-4o", 4096, 8192, "low", 85), ("openai/gpt-4o", 100, 100, "auto", 255),
        ("anthropic/claude-sonnet-4-6", 1000, 1000, "auto", 1334), ("gemini/gemini-2.5-flash", 300, 300, "auto", 258),
        ("gemini/gemini-2.5-flash", 1536, 768, "auto", 516), ("gemini/gemini-3.8-flash", 64, 64, "auto", 1120),
    ])
    func `counts images by the published rules`(
        model: String,
        width: Int,
        height: Int,
        detail: String,
        tokens: Int
    ) throws {
        let profile = try #require(catalogue.match(model)?.profile)
        func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } }
        let png = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82] + big(width) + big(height)
        let image = Media(.bytes(png), type: "image/png", detail: detail)
        let plain = ModelRequest(messages: [.user([.text("What is it?")])])
        let shown = ModelRequest(messages: [.user([.text("What is it?"), .image(image)])])

        let added = counter.count(shown, for: profile).count - counter.count(plain, for: profile).count
        #expect(added == tokens)
        #expect(!counter.count(shown, for: profile).isExact)
    }

    @Test func `survives images of any bytes`() throws {
        let profile = try #require(catalogue.match("gpt-4o")?.profile)
        let heads: [[UInt8]] = [
            [0x89, 0x50, 0x4E, 0x47], Array("GIF89a".utf8), [0xFF, 0xD8, 0xFF], Array("RIFFxxxxWEBPVP8X".utf8),
            Array("RIFFxxxxWEBPVP8L".utf8), Array("RIFFxxxxWEBPVP8 ".utf8), Array("%PDF-1.4 /Type /Page ".utf8),
        ]
        for head in heads {
            for length in 0..<64 {
                let bytes = head + (0..<length).map { _ in UInt8.random(in: 0...255) }
                let parts: [MessagePart] = [.image(Media(.bytes(bytes))), .document(Media(.bytes(bytes)))]
                #expect(counter.count(ModelRequest(messages: [.user(parts)]), for: profile).count > 0)
            }
        }
    }

    private struct Service: TokenCounting {
        var answer: Result<Int, any Error>
        func countTokens(of request: ModelRequest) async throws -> Int { try answer.get() }
    }

    @Test func `takes Gemini's own count for exact`() async throws {
        let profile = try #require(catalogue.match("gemini-3.8-flash")?.profile)
        let service = Service(answer: .success(12))

        let asked = try await counter.count(ModelRequest("Hello there"), for: profile, asking: service)

        #expect(asked.isExact && asked.margin == 0)
    }

    @Test func `counts the names and texts of a call's arguments at Gemini`() throws {
        let profile = try #require(catalogue.match("gemini-3.8-flash")?.profile)
        let arguments = #"{"place":"Lima","days":[{"of":"week"},7,true]}"#
        func basis(_ part: MessagePart) -> Int {
            counter.count(ModelRequest(messages: [Message(.assistant, parts: [part])]), for: profile).basis
        }

        let texts = ["look", "place", "Lima", "days", "of", "week"].map { TokenEncoding.o200kBase.count($0) }
        #expect(basis(.toolCall(ToolCall(id: "1", name: "look", arguments: arguments))) == texts.reduce(0, +))
        #expect(basis(.toolCall(ToolCall(id: "1", name: "look", arguments: "{"))) == 2)
    }

    @Test func `asks the service, and counts itself where that fails`() async throws {
        let profile = try #require(catalogue.match("claude-opus-5-5")?.profile)
        let request = ModelRequest("Hello there")
        let local = counter.count(request, for: profile)

        let asked = try await counter.count(request, for: profile, asking: Service(answer: .success(12)))
        let failure = ModelError(.overloaded, "busy")
        let failed = try await counter.count(request, for: profile, asking: Service(answer: .failure(failure)))

        #expect(asked.count == 12)
        // Anthropic calls its own count an estimate.
        #expect(!asked.isExact)
        #expect(asked.margin == 0.05)
        #expect(asked.method == "counted by anthropic")
        #expect(failed == local)
        await #expect(throws: CancellationError.self) {
            try await counter.count(request, for: profile, asking: Service(answer: .failure(CancellationError())))
        }
    }
}
