/// What happens in a conversation in which the model has its tools run.
@nonexhaustive
public enum ToolEvent: Hashable, Sendable {
    /// A piece of the answer that is on its way.
    case answer(ModelEvent)
    /// An answer has come to its end; rounds are counted from 1.
    case answered(ModelResponse, round: Int)
    /// A call of the answer, in order, for each that will be run once all of them have been told.
    case call(ToolCall)
    /// A tool has ended; told as soon as it has, whichever was called first.
    case result(ToolResult)
    /// The conversation is over. Comes last.
    case finished(ToolConversation)
}

extension LanguageModel {
    /// Streams the answers to a request, runs the tools that the model calls, tells it the results, and so on until it
    /// calls none: what ``respond(to:using:maximumRounds:)`` does, as it happens.
    ///
    ///     for try await event in model.stream(ModelRequest("Weather in Lima?"), using: [weather]) {
    ///         switch event {
    ///         case .answer(.delta(_, .text(let piece))): print(piece, terminator: "")
    ///         case .result(let result): print("\(result.name): \(result.text)")
    ///         default: break
    ///         }
    ///     }
    ///
    /// Limits, errors and the conversation at the end are those of that method.
    ///
    /// - Parameters:
    ///   - request: The request; the tools are added to its own.
    ///   - tools: The tools, with distinct names.
    ///   - maximumRounds: The most answers to ask for, at least 1.
    /// - Returns: The events; nothing is sent before the first is asked for.
    public func stream(
        _ request: ModelRequest,
        using tools: [ExecutableTool],
        maximumRounds: Int = 10
    ) -> ToolStream {
        ToolStream(model: self, tools: tools, loop: ToolLoop(request, tools: tools, maximumRounds: maximumRounds))
    }
}

/// The events of a conversation in which the model has its tools run.
///
/// Iterating sends the request, every iteration anew. Cancelling the task that iterates ends the transfer, or the tools
/// that run, and throws `CancellationError` once they have ended. Leaving the loop ends them, too; left at a
/// ``ToolEvent/call(_:)``, no tool of that answer has begun. Iterating throws ``ModelError`` or `CancellationError`.
public struct ToolStream: AsyncSequence, Sendable {
    /// What comes.
    public typealias Element = ToolEvent
    /// How it can fail.
    public typealias Failure = any Error

    fileprivate let model: any LanguageModel
    fileprivate let tools: [ExecutableTool]
    fileprivate let loop: ToolLoop

    /// Begins to iterate.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    /// Waits for the end.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func conversation() async throws -> ToolConversation {
        for try await case .finished(let conversation) in self { return conversation }
        throw CancellationError()
    }

    /// The text of all answers alone, piece by piece; for that of the last see ``ToolEvent/finished(_:)``.
    public var text: some AsyncSequence<String, any Error> & Sendable {
        compactMap { event in
            if case .answer(.delta(_, .text(let text))) = event { text } else { nil }
        }
    }

    /// Pulls one event after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private enum Stage {
            case asking
            case answering
            case calling([ToolCall])
            case running(RunningTools)
            case ended
        }

        private let model: any LanguageModel
        private let tools: [ExecutableTool]
        private var loop: ToolLoop
        private var stage = Stage.asking
        /// What comes before the stage goes on.
        private var ready: ArraySlice<ToolEvent> = []
        private var answer = ResponseAccumulator()
        private var events: ModelStream.AsyncIterator?

        fileprivate init(_ stream: ToolStream) {
            model = stream.model
            tools = stream.tools
            loop = stream.loop
        }

        /// The next element, `nil` at the end and behind an error.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> ToolEvent? {
            do {
                while true {
                    if let event = ready.popFirst() { return event }
                    if case .ended = stage { return nil }
                    if let event = try await goOn(isolation: actor) { return event }
                }
            } catch {
                stage = .ended
                events = nil
                throw error
            }
        }

        /// The next element, `nil` at the end and behind an error.
        public mutating func next() async throws -> ToolEvent? {
            try await next(isolation: #isolation)
        }

        /// One step; `nil` where it has no event of its own.
        private mutating func goOn(isolation actor: isolated (any Actor)?) async throws -> ToolEvent? {
            switch stage {
            case .asking:
                answer = ResponseAccumulator()
                events = model.stream(loop.request).makeAsyncIterator()
                stage = .answering
            case .answering:
                guard let event = try await events?.next(isolation: actor) else {
                    endAnswer()
                    return nil
                }
                answer.add(event)
                return .answer(event)
            case .calling(let calls):
                try Task.checkCancellation()
                stage = .running(RunningTools(calls, of: tools))
            case .running(let running):
                switch try await running.next() {
                case .one(let result): return .result(result)
                case .all(let results):
                    loop.takeResults(results)
                    stage = .asking
                }
            case .ended: break
            }
            return nil
        }

        private mutating func endAnswer() {
            let response = answer.response
            events = nil
            let step = loop.takeAnswer(response)
            ready = [.answered(response, round: loop.rounds)]
            switch step {
            case .end(let conversation):
                ready.append(.finished(conversation))
                stage = .ended
            case .round(let calls):
                ready += calls.map { .call($0) }
                stage = calls.isEmpty ? .asking : .calling(calls)
            }
        }
    }
}

/// The tools of one answer while they run; they are cancelled when nobody asks for their results any more.
private struct RunningTools: Sendable {
    enum Report: Sendable {
        /// As soon as it is there.
        case one(ToolResult)
        /// At the end, in the order of the calls.
        case all([ToolResult])
    }

    private let reader: HandoverReader<Report>

    init(_ calls: [ToolCall], of tools: [ExecutableTool]) {
        let reports = Handover<Report>()
        reports.begin {
            do {
                let results = try await tools.results(of: calls) { await reports.deliver(.one($0)) }
                await reports.deliver(.all(results))
                reports.end(nil)
            } catch {
                reports.end(error)
            }
        }
        reader = HandoverReader(reports)
    }

    /// The next report; where there is none, no tool runs any more.
    ///
    /// - Throws: `CancellationError`.
    func next() async throws -> Report {
        do {
            if let report = try await reader.handover.next() { return report }
        } catch {
            await reader.handover.workEnded()
            throw error
        }
        throw CancellationError()
    }
}
