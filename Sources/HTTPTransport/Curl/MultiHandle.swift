import CCurl

/// libcurl's handle of many transfers, with the sockets and the clock it asks for.
///
/// Whole answers share their HTTP/2 connections. A stream has its connection to itself while it runs: a reader who
/// takes his time can only make the server wait by leaving the connection unread, which would hold up others on it;
/// reading on for the others, libcurl would hold up to 32 MiB of each stream that waits.
final class MultiHandle {
    /// When libcurl wants to be called though no socket has anything to say.
    private(set) var deadline = MonotonicTime.distantFuture

    private var multi: UnsafeMutableRawPointer?
    private let poller: SocketPoller
    private let isForStreams: Bool

    init?(_ configuration: CurlTransport.Configuration, poller: SocketPoller, isForStreams: Bool) {
        guard let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.poller = poller
        self.isForStreams = isForStreams
        docent_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections ?? 0)
        docent_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost ?? 0)
        docent_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumConnections ?? 1024)
        docent_multi_set_long(multi, CURLMOPT_PIPELINING, isForStreams ? CURLPIPE_NOTHING : CURLPIPE_MULTIPLEX)
        let me = Unmanaged.passUnretained(self).toOpaque()
        docent_multi_set_socket(
            multi,
            { _, socket, request, me, _ in
                guard let me else { return -1 }
                let multi = Unmanaged<MultiHandle>.fromOpaque(me).takeUnretainedValue()
                multi.poller.watch(socket, for: request, isStream: multi.isForStreams)
                return 0
            },
            me
        )
        docent_multi_set_timer(
            multi,
            { _, milliseconds, me in
                guard let me else { return -1 }
                Unmanaged<MultiHandle>.fromOpaque(me).takeUnretainedValue().setTimer(milliseconds)
                return 0
            },
            me
        )
    }

    deinit {
        close()
    }

    /// Frees the handle and closes the connections; its transfers have been removed.
    func close() {
        guard let multi else { return }
        self.multi = nil
        curl_multi_cleanup(multi)
    }

    /// Starts a transfer; `false` where libcurl cannot.
    func add(_ transfer: Transfer) -> Bool {
        curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
    }

    func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(multi, transfer.easy)
    }

    /// Has libcurl look at a socket.
    func advance(_ socket: Int32, _ events: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, events, &running)
    }

    /// Has libcurl do what it wanted to do by now.
    func advanceIfDue(at now: MonotonicTime) {
        guard deadline <= now else { return }
        deadline = .distantFuture
        advance(CURL_SOCKET_BAD, 0)
    }

    /// The next transfer that is done, and how it went.
    func nextDone() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, docent_message_result(message))
        }
        return nil
    }

    private func setTimer(_ milliseconds: Int) {
        guard milliseconds > 0 else {
            deadline = milliseconds < 0 ? .distantFuture : MonotonicTime(nanoseconds: 0)
            return
        }
        deadline = MonotonicTime.now.advanced(by: .milliseconds(milliseconds))
    }
}
