import LanguageModels

/// A way to answer without a script.
enum Rule: String, CaseIterable, Sendable {
    /// A value that fits the schema that was sent.
    case schema
    /// A call, where the request forces one or the user writes `call NAME`.
    case tools
    /// A call of the first function whenever there are functions and none has just given its result.
    case toolsAlways = "tools-always"
    /// `pong X` to `ping X`.
    case ping
    /// N words to `words N`.
    case words
    /// Sixteen hexadecimal digits that depend on the user's text alone.
    case hash
    /// The user's text, repeated.
    case echo
}

/// The rules by which questions are answered: the first that applies does.
struct Rules: Sendable {
    static let standard = Rules(list: [.schema, .tools, .ping, .words, .echo])

    var list: [Rule]

    /// The answer to a question; empty where no rule applies.
    func answer(to question: Question) -> Answer {
        for rule in list {
            if let answer = answer(by: rule, to: question) { return answer }
        }
        return Answer()
    }

    private func answer(by rule: Rule, to question: Question) -> Answer? {
        let text = question.lastUserText
        switch rule {
        case .schema: return structured(question)
        case .tools: return forcedCall(question)
        case .toolsAlways: return question.endsWithToolResult ? nil : call(of: question.tools.first, question)
        case .ping: return text.hasPrefix("ping ") ? said("pong " + text.dropFirst(5)) : nil
        case .words: return words(text)
        case .hash: return said(Digest.hexadecimal(text))
        case .echo: return said("You said: " + text)
        }
    }

    private func said(_ text: String) -> Answer {
        Answer(pieces: Answer.pieces(of: text))
    }

    private func structured(_ question: Question) -> Answer? {
        guard question.toolChoice != .required else { return nil }
        if let schema = question.schema { return said(SchemaSample.value(for: schema).text) }
        return question.wantsJSON ? said(#"{"answer":"simulated"}"#) : nil
    }

    private func words(_ text: String) -> Answer? {
        guard text.hasPrefix("words "), let count = Int(text.dropFirst(6)), 1...1_000_000 ~= count else { return nil }
        return Answer(pieces: (1...count).map { $0 == 1 ? "w1" : " w\($0)" })
    }

    private func forcedCall(_ question: Question) -> Answer? {
        guard !question.endsWithToolResult, question.toolChoice != .none else { return nil }
        let wanted: String? =
            switch question.toolChoice {
            case .required: question.tools.first?.name
            case .named(let name): name
            case .automatic, .none:
                question.lastUserText.hasPrefix("call ") ? String(question.lastUserText.dropFirst(5)) : nil
            }
        return call(of: question.tools.first { $0.name == wanted }, question)
    }

    private func call(of tool: Question.Tool?, _ question: Question) -> Answer? {
        guard let tool, question.toolChoice != .none else { return nil }
        let call = Answer.ToolCall(id: "", name: tool.name, arguments: SchemaSample.value(for: tool.schema))
        return Answer(calls: [call], finish: .toolCalls)
    }
}
