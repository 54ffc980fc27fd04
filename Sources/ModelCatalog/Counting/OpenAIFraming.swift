import LanguageModels
package import Tokenization

/// What OpenAI puts around a request: three tokens for each message and for the beginning of the answer, and tools as
/// functions in TypeScript.
package struct OpenAIFraming: Sendable {
    /// A message as OpenAI's chat takes it.
    package struct Line {
        package var role: String
        package var content: String
        package var name: String?

        package init(_ role: String, _ content: String, name: String? = nil) {
            self.role = role
            self.content = content
            self.name = name
        }
    }

    var model: String
    var media: MediaTokens

    init(model: String, media: MediaTokens) {
        self.model = model
        self.media = media
    }

    /// The framing of a model of OpenAI's.
    package init(model: String) {
        self.init(model: model, media: MediaTokens(provider: "openai", model: model))
    }

    /// Whether the rules have been checked against the service: for GPT-3.5, GPT-4 and their kin.
    var isChecked: Bool {
        let base = model.hasPrefix("ft:") ? String(model.dropFirst(3)) : model
        return ["gpt-3.5", "gpt-35", "gpt-4", "chatgpt-4o"].contains { base.hasPrefix($0) }
    }

    /// The tokens of messages that have names, which ``Message`` has not.
    package func count(_ lines: [Line], in encoding: TokenEncoding) -> Int {
        3
            + lines.reduce(0) { sum, line in
                let name = line.name.map { encoding.count($0) + perName } ?? 0
                return sum + perMessage + encoding.count(line.role) + encoding.count(line.content) + name
            }
    }

    private var isFirstTurbo: Bool { model == "gpt-3.5-turbo-0301" || model == "gpt-35-turbo-0301" }
    private var perMessage: Int { isFirstTurbo ? 4 : 3 }
    private var perName: Int { isFirstTurbo ? -1 : 1 }

    func add(_ request: ModelRequest, to tally: inout TokenTally) {
        var isPadded = request.tools.isEmpty
        for message in request.messages {
            add(message, padded: !isPadded && message.role == .system, to: &tally)
            if message.role == .system { isPadded = true }
        }
        tally.add(tokens: 3)
        if case .schema(let schema) = request.output { tally.add(schema.schema.text) }
        guard !request.tools.isEmpty else { return }
        tally.add(FunctionRendering.text(of: request.tools))
        tally.add(tokens: 9)
        if request.messages.contains(where: { $0.role == .system }) { tally.add(tokens: -4) }
        switch request.toolChoice {
        case .automatic, .required: break
        case .none: tally.add(tokens: 1)
        case .tool(let name):
            tally.add(tokens: 4)
            tally.add(name)
        }
    }

    /// Adds a message; the first system message of a request with tools is followed by a newline.
    private func add(_ message: Message, padded: Bool, to tally: inout TokenTally) {
        guard message.role != .tool else {
            for part in message.parts { addResult(part, to: &tally) }
            return
        }
        tally.add(tokens: perMessage)
        tally.add(message.role.rawValue)
        if message.parts.allSatisfy({ $0.text != nil }) {
            return tally.add(message.text + (padded ? "\n" : ""))
        }
        for part in message.parts {
            if part.toolCall != nil { tally.add(tokens: 3) }
            // What a model has thought is not sent back in chats.
            if case .reasoning = part.content { continue }
            tally.add([part], media)
        }
        if padded { tally.add(tokens: 1) }
    }

    /// A function's result is a message of its own: a name, and two tokens less than others.
    private func addResult(_ part: MessagePart, to tally: inout TokenTally) {
        guard case .toolResult(let result) = part.content else { return tally.add([part], media) }
        tally.add(tokens: perMessage + 1 - 2)
        tally.add("function")
        tally.add(result.name)
        tally.add(result.content, media)
    }
}
