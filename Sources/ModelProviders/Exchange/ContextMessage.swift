/// What a service's words say about a prompt that does not fit.
struct ContextMessage {
    private let text: String

    /// The words of an error.
    init(_ message: String) {
        text = message.lowercased()
    }

    /// Whether the words are about a prompt that does not fit the model.
    var isTooLong: Bool {
        guard !text.contains("string_above_max_length"), !text.contains("per minute") else { return false }
        return Self.phrases.contains { text.contains($0) }
    }

    private static let phrases = [
        "maximum context length", "context length", "context window", "prompt is too long", "prompt too long",
        "too many tokens", "exceeds the available context size", "exceed context limit", "input tokens exceed",
        "reduce the length of the messages", "exceeds the maximum number of tokens", "maximum prompt length",
        "too_many_prompt_tokens", "total length of all messages is too long", "context_length_exceeded",
        "input is too long", "context size has been exceeded", "maximum input length",
        "`max_new_tokens` must be <= ", "`inputs` must have less than ",
    ]

    /// The most tokens that fit and how many there were, as far as the words tell.
    var figures: (limit: Int?, count: Int?) {
        let limit = number(after: Self.beforeLimit)
        if let excess = number(after: ["limit exceeded by ", "context length by "]) {
            return (limit, limit.map { $0 &+ excess })
        }
        return (limit, sum ?? number(after: Self.beforeCount))
    }

    private static let beforeLimit = [
        "maximum context length is ", "maximum context length of ", "limit for this model is ", "limit of ",
        "maximum prompt length is ", "tokens allowed (", "tokens allowed is ", "context size (", "must be <= ",
        "too large for model with ", "context window of ", "context length of ", "context length is only ", " > ",
        "maximum input length of ", "must have less than ",
    ]
    private static let beforeCount = [
        "resulted in ", "requested about ", "you requested ", "token count (", "token count of ", "is too long: ",
        "prompt contains ", "request contains ", "your request has ", "request (", "given: ", "passed ",
        "input tokens exceed: ", "prompt has ", "prompt of ",
    ]

    /// The whole number that follows the first of the phrases that has one.
    func number(after phrases: [String]) -> Int? {
        phrases.lazy.compactMap { numbers(after: $0).first }.first
    }

    /// The whole numbers that follow a phrase, in the order in which they stand.
    func numbers(after phrase: String) -> [Int] {
        text.ranges(of: phrase).compactMap { range in
            let digits = text[range.upperBound...].prefix { $0.isNumber || $0 == "," || $0 == "_" }
            return Int(digits.filter(\.isNumber))
        }
    }

    /// The sum before a limit (`188240 + 21333 > 200000`).
    private var sum: Int? {
        guard let range = text.firstRange(of: " + ") else { return nil }
        let left = text[..<range.lowerBound].reversed().prefix { $0.isNumber }
        let right = text[range.upperBound...].prefix { $0.isNumber }
        guard let left = Int(String(left.reversed())), let right = Int(right) else { return nil }
        return left &+ right
    }
}
