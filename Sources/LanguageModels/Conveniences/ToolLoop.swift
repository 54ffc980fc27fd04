/// A conversation in which the model had its tools run until it could answer.
public struct ToolConversation: Sendable {
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
        var request = request
        request.tools += tools.map(\.tool)
        var usage: Usage?
        var round = 0
        while true {
            round += 1
            let response = try await respond(to: request)
            usage = usage.adding(response.usage)
            request.messages.append(response.message)
            let goesOn = response.wantsAnotherRound
            guard goesOn, round < maximumRounds else {
                return ToolConversation(
                    response: response,
                    messages: request.messages,
                    usage: usage,
                    rounds: round,
                    reachedLimit: goesOn
                )
            }
            if !response.toolCalls.isEmpty {
                request.messages.append(.results(try await results(of: response.toolCalls, tools)))
            }
            request.toolChoice = request.toolChoice.afterFirstCall
        }
    }

    private func results(of calls: [ToolCall], _ tools: [ExecutableTool]) async throws -> [ToolResult] {
        try await withThrowingTaskGroup(of: (Int, ToolResult).self) { group in
            for (index, call) in calls.enumerated() {
                group.addTask { (index, try await tools.result(of: call)) }
            }
            var results: [Int: ToolResult] = [:]
            for try await (index, result) in group { results[index] = result }
            return calls.indices.compactMap { results[$0] }
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

extension [ExecutableTool] {
    /// Runs a call; whatever goes wrong but cancellation is a result, too.
    fileprivate func result(of call: ToolCall) async throws -> ToolResult {
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
