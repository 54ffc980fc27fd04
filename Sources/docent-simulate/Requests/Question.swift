import LanguageModels

/// What a request asks, in the words that all formats share.
struct Question: Sendable {
    /// A function that the model may call.
    struct Tool: Sendable {
        var name: String
        var schema: JSONValue
    }

    /// Whether a function has to be called.
    enum ToolChoice: Hashable, Sendable {
        case automatic, none, required, named(String)
    }

    var model: String
    var isStream = false
    /// The text of the last message of the user.
    var lastUserText = ""
    /// Whether the conversation ends with what a function gave.
    var endsWithToolResult = false
    var tools: [Tool] = []
    var toolChoice = ToolChoice.automatic
    /// The schema that the answer has to fit.
    var schema: JSONValue?
    /// Whether the answer has to be JSON, whatever its shape.
    var wantsJSON = false
    var maximumTokens: Int?
    var stops: [String] = []
    var inputTokens = 0
    /// Whether a stream of OpenAI's chat tells its usage at the end.
    var includesUsage = false
    /// Whether Gemini streams server-sent events, not one array.
    var isServerSentEvents = true
}

/// What is wrong with a request, in the words that all formats share.
struct Complaint: Error, Hashable, Sendable {
    var status = 400
    var message: String
    /// The parameter that is wrong, where the service tells.
    var parameter: String?
    var code: String?
}

/// The texts inside a message's content, whatever the format: a string, or parts with a `text`.
func texts(in content: JSONValue?) -> [String] {
    switch content {
    case .string(let text): [text]
    case .array(let parts): parts.compactMap { $0["text"]?.string }
    default: []
    }
}

/// Counts tokens as the simulation does: one for four bytes of text, and three for each message.
struct TokenCount {
    private(set) var bytes = 0
    private(set) var messages = 0

    mutating func add(message texts: [String]) {
        messages += 1
        for text in texts { bytes += text.utf8.count }
    }

    mutating func add(tools: JSONValue?) {
        guard let tools, !tools.elements.isEmpty else { return }
        bytes += tools.bytes.count
    }

    var tokens: Int { (bytes + 3) / 4 + 3 * messages }
}
