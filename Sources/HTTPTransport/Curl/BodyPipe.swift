import Synchronization

/// Carries a body from the thread of transfers to its reader.
final class BodyPipe: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var waiter: UnsafeContinuation<[UInt8]?, any Error>?
        var waitsSince = MonotonicTime.distantFuture
        var isPaused = false
        var end: Result<Void, any Error>?
    }

    private let state = Mutex(State())

    // MARK: What the thread of transfers calls

    /// Hands over what has arrived; gives how many bytes are held for the reader then.
    ///
    /// If any are and the transfer is paused, the reader has it resumed once it has taken them.
    func deliver(_ arrived: inout [UInt8], isPaused: Bool) -> Int {
        let (waiter, held) = state.withLock { state in
            if let waiter = state.waiter {
                state.waiter = nil
                return (Optional(waiter), 0)
            }
            if state.bytes.isEmpty { swap(&state.bytes, &arrived) } else { state.bytes += arrived }
            state.isPaused = isPaused
            return (nil, state.bytes.count)
        }
        if let waiter {
            let piece = arrived
            arrived = []
            waiter.resume(returning: piece)
        } else {
            arrived.removeAll(keepingCapacity: true)
        }
        return held
    }

    /// Ends the body; what is held is read first, unless the reader cancelled.
    func finish(_ end: Result<Void, any Error>) {
        let waiter = state.withLock { state -> UnsafeContinuation<[UInt8]?, any Error>? in
            if state.end == nil { state.end = end }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: end.map { nil })
    }

    /// Since when the reader waits; the distant future if it does not.
    var waitsSince: MonotonicTime {
        state.withLock { $0.waiter == nil ? .distantFuture : $0.waitsSince }
    }

    // MARK: What the reader calls

    enum Step {
        case piece([UInt8], resumes: Bool)
        case end(Result<Void, any Error>)
        case waits
    }

    /// Takes what is held, or leaves word for what will come.
    func take(orWait waiter: UnsafeContinuation<[UInt8]?, any Error>?) -> Step {
        state.withLock { state in
            if !state.bytes.isEmpty {
                defer {
                    state.bytes = []
                    state.isPaused = false
                }
                return .piece(state.bytes, resumes: state.isPaused)
            }
            if let end = state.end { return .end(end) }
            guard let waiter else { return .waits }
            precondition(state.waiter == nil, "a body has one reader")
            state.waiter = waiter
            state.waitsSince = .now
            return .waits
        }
    }

    /// Ends the body on the reader's side: nothing is read any more.
    func cancel() {
        let waiter = state.withLock { state -> UnsafeContinuation<[UInt8]?, any Error>? in
            state.bytes = []
            state.end = .failure(CancellationError())
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(throwing: CancellationError())
    }

    var hasEnded: Bool { state.withLock { $0.end != nil } }
}

/// The reader's end of a body: letting it go ends the transfer.
final class BodyReader: Sendable {
    private let pipe: BodyPipe
    private let ticket: TransferTicket
    private let inbox: TransferInbox

    init(pipe: BodyPipe, ticket: TransferTicket, inbox: TransferInbox) {
        self.pipe = pipe
        self.ticket = ticket
        self.inbox = inbox
    }

    deinit {
        if !pipe.hasEnded { inbox.cancel(ticket) }
    }

    /// The next piece, `nil` at the end.
    func next() async throws -> [UInt8]? {
        try Task.checkCancellation()
        if let (piece, end) = try taken(pipe.take(orWait: nil)) { return end ? nil : piece }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { waiter in
                do {
                    guard let (piece, end) = try taken(pipe.take(orWait: waiter)) else { return }
                    waiter.resume(returning: end ? nil : piece)
                } catch {
                    waiter.resume(throwing: error)
                }
            }
        } onCancel: {
            pipe.cancel()
            inbox.cancel(ticket)
        }
    }

    private func taken(_ step: BodyPipe.Step) throws -> (piece: [UInt8], isEnd: Bool)? {
        switch step {
        case .piece(let piece, let resumes):
            if resumes { inbox.resume(ticket) }
            return (piece, false)
        case .end(let end):
            try end.get()
            return ([], true)
        case .waits:
            return nil
        }
    }
}
