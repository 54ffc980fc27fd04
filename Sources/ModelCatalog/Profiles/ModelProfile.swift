/// What a model holds, costs, can do, and how it counts.
public struct ModelProfile: Hashable, Sendable {
    /// The name to ask for it; for Azure that of the model behind the deployment.
    public var name: String
    /// Its provider: `openai`, `azure`, `anthropic`, `gemini` or `cohere`, or one of a user's own.
    public var provider: String
    /// The context window in tokens. Input and output share it, but for Gemini, where the output is on top.
    public var contextWindow: Int?
    /// The most tokens of a prompt, where the service states it.
    public var maximumInputTokens: Int?
    /// The most tokens of an answer, reasoning included.
    public var maximumOutputTokens: Int?
    /// How its tokens are counted.
    public var tokenizer: TokenizerChoice
    /// What it can do.
    public var capabilities: Set<Capability> = []
    /// The interfaces that serve it: `chat`, `responses`, `completions`, `batch`.
    public var interfaces: [String] = []
    /// What it costs; `nil` where nobody states a price for tokens.
    public var prices: PriceList?
    /// The day on which it is, or was, shut down, where one is announced.
    public var retirement: CalendarDay?
    /// Whether it was gone when the catalogue was made.
    public var isRetired = false
    /// What else is to be known.
    public var notes: String?

    /// A model of which nothing else is known.
    public init(name: String, provider: String, tokenizer: TokenizerChoice) {
        self.name = name
        self.provider = provider
        self.tokenizer = tokenizer
    }
}

/// How a model's tokens are counted, and how sure that is.
public struct TokenizerChoice: Hashable, Sendable {
    /// How sure it is that this is the model's tokenizer.
    public enum Certainty: String, Hashable, Sendable, CaseIterable {
        /// Published by the vendor for this model.
        case exact
        /// That of the family; nobody has published one for this model.
        case assumed
        /// Not published: counts are estimates.
        case `private`
    }

    /// The catalogue's name of the tokenizer, such as `o200k_base`.
    public var name: String
    /// How sure it is.
    public var certainty: Certainty

    /// A tokenizer.
    public init(name: String, certainty: Certainty) {
        self.name = name
        self.certainty = certainty
    }
}

/// Something that a model can do.
public enum Capability: String, Hashable, Sendable, CaseIterable {
    case tools
    case parallelTools = "parallel_tools"
    case toolChoice = "tool_choice"
    case jsonSchema = "json_schema"
    case vision
    case documents = "pdf"
    case audioInput = "audio_in"
    case videoInput = "video_in"
    case reasoning
    case promptCache = "prompt_cache"
    case system
    case prefill
    case webSearch = "web_search"
    case computerUse = "computer_use"
}

/// A day of the calendar, such as 2027-01-14.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// A day from `YYYY-MM-DD`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, text.utf8.count == 10, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), 1...12 ~= month, 1...31 ~= day
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Whether one day comes before another.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let padded = [(year, 4), (month, 2), (day, 2)].map { number, width in
            String(repeating: "0", count: max(width - String(number).count, 0)) + String(number)
        }
        return padded.joined(separator: "-")
    }
}
