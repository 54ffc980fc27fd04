import LanguageModels
import ModelCatalog
import Testing

struct CalibrationTests {
    private let model = ModelIdentity(provider: "anthropic", model: "claude-opus-5-5")

    private func count(_ basis: Int, exact: Bool = false) -> TokenCount {
        TokenCount(count: basis, isExact: exact, margin: 0.2, method: "", basis: basis, kind: .code)
    }

    @Test func `learns what the service really counts`() throws {
        let catalogue = try ModelCatalogue.builtIn()
        let profile = try #require(catalogue.profile(model))
        let text = String(repeating: EstimateTests.code, count: 20)
        var counter = RequestCounter(in: catalogue)
        let before = counter.count(text, for: profile)

        for _ in 0..<5 {
            let usage = Usage(inputTokens: before.basis * 7 / 5, outputTokens: 1)
            counter.calibration.learn(from: usage, for: before, of: model)
        }

        let after = counter.count(text, for: profile)
        #expect(abs(Double(after.count) / (Double(before.basis) * 1.4) - 1) < 0.01)
        #expect(after.margin == 0.05)
        #expect(after.method == "calibrated: o200k_base × 1.4, from 5 answers")
        #expect(counter.count(EstimateTests.prose, for: profile).method.hasPrefix("estimate"))
    }

    @Test(arguments: [(10, 1000), (5000, 1000), (0, 1000), (-7, 1000), (.max, 1), (100, 0)])
    func `learns nothing from what cannot be`(actual: Int, basis: Int) {
        var calibration = Calibration()
        calibration.learn(from: Usage(inputTokens: actual, outputTokens: 0), for: count(basis), of: model)

        #expect(calibration.isEmpty)
    }

    @Test func `learns of texts, not of what stands around them, nor of images`() throws {
        let catalogue = try ModelCatalogue.builtIn()
        let profile = try #require(catalogue.profile(model))
        var request = ModelRequest(String(repeating: EstimateTests.code, count: 20))
        request.tools = [Tool(name: "look", description: "Looks around.")]
        var counter = RequestCounter(in: catalogue)
        let count = counter.count(request, for: profile)

        let texts = count.basis - count.fixed
        let usage = Usage(inputTokens: texts * 2 + count.fixed, outputTokens: 0)
        counter.calibration.learn(from: usage, for: count, of: model)
        let image = MessagePart.image(Media(.bytes([]), type: "image/png"))
        request.messages[0].parts.append(image)
        let seen = counter.count(request, for: profile)
        counter.calibration.learn(from: Usage(inputTokens: 9000, outputTokens: 0), for: seen, of: model)

        #expect(count.fixed == 353)
        #expect(seen.hasMedia && !count.hasMedia)
        let ratios = counter.calibration.ratios(of: model).values
        #expect(ratios.map(\.value) == [2])
        #expect(ratios.map(\.answers) == [1])
        #expect(counter.count(request, for: profile).calibration?.value == 2)
    }

    @Test func `learns from what is charged where that is what was counted`() {
        var calibration = Calibration()
        var usage = Usage(inputTokens: 1500, outputTokens: 0)
        usage.billedInputTokens = 1100
        calibration.learn(from: usage, for: count(1000), of: model)

        #expect(calibration.ratios(of: model)[.code]?.value == 1.1)
    }

    @Test func `does not go by what a few short requests taught`() throws {
        let catalogue = try ModelCatalogue.builtIn()
        let profile = try #require(catalogue.profile(model))
        var counter = RequestCounter(in: catalogue)

        for expected in ["estimate", "calibrated"] {
            counter.calibration.learn(from: Usage(inputTokens: 300, outputTokens: 0), for: count(150), of: model)
            #expect(counter.count(EstimateTests.code, for: profile).method.hasPrefix(expected))
        }
    }

    @Test func `learns nothing where the count is exact`() {
        var calibration = Calibration()
        calibration.learn(from: Usage(inputTokens: 1100, outputTokens: 0), for: count(1000, exact: true), of: model)

        #expect(calibration.isEmpty)
    }

    @Test func `follows a service that changes its ways`() throws {
        var calibration = Calibration()
        for ratio in [100, 150] {
            for _ in 0..<200 {
                let usage = Usage(inputTokens: 1000 * ratio, outputTokens: 0)
                calibration.learn(from: usage, for: count(100_000), of: model)
            }
        }

        #expect(try #require(calibration.ratios(of: model)[.code]).value > 1.49)
    }

    @Test func `is kept, read and merged`() throws {
        var one = Calibration()
        one.learn(from: Usage(inputTokens: 1500, outputTokens: 0), for: count(1000), of: model)
        let azure = ModelIdentity(provider: "local", model: "org/model#1")
        one.learn(from: Usage(inputTokens: 900, outputTokens: 0), for: count(1000), of: azure)
        var two = Calibration()
        two.learn(from: Usage(inputTokens: 1700, outputTokens: 0), for: count(1000), of: model)

        let kept = Calibration(one.json)
        one.merge(two)

        #expect(kept.json.text == Calibration(kept.json).json.text)
        #expect(kept.ratios(of: azure)[.code]?.value == 0.9)
        #expect(one.ratios(of: model)[.code]?.value == 1.6)
        #expect(one.ratios(of: model)[.code]?.answers == 2)
    }

    @Test(arguments: [
        "null", "[]", "{\"x\":1}", "{\"a/b#code\":{}}", "{\"a/b#code\":{\"actual\":1e999,\"basis\":1,\"answers\":1}}",
        "{\"a/b#ode\":{\"actual\":1,\"basis\":1,\"answers\":1}}",
        "{\"#code/\":{\"actual\":1,\"basis\":1,\"answers\":1}}",
    ])
    func `leaves out what was kept badly`(text: String) throws {
        #expect(Calibration(try JSONValue(parsing: text)).isEmpty)
    }
}
