/// A conversation in which the model had its tools run until it could answer.
public struct ToolConversation: Hashable, Sendable {
    /// The last answer.
    public var response: ModelResponse
    /// The whole conversation: the request's messages, the model's, the tools' results, and the last answer.
    public var messages: [Message]
    /// What all answers used together, where the service says.
    public var usage: Usage?
    /// How many answers there were.
    public var rounds: Int
    /// Whether the loop ended because of its number of rounds, with calls that were not run.
    public var reachedLimit: Bool
}

extension LanguageModel {
    /// Sends a request, runs the tools that the model calls, tells it the results, and so on until it calls none.
    ///
    ///     let weather = ExecutableTool(Tool(name: "weather", parameters: parameters)) { arguments in
    ///         "sunny in \(arguments["city"]?.string ?? "?")"
    ///     }
    ///     let talk = try await model.respond(to: ModelRequest("Weather in Lima?"), using: [weather])
    ///
    /// The calls of an answer run at the same time; their results stand in the order of the calls. A tool that fails,
    /// that does not exist, or whose arguments are no JSON is reported to the model, which may try again. An answer
    /// that was cut off, filtered or refused ends the loop, and none of its calls are run. A choice of tools that forces
    /// a call counts for the first answer alone, or the model could never stop calling.
    ///
    /// - Parameters:
    ///   - request: The request; the tools are added to its own.
    ///   - tools: The tools, with distinct names.
    ///   - maximumRounds: The most answers to ask for, at least 1.
    /// - Returns: The last answer and the whole conversation.
    /// - Throws: ``ModelError`` of the model, or `CancellationError`, which also ends the tools that run.
    public func respond(
        to request: ModelRequest,
        using tools: [ExecutableTool],
        maximumRounds: Int = 10
    ) async throws -> ToolConversation {
        var loop = ToolLoop(request, tools: tools, maximumRounds: maximumRounds)
        while true {
            switch loop.takeAnswer(try await respond(to: loop.request)) {
            case .end(let conversation): return conversation
            case .round(let calls): loop.takeResults(try await tools.results(of: calls))
            }
        }
    }
}

/// Where a conversation with tools stands: what is asked next, and when it ends.
///
/// It waits for nothing itself.
struct ToolLoop: Sendable {
    /// What follows an answer.
    enum Step {
        /// Nothing: it was the last.
        case end(ToolConversation)
        /// Another round, once these calls have results; none where the service only paused.
        case round([ToolCall])
    }

    /// The next request.
    private(set) var request: ModelRequest
    private let maximumRounds: Int
    private var usage: Usage?
    /// How many answers there were.
    private(set) var rounds = 0

    init(_ request: ModelRequest, tools: [ExecutableTool], maximumRounds: Int) {
        self.request = request
        self.request.tools += tools.map(\.tool)
        self.maximumRounds = maximumRounds
    }

    /// Adds the answer to the request.
    mutating func takeAnswer(_ response: ModelResponse) -> Step {
        rounds += 1
        usage = usage.adding(response.usage)
        request.messages.append(response.message)
        request.toolChoice = request.toolChoice.afterFirstCall
        let goesOn = response.wantsAnotherRound && rounds < maximumRounds
        return goesOn ? .round(response.toolCalls) : .end(conversation(endingWith: response))
    }

    /// Adds what came of an answer's calls, in their order.
    mutating func takeResults(_ results: [ToolResult]) {
        if !results.isEmpty { request.messages.append(.results(results)) }
    }

    private func conversation(endingWith response: ModelResponse) -> ToolConversation {
        ToolConversation(
            response: response,
            messages: request.messages,
            usage: usage,
            rounds: rounds,
            reachedLimit: response.wantsAnotherRound
        )
    }
}

extension [ExecutableTool] {
    /// Runs calls at the same time.
    ///
    /// - Parameters:
    ///   - calls: The calls.
    ///   - report: Is told of each result as soon as it is there; the others go on meanwhile.
    /// - Returns: The results in the order of the calls.
    /// - Throws: `CancellationError` alone, once no tool runs any more.
    func results(
        of calls: [ToolCall],
        report: @Sendable (ToolResult) async -> Void = { _ in }
    ) async throws -> [ToolResult] {
        try await withThrowingTaskGroup(of: (Int, ToolResult).self) { group in
            for (index, call) in calls.enumerated() {
                group.addTask { (index, try await self.result(of: call)) }
            }
            var results: [Int: ToolResult] = [:]
            for try await (index, result) in group {
                results[index] = result
                await report(result)
            }
            return calls.indices.compactMap { results[$0] }
        }
    }

    /// Runs a call; whatever goes wrong but cancellation is a result, too.
    private func result(of call: ToolCall) async throws -> ToolResult {
        guard let tool = first(where: { $0.tool.name == call.name }) else {
            let names = map(\.tool.name).joined(separator: ", ")
            return ToolResult(of: call, "there is no tool \(call.name); the tools are: \(names)", isError: true)
        }
        let arguments: JSONValue
        do {
            arguments = try call.parsedArguments()
        } catch {
            return ToolResult(of: call, "the arguments are \(error)", isError: true)
        }
        do {
            let parts = try await tool.run(arguments)
            return ToolResult(callID: call.id, name: call.name, content: parts)
        } catch {
            if error is CancellationError { try Task.checkCancellation() }
            return ToolResult(of: call, "\(error)", isError: true)
        }
    }
}

extension ModelResponse {
    /// Whether the model waits for tools, or was only interrupted by its service.
    fileprivate var wantsAnotherRound: Bool {
        switch finishReason {
        case .pause: true
        case .stop, .toolCalls, .other: !toolCalls.isEmpty
        case .length, .contentFilter, .refusal, .contextWindow, .error, .queued, .cancelled: false
        }
    }
}

extension ToolChoice {
    fileprivate var afterFirstCall: ToolChoice {
        switch self {
        case .required, .tool: .automatic
        case .automatic, .none: self
        }
    }
}

extension Usage? {
    fileprivate func adding(_ other: Usage?) -> Usage? {
        guard let self, let other else { return self ?? other }
        return self + other
    }
}
