/// How many tokens a request is expected to use, before it is sent.
public struct TokenEstimate: Hashable, Sendable {
    /// The tokens of the prompt.
    public var input: Int
    /// The tokens of the answer.
    public var output: Int

    /// So many tokens; none by default.
    public init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }

    /// A rough guess: a token for four bytes of text, 1,000 for an image, document or sound; for the answer the most
    /// that is allowed, at most 1,000.
    ///
    /// What was guessed wrong is put right when the answer tells its usage.
    public init(of request: ModelRequest) {
        let messages = request.messages.reduce(0) { $0 + 4 + Self.tokens(of: $1.parts) }
        let tools = request.tools.reduce(0) { $0 + 50 + $1.description.utf8.count / 4 }
        self.init(input: messages + tools, output: min(request.options.maximumTokens ?? 1000, 1000))
    }

    private static func tokens(of parts: [MessagePart]) -> Int {
        parts.reduce(0) { sum, part in
            switch part.content {
            case .text(let text), .reasoning(let text), .refusal(let text): sum + text.utf8.count / 4
            case .toolCall(let call): sum + 10 + call.arguments.utf8.count / 4
            case .toolResult(let result): sum + 10 + tokens(of: result.content)
            case .image, .document, .audio: sum + 1000
            case .other: sum
            }
        }
    }

    static func + (left: TokenEstimate, right: TokenEstimate) -> TokenEstimate {
        TokenEstimate(input: left.input + right.input, output: left.output + right.output)
    }

    static func - (left: TokenEstimate, right: TokenEstimate) -> TokenEstimate {
        TokenEstimate(input: left.input - right.input, output: left.output - right.output)
    }
}
