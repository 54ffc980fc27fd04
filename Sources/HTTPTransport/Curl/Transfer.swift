import CCurl
import Glibc

/// A transfer and its libcurl handle, which serves one request after another; used on the thread of transfers alone.
final class Transfer: DeadlineHolder {
    /// The part of the loop that a transfer speaks to.
    protocol Owner: AnyObject {
        /// Something has arrived for a stream's reader.
        func hasArrived(_ transfer: Transfer)
        /// A stream's head is complete: gives the stream its reader.
        func makeReader(_ pipe: BodyPipe, _ ticket: TransferTicket) -> BodyReader
    }

    let options: EasyOptions
    var deadline = MonotonicTime.distantFuture
    var heapIndex: Int?

    private(set) var order: TransferOrder?
    private(set) var reply: TransferCommand.Reply?
    private(set) var target: RequestTarget?
    private(set) var pipe: BodyPipe?
    private(set) var isPaused = false
    /// Whether the owner knows that something has arrived.
    var isMarked = false
    /// Why the transfer was broken off on this side.
    private(set) var failure: HTTPError?

    private unowned let owner: any Owner
    private let maximumBufferedBytes: Int
    private var arrived = WholeAnswer()
    private var bodyBytes = 0
    private var heldBytes = 0
    private var maximumBodyBytes = 0
    /// Whether the time between two pieces is limited.
    private(set) var limitsGaps = false
    private var connectError: Int32 = 0
    private var startedAt = MonotonicTime.distantFuture
    private var lastByteAt = MonotonicTime.distantFuture

    init?(owner: any Owner, poller: SocketPoller, configuration: CurlTransport.Configuration) {
        guard let options = EasyOptions(configuration) else { return nil }
        self.options = options
        self.owner = owner
        maximumBufferedBytes = configuration.maximumBufferedBytes
        register(poller)
    }

    /// Whether the transfer may be looked up by its order's ticket.
    var easy: UnsafeMutableRawPointer { options.easy }

    /// Makes ready for a request.
    func begin(
        _ order: TransferOrder,
        _ reply: TransferCommand.Reply,
        to target: RequestTarget,
        proxy: ProxyRoute,
        at now: MonotonicTime
    ) throws {
        try options.set(order.request, target: target, proxy: proxy)
        self.order = order
        self.reply = reply
        arrived = order.takeRoom()
        self.target = target
        maximumBodyBytes = order.request.maximumBodyBytes
        limitsGaps = order.request.timeouts.betweenBytes != nil
        startedAt = now
    }

    /// Forgets the request, and all it holds.
    func reset() {
        options.forgetLargeBody()
        order = nil
        reply = nil
        pipe = nil
        isPaused = false
        isMarked = false
        failure = nil
        arrived = WholeAnswer()
        bodyBytes = 0
        heldBytes = 0
        connectError = 0
    }

    // MARK: Ending

    /// A whole answer, and the one who is still to be given it.
    typealias Answer = (waiter: UnsafeContinuation<WholeAnswer, any Error>, answer: WholeAnswer)

    /// Tells the one who waits how it went, `nil` for well; whole answers are left to be given.
    func end(_ error: (any Error)?) -> Answer? {
        if let pipe {
            deliver()
            pipe.finish(error.map { .failure($0) } ?? .success(()))
            return nil
        }
        switch (reply, error) {
        case (.whole(let waiter), nil):
            return (waiter, arrived)
        case (.stream, nil):
            reply?.fail(failed(.malformedAnswer, "the answer is not HTTP"))
        case (_, .some(let error)):
            reply?.fail(error)
        case (nil, nil):
            break
        }
        return nil
    }

    /// What a result of libcurl means; `nil` for success.
    func error(_ result: CURLcode) -> (any Error)? {
        if let failure { return failure }
        guard result != CURLE_OK else {
            return arrived.head.isComplete ? nil : failed(.malformedAnswer, "the answer is not HTTP")
        }
        // What libcurl says of a header of 100 KiB.
        if result == CURLE_OUT_OF_MEMORY, arrived.head.hasBegun, !arrived.head.isComplete { return headersTooLong }
        let limit = order?.request.timeouts.connect
        return HTTPError(result, host: target?.host ?? "", connectLimit: limit, reason: reason(result))
    }

    private func reason(_ result: CURLcode) -> String {
        if result == CURLE_COULDNT_CONNECT || result == CURLE_INTERFACE_FAILED {
            let number = connectError != 0 ? connectError : Int32(docent_easy_long(easy, CURLINFO_OS_ERRNO))
            guard number != 0 else { return "nobody listens there" }
            return String(cString: strerror(number)).lowercased()
        }
        let verification = docent_easy_long(easy, CURLINFO_SSL_VERIFYRESULT)
        let number = verification != 0 ? verification : docent_easy_long(easy, CURLINFO_PROXY_SSL_VERIFYRESULT)
        return CertificateProblem.text(number, host: target?.host ?? "")
    }

    private var headersTooLong: HTTPError { failed(.malformedAnswer, "the answer's headers are too long") }

    private func failed(_ kind: HTTPError.Kind, _ message: String) -> HTTPError {
        HTTPError(kind, message, host: target?.host ?? "")
    }

    // MARK: Time

