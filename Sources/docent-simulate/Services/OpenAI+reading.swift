import LanguageModels

/// The text of the last message that meets a condition.
func lastText(of messages: [JSONValue], where meets: (JSONValue) -> Bool) -> String {
    messages.last(where: meets).map { texts(in: $0["content"]).joined(separator: "\n") } ?? ""
}

/// Stop sequences, given as one text or several.
func texts(ofStop stop: JSONValue?) -> [String] {
    stop?.string.map { [$0] } ?? stop?.elements.compactMap(\.string) ?? []
}

/// Whether a function may have this name at OpenAI and Anthropic.
func isFunctionName(_ name: String, limit: Int) -> Bool {
    !name.isEmpty && name.utf8.count <= limit
        && name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
}

/// OpenAI's choice of a function, in both its APIs.
func openAIToolChoice(_ choice: JSONValue?) -> Question.ToolChoice {
    if let name = choice?["function"]?["name"]?.string ?? choice?["name"]?.string { return .named(name) }
    switch choice?["allowed_tools"]?["mode"]?.string ?? choice?["mode"]?.string ?? choice?.string {
    case "required": return .required
    case "none": return .none
    default: return .automatic
    }
}

/// Whether OpenAI's model of this name always reasons, and so refuses to be sampled: `o1`…, `gpt-5` and its sizes.
func isReasoningModel(_ name: String) -> Bool {
    let bytes = Array(name.utf8.prefix(3))
    if bytes.count >= 2, bytes[0] == UInt8(ascii: "o"), UInt8(ascii: "1")...UInt8(ascii: "9") ~= bytes[1] {
        return bytes.count == 2 || bytes[2] == UInt8(ascii: "-")
    }
    return name == "gpt-5" || (name.hasPrefix("gpt-5-") && !name.hasPrefix("gpt-5-chat"))
}
