import LanguageModels
import Testing

struct ResponseAccumulatorTests {
    private func response(_ events: ModelEvent...) -> ModelResponse {
        var accumulator = ResponseAccumulator()
        for event in events { accumulator.add(event) }
        return accumulator.response
    }

    @Test func `adds parts that grow in turns, in the order of their numbers`() {
        let response = response(
            .delta(part: 2, .toolCall(id: "b", name: "g")),
            .delta(part: 1, .toolCall(id: "a", name: "f")),
            .delta(part: 2, .arguments("{\"x\"")),
            .delta(part: 0, .text("one ")),
            .delta(part: 1, .arguments("{}")),
            .delta(part: 2, .arguments(":1}")),
            .delta(part: 0, .text("two"))
        )

        #expect(
            response.message.parts == [
                .text("one two"), .toolCall(ToolCall(id: "a", name: "f")),
                .toolCall(ToolCall(id: "b", name: "g", arguments: "{\"x\":1}")),
            ]
        )
    }

    @Test func `takes a part as it is to be kept, and goes on from it`() {
        let sealed = MessagePart(.reasoning("thought"), replay: Replay(format: "anthropic", value: "signature"))

        let response = response(
            .delta(part: 0, .reasoning("though")),
            .part(0, sealed),
            .part(1, .text("a")),
            .delta(part: 1, .text("b"))
        )

        #expect(response.message.parts == [sealed, .text("ab")])
    }

    @Test func `keeps what a call has gained when its name comes late`() {
        let response = response(.delta(part: 0, .arguments("[1]")), .delta(part: 0, .toolCall(id: "1", name: "f")))

        #expect(response.toolCalls == [ToolCall(id: "1", name: "f", arguments: "[1]")])
    }

    @Test func `writes no arguments as an empty object`() {
        let response = response(.delta(part: 0, .toolCall(id: "1", name: "f")), .delta(part: 0, .arguments("")))

        #expect(response.toolCalls == [ToolCall(id: "1", name: "f", arguments: "{}")])
    }

    @Test func `keeps what was said beside the answer`() {
        var first = ResponseDetails()
        first.limits.requests.remaining = 5
        first.requestID = "r"
        first.attempts = 2
        first.warnings = [RequestWarning(option: "seed", reason: "not taken")]
        var second = ResponseDetails()
        second.warnings = [RequestWarning(option: "topK", reason: "not taken")]

        let response = response(
            .started(id: "1", model: "m"),
            .details(first),
            .usage(Usage(inputTokens: 1, outputTokens: 0)),
            .usage(Usage(inputTokens: 1, outputTokens: 9)),
            .finished(.length, raw: "max"),
            .details(second)
        )

        #expect(response.id == "1" && response.model == "m" && response.requestID == "r" && response.attempts == 2)
        #expect(response.limits.requests.remaining == 5)
        #expect(response.usage == Usage(inputTokens: 1, outputTokens: 9))
        #expect(response.warnings.map(\.option) == ["seed", "topK"])
        #expect(response.finishReason == .length && response.rawFinishReason == "max")
    }

    @Test func `tells whether something has come and whether it is done`() {
        var accumulator = ResponseAccumulator()
        accumulator.add(.started(id: nil, model: nil))
        #expect(!accumulator.hasContent && !accumulator.isFinished)

        accumulator.add(.delta(part: 0, .text("")))
        #expect(accumulator.hasContent && !accumulator.isFinished)

        accumulator.add(.finished(.stop, raw: nil))
        #expect(accumulator.isFinished)
    }

    /// A copy for each piece would move 40 GB and take minutes.
    @Test func `takes time by what comes, not by pieces times length`() {
        var accumulator = ResponseAccumulator()
        for index in 0..<400_000 { accumulator.add(.delta(part: index % 2, .text("x"))) }

        #expect(accumulator.response.text.utf8.count == 400_000)
    }

    @Test func `gives back every answer that is cut into events`() async throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let response = ModelResponse.random(using: &random)

            #expect(try await ModelStream(response.events).response() == response)
        }
    }
}

extension ModelResponse {
    /// An answer with anything in it.
    static func random(using random: inout some RandomNumberGenerator) -> ModelResponse {
        let words = ["a", " ", "b c", "  ", "é😀", "\r\n", "", "x y z "]
        let parts = (0..<Int.random(in: 0...5, using: &random)).map { index -> MessagePart in
            let text = (0..<4).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            let replay = Bool.random(using: &random) ? Replay(format: "f", value: .string(text)) : nil
            return switch Int.random(in: 0...5, using: &random) {
            case 0: MessagePart(.reasoning(text), replay: replay)
            case 1: MessagePart(.refusal(text), replay: replay)
            case 2: MessagePart(.toolCall(ToolCall(id: "\(index)", name: "f", arguments: text)), replay: replay)
            case 3: MessagePart(.other, replay: replay)
            case 4: MessagePart(.image(Media(.bytes([1, 2]), type: "image/png")), replay: replay)
            default: MessagePart(.text(text), replay: replay)
            }
        }
        var response = ModelResponse(parts: parts, finishReason: FinishReason.allCases.randomElement() ?? .stop)
        response.id = Bool.random(using: &random) ? "id" : nil
        response.usage = Bool.random(using: &random) ? Usage(inputTokens: 3, outputTokens: 4) : nil
        response.limits.tokens.remaining = Bool.random(using: &random) ? 7 : nil
        return response
    }
}