    /// When to look at the transfer again.
    func nextDeadline(at now: MonotonicTime) -> MonotonicTime {
        guard let timeouts = order?.request.timeouts else { return .distantFuture }
        let total = startedAt.advanced(by: timeouts.total)
        guard bodyBytes > 0 else { return min(total, startedAt.advanced(by: timeouts.firstByte)) }
        guard timeouts.betweenBytes != nil else { return total }
        let quiet = quietSince.advanced(by: timeouts.betweenBytes)
        // While nobody waits there is nothing to be late for; look again after as long.
        return min(total, quiet == .distantFuture ? now.advanced(by: timeouts.betweenBytes) : quiet)
    }

    /// The error, if time has run out.
    func lateness(at now: MonotonicTime) -> HTTPError? {
        guard let timeouts = order?.request.timeouts else { return nil }
        let host = target?.host ?? ""
        if now >= startedAt.advanced(by: timeouts.total) { return .timeout(.total, after: timeouts.total, host: host) }
        if bodyBytes == 0 {
            guard now >= startedAt.advanced(by: timeouts.firstByte) else { return nil }
            return .timeout(.firstByte, after: timeouts.firstByte, host: host)
        }
        guard now >= quietSince.advanced(by: timeouts.betweenBytes) else { return nil }
        return .timeout(.betweenBytes, after: timeouts.betweenBytes, host: host)
    }

    /// Since when somebody waits in vain; the distant future if nobody does.
    private var quietSince: MonotonicTime {
        guard let pipe else { return lastByteAt }
        return max(lastByteAt, pipe.waitsSince)
    }

    // MARK: Streams

    /// Hands what has arrived to the reader; a paused transfer goes on if nothing is held.
    func deliver() {
        isMarked = false
        guard let pipe, !arrived.body.isEmpty else { return }
        heldBytes = pipe.deliver(&arrived.body, isPaused: isPaused)
        if isPaused, heldBytes == 0 { resume() }
    }

    /// Lets a paused transfer go on: its reader has taken all.
    func resume() {
        heldBytes = 0
        guard isPaused else { return }
        isPaused = false
        curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    // MARK: What libcurl calls

    private func register(_ poller: SocketPoller) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let closing = Unmanaged.passUnretained(poller).toOpaque()
        docent_easy_set_pointer(easy, CURLOPT_PRIVATE, me)
        docent_easy_set_pointer(easy, CURLOPT_WRITEDATA, me)
        docent_easy_set_pointer(easy, CURLOPT_HEADERDATA, me)
        docent_easy_set_bytes(easy, CURLOPT_WRITEFUNCTION) { bytes, _, count, me in
            Transfer.at(me)?.takeBody(UnsafeRawBufferPointer(start: bytes, count: count)) == true ? count : 0
        }
        docent_easy_set_bytes(easy, CURLOPT_HEADERFUNCTION) { bytes, _, count, me in
            Transfer.at(me)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: count)) == true ? count : 0
        }
        docent_easy_set_open(
            easy,
            { me, _, address in
                guard let address, let transfer = Transfer.at(me) else { return CURL_SOCKET_BAD }
                return transfer.openSocket(address.pointee)
            },
            me
        )
        docent_easy_set_close(
            easy,
            { poller, socket in
                if let poller { Unmanaged<SocketPoller>.fromOpaque(poller).takeUnretainedValue().forget(socket) }
                return close(socket)
            },
            closing
        )
        adoptSocket = { [unowned poller] in poller.adopt($0) }
    }

    private var adoptSocket: (Int32) -> Void = { _ in }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func openSocket(_ address: curl_sockaddr) -> Int32 {
        let kind = address.socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, kind, address.protocol)
        if descriptor < 0 { connectError = errno } else { adoptSocket(descriptor) }
        return descriptor
    }

    private func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        switch arrived.head.consume(line) {
        case .goesOn: return true
        case .completes: return beginBody()
        case .isTooMuch:
            failure = headersTooLong
            return false
        }
    }

    /// Makes ready for the body, whose head is complete; `false` if it will not be taken.
    private func beginBody() -> Bool {
        guard let order, let target else { return false }
        if let length = arrived.head.contentLength, order.request.method != "HEAD" {
            guard length <= maximumBodyBytes else {
                failure = .bodyTooLarge(maximumBodyBytes, host: target.host)
                return false
            }
            arrived.body.reserveCapacity(min(length, 1 << 20))
        }
        guard case .stream(let waiter) = reply else { return true }
        let pipe = BodyPipe()
        self.pipe = pipe
        let reader = owner.makeReader(pipe, order.ticket)
        let body = HTTPBody { try await reader.next() }
        waiter.resume(returning: HTTPStream(status: arrived.head.status, headers: arrived.head.headers, body: body))
        return true
    }

    private func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        let isFirst = bodyBytes == 0
        bodyBytes += piece.count
        guard bodyBytes <= maximumBodyBytes else {
            failure = .bodyTooLarge(maximumBodyBytes, host: target?.host ?? "")
            return false
        }
        arrived.body.append(contentsOf: piece)
        if limitsGaps { lastByteAt = .now }
        if pipe != nil, !isPaused, heldBytes + arrived.body.count >= maximumBufferedBytes {
            isPaused = true
            curl_easy_pause(easy, CURLPAUSE_RECV)
        }
        if !isMarked, pipe != nil || isFirst && limitsGaps { owner.hasArrived(self) }
        return true
    }
}
