import Foundation
import LanguageModels
import ModelCatalog
import Testing
import Tokenization

/// Whether the long tier runs: `DOCENT_LONG_TESTS=1`.
private let isLong = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1"

struct PromptFittingTests {
    let exact: TokenMeter
    let estimating: TokenMeter

    init() throws {
        let catalogue = try ModelCatalogue.builtIn()
        let counter = RequestCounter(in: catalogue)
        exact = counter.meter(for: try #require(catalogue.match("gpt-4o")?.profile))
        estimating = counter.meter(for: try #require(catalogue.match("claude-opus-5-5")?.profile))
    }

    private static let source = "def a():\n    return 1\n\ndef b():\n    return 2\n\ndef c():\n    return 3\n"

    @Test func `keeps everything where there is room`() throws {
        let prompt = SectionedPrompt([PromptSection("one", "Hello"), PromptSection("two", "World")])
        let all = TokenEncoding.o200kBase.count("Hello\n\nWorld")

        let fitted = try TokenBudget.fit(prompt, into: all, counting: exact)

        #expect(fitted.text == "Hello\n\nWorld")
        #expect(fitted.dropped.isEmpty)
        #expect(fitted.count.count == all)
    }

    @Test func `drops the least important first, the later of equals, and keeps the order`() throws {
        let words = "alpha beta gamma delta epsilon"
        let prompt = SectionedPrompt([
            PromptSection("low", words, priority: 1, canShrink: false), PromptSection("must", words, isRequired: true),
            PromptSection("high", words, priority: 9, canShrink: false),
            PromptSection("low too", words, priority: 1, canShrink: false),
        ])
        func kept(_ count: Int) throws -> [String] {
            let text = Array(repeating: words, count: count).joined(separator: "\n\n")
            let budget = TokenEncoding.o200kBase.count(text) + 2
            return try TokenBudget.fit(prompt, into: budget, counting: exact).sections.map(\.name)
        }

        #expect(try kept(4) == ["low", "must", "high", "low too"])
        #expect(try kept(3) == ["low", "must", "high"])
        #expect(try kept(2) == ["must", "high"])
        #expect(try kept(1) == ["must"])
    }

    @Test func `cuts behind declarations, then paragraphs, lines and tokens`() throws {
        func cut(_ text: String, _ budget: Int, ends: [Int] = []) throws -> String {
            var section = PromptSection("source", text)
            section.declarationEnds = ends
            return try TokenBudget.fit(SectionedPrompt([section]), into: budget, counting: exact).text
        }
        let declaration = "def a():\n    return 1\n\n"
        let size = TokenEncoding.o200kBase.count(declaration)

        #expect(try cut(Self.source, 2 * size + 2) == declaration + "def b():\n    return 2\n\n")
        #expect(try cut(Self.source, size + 1, ends: [declaration.utf8.count]) == declaration)
        #expect(try cut("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n", 11).hasSuffix("\n"))
        #expect(try cut("alpha beta gamma delta epsilon zeta", 3) == "alpha beta gamma")
        #expect(try cut("alpha beta gamma", 0) == "")
    }

    @Test(arguments: ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "ꙮꙮꙮꙮꙮꙮ", "a\u{301}e\u{301}"])
    func `never cuts a character in two`(text: String) throws {
        for budget in 0...TokenEncoding.o200kBase.count(text) {
            let fitted = try TokenBudget.fit(SectionedPrompt([PromptSection("t", text)]), into: budget, counting: exact)
            #expect(text.utf8.starts(with: fitted.text.utf8))
            #expect(!fitted.text.unicodeScalars.contains("\u{FFFD}"))
        }
    }

    @Test func `says what was dropped`() throws {
        let prompt = SectionedPrompt([
            PromptSection("task", "Document this.", isRequired: true),
            PromptSection("source", Self.source, priority: 2),
            PromptSection("examples", "Many examples of good style", priority: 1),
        ])

        let fitted = try TokenBudget.fit(prompt, into: 24, counting: exact)

        #expect(fitted.sections.map(\.name) == ["task", "source"])
        #expect(fitted.dropped.map(\.name) == ["source", "examples"])
        #expect(fitted.dropped.map(\.isWhole) == [false, true])
        #expect(fitted.dropped.map(\.description) == ["end of source (8 tokens)", "examples (5 tokens)"])
        #expect(fitted.dropped[0].bytes == 22)
    }

    @Test func `refuses where the required does not fit`() throws {
        let prompt = SectionedPrompt([
            PromptSection("task", "one two three", isRequired: true), PromptSection("file", "four", isRequired: true),
            PromptSection("rest", "five"),
        ])

        let error = #expect(throws: FittingError.self) { try TokenBudget.fit(prompt, into: 4, counting: exact) }

        #expect(
            error?.description
                == "the required parts of the prompt (task, file) take 5 tokens, 1 more than the 4 that there are"
        )
        #expect(try TokenBudget.fit(prompt, into: 5, counting: exact).sections.map(\.name) == ["task", "file"])
    }

