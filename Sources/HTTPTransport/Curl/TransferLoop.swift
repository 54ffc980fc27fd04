import CCurl
import Glibc

/// Moves all transfers of a transport, on one thread.
final class TransferLoop: Transfer.Owner {
    private static let maximumIdleTransfers = 256

    private let inbox: TransferInbox
    private let configuration: CurlTransport.Configuration
    private let proxy: ProxyRoute
    private let poller: SocketPoller
    private let whole: MultiHandle?
    private let streams: MultiHandle?
    private var targets: [String: RequestTarget] = [:]
    private var running: [ObjectIdentifier: Transfer] = [:]
    private var idle: [Transfer] = []
    private var arrived: [Transfer] = []
    private var answers: [Transfer.Answer] = []
    private var deadlines = DeadlineHeap<Transfer>()
    private var commands: [TransferCommand] = []
    private var closers: [UnsafeContinuation<Void, Never>] = []
    private var isLetGo = false
    private var now = MonotonicTime.now

    init(inbox: TransferInbox, configuration: CurlTransport.Configuration, wakeDescriptor: Int32) {
        self.inbox = inbox
        self.configuration = configuration
        proxy = ProxyRoute(configuration.proxy)
        poller = SocketPoller(wakeDescriptor: wakeDescriptor)
        let isReady = CurlLibrary.isReady
        whole = isReady ? MultiHandle(configuration, poller: poller, isForStreams: false) : nil
        streams = isReady ? MultiHandle(configuration, poller: poller, isForStreams: true) : nil
    }

    /// Works until the transport is closed, or let go with nothing left to do.
    func run() {
        while closers.isEmpty {
            inbox.take(into: &commands)
            let hasCommands = !commands.isEmpty
            now = .now
            obey()
            if isLetGo, running.isEmpty, let left = inbox.end(isForced: false) { return finish(left) }
            advance()
            wait(atMost: hasCommands ? 0 : sleepMilliseconds)
        }
        endAll(HTTPError(.closed, "the transport was closed", host: ""))
        finish(inbox.end(isForced: true) ?? [])
    }

    // MARK: Commands

    private func obey() {
        for command in commands {
            switch command {
            case .start(let order, let reply): start(order, reply)
            case .cancel(let ticket): running[ObjectIdentifier(ticket)].map { end($0, CancellationError()) }
            case .resume(let ticket): running[ObjectIdentifier(ticket)]?.resume()
            case .close(let closer): closers.append(closer)
            case .letGo: isLetGo = true
            }
        }
        commands.removeAll(keepingCapacity: true)
    }

    private func start(_ order: TransferOrder, _ reply: TransferCommand.Reply) {
        guard !order.ticket.isCancelled else { return reply.fail(CancellationError()) }
        do {
            let target = try target(of: order.request)
            guard let multi = multi(of: reply), let transfer = idle.popLast() ?? makeTransfer() else {
                throw HTTPError(.connection, "libcurl cannot be used", host: target.host)
            }
            do {
                try transfer.begin(order, reply, to: target, proxy: proxy, at: now)
            } catch {
                keep(transfer)
                throw error
            }
            running[ObjectIdentifier(order.ticket)] = transfer
            deadlines.schedule(transfer, at: transfer.nextDeadline(at: now))
            if !multi.add(transfer) {
                end(transfer, HTTPError(.connection, "libcurl cannot be used", host: target.host))
            }
        } catch {
            reply.fail(error)
        }
    }

    private func multi(of reply: TransferCommand.Reply) -> MultiHandle? {
        switch reply {
        case .whole: whole
        case .stream: streams
        }
    }

    private func makeTransfer() -> Transfer? {
        Transfer(owner: self, poller: poller, configuration: configuration)
    }

    private func target(of request: HTTPRequest) throws(HTTPError) -> RequestTarget {
        let mayBeInsecure = request.allowsInsecureHTTP || configuration.allowsInsecureHTTP
        // What one request may do is known of its address; another to the same may not.
        if let known = targets[request.url], !known.isInsecure || mayBeInsecure { return known }
        let target = try RequestTarget(request.url, allowsInsecureHTTP: mayBeInsecure)
        if targets.count >= 64 { targets = [:] }
        targets[request.url] = target
        return target
    }

