import CCurl
import Glibc
import Synchronization

/// Where commands are left for the thread of transfers, which is started for the first request.
///
/// The thread is only woken by a system call if it sleeps: many requests at once cost one.
final class TransferInbox: Sendable {
    private enum Phase {
        case idle
        case running
        case closing
        case closed
    }

    private struct State {
        var phase = Phase.idle
        var commands: [TransferCommand] = []
        var isAsleep = false
        var wakeDescriptor: Int32 = -1
    }

    private let configuration: CurlTransport.Configuration
    private let state = Mutex(State())

    init(_ configuration: CurlTransport.Configuration) {
        self.configuration = configuration
    }

    /// Has a transfer started; without a thread to do so it fails.
    func start(_ order: TransferOrder, _ reply: TransferCommand.Reply) {
        let refusal = state.withLock { state -> HTTPError? in
            if state.phase == .idle, let error = launch(&state) {
                return HTTPError(.connection, error, host: "this machine")
            }
            guard state.phase == .running else { return .transportClosed }
            post(.start(order, reply), to: &state)
            return nil
        }
        if let refusal { reply.fail(refusal) }
    }

    /// Has a transfer ended, if it was or will be started.
    func cancel(_ ticket: TransferTicket) {
        ticket.cancel()
        post(.cancel(ticket))
    }

    /// Has a paused transfer go on.
    func resume(_ ticket: TransferTicket) {
        post(.resume(ticket))
    }

    func letGo() {
        post(.letGo)
    }

    func close(_ waiter: UnsafeContinuation<Void, Never>) {
        let isClosed = state.withLock { state in
            if state.phase == .idle { state.phase = .closed }
            guard state.phase != .closed else { return true }
            state.phase = .closing
            post(.close(waiter), to: &state)
            return false
        }
        if isClosed { waiter.resume() }
    }

    private func post(_ command: TransferCommand) {
        state.withLock { state in
            guard state.phase == .running || state.phase == .closing else { return }
            post(command, to: &state)
        }
    }

    private func post(_ command: TransferCommand, to state: inout State) {
        state.commands.append(command)
        guard state.isAsleep else { return }
        state.isAsleep = false
        eventfd_write(state.wakeDescriptor, 1)
    }

    /// Starts the thread; gives the reason where that fails.
    private func launch(_ state: inout State) -> String? {
        let descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else { return "no thread for transfers can be started: too many open files" }
        state.wakeDescriptor = descriptor
        let start = ThreadStart(inbox: self, configuration: configuration, wakeDescriptor: descriptor)
        guard start.run() else {
            Glibc.close(descriptor)
            return "no thread for transfers can be started: too many threads"
        }
        state.phase = .running
        return nil
    }
}

// What the thread calls.
extension TransferInbox {
    /// Takes the commands; if there are none, the next one wakes the thread.
    func take(into commands: inout [TransferCommand]) {
        state.withLock { state in
            swap(&state.commands, &commands)
            state.isAsleep = commands.isEmpty
        }
    }

    /// Tells that the thread has woken by itself.
    func wake() {
        state.withLock { $0.isAsleep = false }
    }

    /// Ends the thread's part, unless a command has come; gives the commands nobody will follow.
    func end(isForced: Bool) -> [TransferCommand]? {
        state.withLock { state in
            guard isForced || state.commands.isEmpty else { return nil }
            state.phase = .closed
            Glibc.close(state.wakeDescriptor)
            state.wakeDescriptor = -1
            defer { state.commands = [] }
            return state.commands
        }
    }
}

/// What a new thread is handed.
private final class ThreadStart: Sendable {
    let inbox: TransferInbox
    let configuration: CurlTransport.Configuration
    let wakeDescriptor: Int32

    init(inbox: TransferInbox, configuration: CurlTransport.Configuration, wakeDescriptor: Int32) {
        self.inbox = inbox
        self.configuration = configuration
        self.wakeDescriptor = wakeDescriptor
    }

    /// Starts a thread that moves transfers until it is told to end; `false` if there can be none.
    func run() -> Bool {
        let context = Unmanaged.passRetained(self)
        let isStarted = startThread(context.toOpaque())
        if !isStarted { context.release() }
        return isStarted
    }
}

// Functions of the file: as a closure in a method this crashes the compiler (Swift 6.3.1, pass SendNonSendable).
private func startThread(_ context: UnsafeMutableRawPointer) -> Bool {
    var thread = pthread_t()
    guard pthread_create(&thread, nil, moveTransfers, context) == 0 else { return false }
    pthread_detach(thread)
    return true
}

private func moveTransfers(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
    ProcessEnd.beginWork()
    defer { ProcessEnd.endWork() }
    TransferLoop(
        inbox: start.inbox,
        configuration: start.configuration,
        wakeDescriptor: start.wakeDescriptor
    ).run()
    return nil
}