    @Test(arguments: [0, -5, .min])
    func `has no room where there are no tokens or fewer`(tokens: Int) throws {
        let prompt = SectionedPrompt([PromptSection("task", "one two three", isRequired: true)])

        let error = #expect(throws: FittingError.self) { try TokenBudget.fit(prompt, into: tokens, counting: exact) }

        #expect(
            error?.description
                == "the required parts of the prompt (task) take 3 tokens, 3 more than the 0 that there are"
        )
    }

    @Test func `drops what would be too short to be of use`() throws {
        var section = PromptSection("t", "alpha beta gamma delta epsilon zeta eta theta")
        section.smallestUse = 4

        #expect(try TokenBudget.fit(SectionedPrompt([section]), into: 3, counting: exact).text == "")
        #expect(try TokenBudget.fit(SectionedPrompt([section]), into: 4, counting: exact).text != "")
    }

    @Test func `takes declaration ends of any kind`() throws {
        var section = PromptSection("t", "naïve\nnaïve\n")
        section.declarationEnds = [-5, 3, 3, 1000, .max, .min, 0, 7]
        for budget in 0...10 {
            let fitted = try TokenBudget.fit(SectionedPrompt([section]), into: budget, counting: exact)
            #expect(section.text.utf8.starts(with: fitted.text.utf8))
        }
    }

    /// For random prompts and all budgets of a range: it fits, it is in order, it is the beginnings of sections, the
    /// more important is there before the less important, and more room never gives less.
    @Test(arguments: 0..<8)
    func `keeps its promises for random prompts`(seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(seed) + 1)
        for _ in 0..<(isLong ? 1000 : 60) {
            let prompt = Self.prompt(&random)
            let meter = Bool.random(using: &random) ? exact : estimating
            var previous: [Int] = []
            var budget = 0
            while budget < 160 {
                defer { budget += Int.random(in: 1...24, using: &random) }
                guard let fitted = try? TokenBudget.fit(prompt, into: budget, counting: meter) else {
                    #expect(previous.isEmpty, "what fitted must fit with more room")
                    continue
                }
                let lengths = Self.lengths(fitted, prompt)
                #expect(fitted.count.upperBound <= budget)
                #expect(fitted.count == meter.count(basis: meter.encoding.count(fitted.text), kind: fitted.count.kind))
                if !previous.isEmpty { #expect(zip(lengths, previous).allSatisfy(>=), "\(prompt) \(budget)") }
                Self.expectSense(fitted, lengths, prompt)
                previous = lengths
            }
        }
    }

    private static func expectSense(_ fitted: FittedPrompt, _ lengths: [Int], _ prompt: SectionedPrompt) {
        #expect(fitted.sections.map(\.index) == fitted.sections.map(\.index).sorted())
        for kept in fitted.sections { #expect(prompt.sections[kept.index].text.utf8.starts(with: kept.text.utf8)) }
        for (index, section) in prompt.sections.enumerated() {
            let whole = section.text.utf8.count
            if section.isRequired || !section.canShrink { #expect(lengths[index] == 0 || lengths[index] == whole) }
            if section.isRequired { #expect(lengths[index] == whole) }
            guard lengths[index] < whole else { continue }
            // Nothing less important is there where something of this is missing.
            for (other, less) in prompt.sections.enumerated() where !less.isRequired && less.priority < section.priority
            {
                #expect(lengths[other] == 0)
            }
        }
        let missing = zip(prompt.sections, lengths).filter { $0.text.utf8.count > $1 }.map(\.0.name)
        #expect(fitted.dropped.map(\.name) == missing)
    }

    private static func lengths(_ fitted: FittedPrompt, _ prompt: SectionedPrompt) -> [Int] {
        var lengths = prompt.sections.map { _ in 0 }
        for kept in fitted.sections { lengths[kept.index] = kept.text.utf8.count }
        return lengths
    }

    private static func prompt(_ random: inout SeededNumbers) -> SectionedPrompt {
        let words = [
            "def f(x):", "    return x", "\n", "\n\n", " the harvest", "今天天气", "🦙👩‍👧", "=====", " ", "  \n", "naïve", "/",
            "\r\n",
            "aaaaaaaa", "\t", "I'll",
        ]
        let sections = (0..<Int.random(in: 0...5, using: &random)).map { index in
            let length = Int.random(in: 0...30, using: &random)
            let text = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            var section = PromptSection(
                "s\(index)",
                text,
                priority: Int.random(in: 0...3, using: &random),
                isRequired: Int.random(in: 0...5, using: &random) == 0,
                canShrink: Int.random(in: 0...3, using: &random) > 0
            )
            section.declarationEnds = (0..<3).map { _ in Int.random(in: 0...100, using: &random) }
            section.smallestUse = Int.random(in: 0...6, using: &random)
            return section
        }
        return SectionedPrompt(sections, separator: ["\n\n", "", "\n---\n"].randomElement(using: &random) ?? "")
    }

    @Test func `fits a megabyte without counting it again and again`() throws {
        let line = "The committee met on a rainy day, and spoke about the harvest.\n"
        let text = String(repeating: line, count: 4000)
        let minified = String(repeating: "x=1;", count: 5000)
        let prompt = SectionedPrompt([PromptSection("prose", text, priority: 1), PromptSection("code", minified)])
        let clock = ContinuousClock()
        var fitted: FittedPrompt?

        let time = try clock.measure { fitted = try TokenBudget.fit(prompt, into: 10_000, counting: exact) }

        #expect(fitted.map { $0.count.count > 9800 && $0.count.count <= 10_000 } == true)
        // A few seconds in a debug build; counting once for each of 4,000 lines would take an hour.
        #expect(time < .seconds(60))
    }
}

/// Random numbers that are the same in each run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
