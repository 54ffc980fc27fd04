import LanguageModels

/// What is answered, in the words that all formats share.
struct Answer: Sendable {
    /// Why it ends.
    enum Finish: Hashable, Sendable {
        case stop, length, toolCalls, contentFilter, refusal
        case stopSequence(String)
    }

    /// A call of a function.
    struct ToolCall: Hashable, Sendable {
        var id: String
        var name: String
        var arguments: JSONValue
    }

    /// What it used; `input` holds what the cache had and what it took.
    struct Usage: Hashable, Sendable {
        var input = 0
        var cacheRead = 0
        var cacheWrite = 0
        /// Reasoning included.
        var output = 0
        var reasoning = 0
    }

    /// The pieces in which a stream gives the text.
    var pieces: [String] = []
    var reasoning = ""
    var calls: [ToolCall] = []
    var finish = Finish.stop
    var usage = Usage()
    /// Whether the prompt was blocked, which Gemini tells in an answer, the others by an error.
    var isPromptBlocked = false

    var text: String { pieces.joined() }
    /// The text where it is refused, otherwise `nil`.
    var refusal: String? { finish == .refusal ? text : nil }
    /// The text where it is given, otherwise `nil`.
    var content: String? { finish == .refusal || (pieces.isEmpty && !calls.isEmpty) ? nil : text }
}

extension Answer {
    /// Cuts the text at the first stop sequence and at the most tokens that the request allows.
    mutating func keepLimits(of question: Question) {
        cutAtStop(question.stops)
        if let maximum = question.maximumTokens, pieces.count > maximum {
            pieces = Array(pieces.prefix(maximum))
            finish = .length
        }
    }

    private mutating func cutAtStop(_ stops: [String]) {
        guard !stops.isEmpty, case .stop = finish else { return }
        let text = text
        let found = stops.compactMap { stop in text.firstRange(of: stop).map { (stop, $0.lowerBound) } }
        guard let (stop, place) = found.min(by: { $0.1 < $1.1 }) else { return }
        pieces = Self.pieces(of: String(text[..<place]))
        finish = .stopSequence(stop)
    }

    /// Splits a text into pieces of a word with the space before it, the longest of twelve characters.
    static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var length = 0
        var hasWord = false
        for character in text {
            let isSpace = character == " " || character == "\n"
            if length == 12 || (isSpace && hasWord) {
                pieces.append(piece)
                piece = ""
                length = 0
                hasWord = false
            }
            piece.append(character)
            length += 1
            if !isSpace { hasWord = true }
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    /// Counts what the answer used, unless a script has told it.
    mutating func countUsage(of question: Question) {
        let arguments = calls.reduce(0) { $0 + Self.pieces(of: $1.arguments.text).count + 1 }
        usage.reasoning = Self.pieces(of: reasoning).count
        usage.input = question.inputTokens
        usage.output = pieces.count + arguments + usage.reasoning
    }
}