    // MARK: Moving

    /// Does what is due, tells who waits.
    private func advance() {
        advanceIfDue()
        while let transfer = deadlines.first, transfer.deadline <= now { check(transfer) }
        // What has been ended or resumed may be due at once.
        advanceIfDue()
    }

    private func advanceIfDue() {
        whole?.advanceIfDue(at: now)
        streams?.advanceIfDue(at: now)
        settle()
    }

    /// Hands over what has arrived and ends what is done.
    ///
    /// Those who wait are woken together, so that the threads they wake on stay awake for all of them.
    private func settle() {
        defer { wakeAll() }
        while let (easy, result) = whole?.nextDone() ?? streams?.nextDone() {
            guard let transfer = Transfer.at(docent_easy_private(easy)) else { continue }
            end(transfer, transfer.error(result))
        }
        guard !arrived.isEmpty else { return }
        // Letting a transfer go on may bring more at once.
        var marked: [Transfer] = []
        swap(&marked, &arrived)
        for transfer in marked where transfer.isMarked { hand(transfer) }
    }

    private func wakeAll() {
        guard !answers.isEmpty else { return }
        // Taken out one by one, so that each answer's last holder is the one it is for.
        answers.reverse()
        while let (waiter, answer) = answers.popLast() { waiter.resume(returning: answer) }
    }

    private func hand(_ transfer: Transfer) {
        transfer.deliver()
        if transfer.limitsGaps {
            deadlines.schedule(transfer, at: transfer.nextDeadline(at: now))
        }
    }

    private func check(_ transfer: Transfer) {
        if let error = transfer.lateness(at: now) { return end(transfer, error) }
        deadlines.schedule(transfer, at: transfer.nextDeadline(at: now))
    }

    private var sleepMilliseconds: Int32 {
        var next = deadlines.first?.deadline ?? .distantFuture
        if let whole { next = min(next, whole.deadline) }
        if let streams { next = min(next, streams.deadline) }
        return next == .distantFuture ? -1 : next.milliseconds(since: .now)
    }

    private func wait(atMost milliseconds: Int32) {
        ProcessEnd.endWork()
        poller.wait(milliseconds: milliseconds) {
            ProcessEnd.beginWork()
            if milliseconds != 0 { inbox.wake() }
            now = .now
        } tell: { socket, events, isStream in
            (isStream ? streams : whole)?.advance(socket, events)
        }
        settle()
    }

    // MARK: Ending

    /// Takes a transfer out, tells the one who waits, and keeps the handle for another.
    private func end(_ transfer: Transfer, _ error: (any Error)?) {
        guard let order = transfer.order, let reply = transfer.reply else { return }
        running[ObjectIdentifier(order.ticket)] = nil
        deadlines.remove(transfer)
        multi(of: reply)?.remove(transfer)
        if let answer = transfer.end(error) { answers.append(answer) }
        keep(transfer)
    }

    private func keep(_ transfer: Transfer) {
        transfer.reset()
        if idle.count < Self.maximumIdleTransfers { idle.append(transfer) }
    }

    private func endAll(_ error: HTTPError) {
        for transfer in running.values {
            var error = error
            error.host = transfer.target?.host ?? ""
            end(transfer, error)
        }
    }

    /// Answers the commands nobody will follow any more and tells those who wait for the end.
    private func finish(_ left: [TransferCommand]) {
        idle = []
        whole?.close()
        streams?.close()
        for command in left {
            switch command {
            case .start(_, let reply): reply.fail(HTTPError.transportClosed)
            case .close(let closer): closers.append(closer)
            case .cancel, .resume, .letGo: break
            }
        }
        for closer in closers { closer.resume() }
    }

    // MARK: What transfers say

    func hasArrived(_ transfer: Transfer) {
        transfer.isMarked = true
        arrived.append(transfer)
    }

    func makeReader(_ pipe: BodyPipe, _ ticket: TransferTicket) -> BodyReader {
        BodyReader(pipe: pipe, ticket: ticket, inbox: inbox)
    }
}
