import LanguageModels

/// Answers that are written down beforehand.
struct Script: Sendable {
    /// The names in the lists of models; empty for the usual ones.
    var models: [String] = []
    var replies: [ScriptedReply] = []
}

/// One answer of a script, and when it is given.
struct ScriptedReply: Sendable {
    /// When a reply is given; what is `nil` does not matter.
    struct Condition: Sendable {
        var contains: String?
        var model: String?
        var format: String?
        var order: Int?

        func holds(_ question: Question, _ format: WireFormat, number: Int) -> Bool {
            (contains.map { question.lastUserText.contains($0) } ?? true)
                && (model.map { $0 == question.model } ?? true)
                && (self.format.map { $0 == format.rawValue } ?? true) && (order.map { $0 == number } ?? true)
        }
    }

    /// `nil` for a reply that is given in its turn.
    var condition: Condition?
    /// How often it is given.
    var times: Int
    /// `nil` where the rules answer, and only the fault or the delay is scripted.
    var answer: Answer?
    /// Whether the script tells the usage, so that it is not counted.
    var tellsUsage = false
    var fault: Fault?
    var faultName: String?
    var delay = Duration.zero
}

/// What is wrong with a script.
struct ScriptError: Error, Hashable, CustomStringConvertible {
    let description: String
}

extension Script {
    /// Reads a script.
    ///
    /// - Throws: ``ScriptError`` that says where it is wrong.
    init(_ json: JSONValue) throws(ScriptError) {
        guard let object = json.object else { throw ScriptError(description: "script: an object is expected") }
        if let key = object.keys.first(where: { $0 != "models" && $0 != "replies" }) {
            throw ScriptError(description: "script: '\(key)' is unknown; write models or replies")
        }
        models = json["models"]?.elements.compactMap(\.string) ?? []
        for (index, reply) in (json["replies"]?.elements ?? []).enumerated() {
            replies.append(try ScriptReader(reply: reply, place: "script: replies[\(index)]").read())
        }
    }
}

/// Reads one reply.
private struct ScriptReader {
    let reply: JSONValue
    let place: String

    private static let keys: Set<String> = [
        "when", "times", "text", "chunks", "reasoning", "tool_calls", "finish", "usage", "fault", "delay_ms",
    ]

    func read() throws(ScriptError) -> ScriptedReply {
        guard let object = reply.object else { throw wrong("an object is expected") }
        try check(object, allows: Self.keys)
        let condition = try condition()
        let times = reply["times"]?.integer ?? (condition == nil ? 1 : .max)
        var scripted = ScriptedReply(condition: condition, times: times, answer: try answer())
        if reply["usage"] != nil { scripted.tellsUsage = true }
        if let text = reply["fault"]?.string {
            guard let fault = Fault(text) else { throw wrong("there is no fault '\(text)'") }
            scripted.fault = fault
            scripted.faultName = text
        }
        if let delay = reply["delay_ms"]?.double { scripted.delay = .milliseconds(delay) }
        return scripted
    }

    private func wrong(_ what: String) -> ScriptError { ScriptError(description: "\(place): \(what)") }

    private func check(_ object: JSONObject, allows keys: Set<String>) throws(ScriptError) {
        guard let key = object.keys.first(where: { !keys.contains($0) }) else { return }
        throw wrong("'\(key)' is unknown; write one of \(keys.sorted().joined(separator: ", "))")
    }

    private func condition() throws(ScriptError) -> ScriptedReply.Condition? {
        guard let when = reply["when"] else { return nil }
        guard let object = when.object else { throw wrong("'when' has to be an object") }
        try check(object, allows: ["contains", "model", "format", "order"])
        if let format = when["format"]?.string, WireFormat(rawValue: format) == nil {
            throw wrong("there is no format '\(format)'; write chat, responses, messages, gemini or cohere")
        }
        return ScriptedReply.Condition(
            contains: when["contains"]?.string,
            model: when["model"]?.string,
            format: when["format"]?.string,
            order: when["order"]?.integer
        )
    }

    private func answer() throws(ScriptError) -> Answer? {
        let keys = ["text", "chunks", "reasoning", "tool_calls", "finish", "usage"]
        guard keys.contains(where: { reply[$0] != nil }) else { return nil }
        var answer = Answer()
        answer.pieces = reply["chunks"]?.elements.compactMap(\.string) ?? Answer.pieces(of: reply["text"]?.string ?? "")
        answer.reasoning = reply["reasoning"]?.string ?? ""
        for call in reply["tool_calls"]?.elements ?? [] {
            guard let name = call["name"]?.string else { throw wrong("a tool call needs a name") }
            answer.calls.append(
                Answer.ToolCall(id: call["id"]?.string ?? "", name: name, arguments: call["arguments"] ?? [:])
            )
        }
        answer.finish = try finish(answer)
        if let usage = reply["usage"] { answer.usage = Self.usage(usage) }
        return answer
    }

    private func finish(_ answer: Answer) throws(ScriptError) -> Answer.Finish {
        switch reply["finish"]?.string {
        case nil: return answer.calls.isEmpty ? .stop : .toolCalls
        case "stop": return .stop
        case "length": return .length
        case "tool_calls": return .toolCalls
        case "content_filter": return .contentFilter
        case "refusal": return .refusal
        case let text?:
            throw wrong("no finish '\(text)'; write stop, length, tool_calls, content_filter or refusal")
        }
    }

    private static func usage(_ usage: JSONValue) -> Answer.Usage {
        Answer.Usage(
            input: usage["input"]?.integer ?? 0,
            cacheRead: usage["cache_read"]?.integer ?? 0,
            cacheWrite: usage["cache_write"]?.integer ?? 0,
            output: usage["output"]?.integer ?? 0,
            reasoning: usage["reasoning"]?.integer ?? 0
        )
    }
}
