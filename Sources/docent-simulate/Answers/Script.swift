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
    /// - Parameters:
    ///   - json: What the script says.
    ///   - name: What errors call the script, such as its path.
    /// - Throws: ``ScriptError`` that says where it is wrong.
    init(_ json: JSONValue, named name: String = "script") throws(ScriptError) {
        guard let object = json.object else { throw ScriptError(description: "\(name): an object is expected") }
        try ScriptReader(reply: json, place: name).check(object, by: ["models": .texts, "replies": .list])
        models = json["models"]?.elements.compactMap(\.string) ?? []
        for (index, reply) in (json["replies"]?.elements ?? []).enumerated() {
            replies.append(try ScriptReader(reply: reply, place: "\(name): replies[\(index)]").read())
        }
    }
}

/// What a member of a script has to be.
private enum MemberType: String {
    case text = "a text"
    case texts = "a list of texts"
    case list = "a list"
    case object = "an object"
    case count = "a whole number from 0"
    case ordinal = "a whole number from 1"
    case span = "a number from 0"

    func fits(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.text, .string), (.list, .array), (.object, .object): true
        case (.texts, .array(let elements)): elements.allSatisfy { $0.string != nil }
        case (.count, .number(let number)): number.integer.map { $0 >= 0 } ?? false
        case (.ordinal, .number(let number)): number.integer.map { $0 >= 1 } ?? false
        case (.span, .number(let number)): 0...1e12 ~= number.double
        default: false
        }
    }
}

/// Reads one reply.
private struct ScriptReader {
    let reply: JSONValue
    let place: String

    private static let members: [String: MemberType] = [
        "when": .object, "times": .count, "text": .text, "chunks": .texts, "reasoning": .text, "tool_calls": .list,
        "finish": .text, "usage": .object, "fault": .text, "delay_ms": .span,
    ]
    private static let conditions: [String: MemberType] = [
        "contains": .text, "model": .text, "format": .text, "order": .ordinal,
    ]
    private static let counts: [String: MemberType] = [
        "input": .count, "output": .count, "cache_read": .count, "cache_write": .count, "reasoning": .count,
    ]

    func read() throws(ScriptError) -> ScriptedReply {
        guard let object = reply.object else { throw wrong("an object is expected") }
        try check(object, by: Self.members)
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

    /// Refuses members that are unknown or of another type; `null` counts as left out.
    func check(_ object: JSONObject, by types: [String: MemberType]) throws(ScriptError) {
        for (key, value) in object.members {
            guard let type = types[key] else {
                throw wrong("'\(key)' is unknown; write one of \(types.keys.sorted().joined(separator: ", "))")
            }
            guard value == .null || type.fits(value) else { throw wrong("'\(key)' has to be \(type.rawValue)") }
        }
    }

    private func condition() throws(ScriptError) -> ScriptedReply.Condition? {
        guard let when = reply["when"], let object = when.object else { return nil }
        try check(object, by: Self.conditions)
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
            if let object = call.object {
                try check(object, by: ["name": .text, "arguments": .object, "id": .text])
            }
            answer.calls.append(
                Answer.ToolCall(id: call["id"]?.string ?? "", name: name, arguments: call["arguments"] ?? [:])
            )
        }
        answer.finish = try finish(answer)
        if let usage = reply["usage"] {
            if let object = usage.object { try check(object, by: Self.counts) }
            answer.usage = Self.usage(usage)
        }
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
