import CMicrohttpd
import Synchronization

/// What libmicrohttpd calls: gathers requests, has them answered, and hands the answers over.
final class RequestHandler: Sendable {
    let simulation: Simulation
    let alarm: Alarm
    private let listener: Listener
    private let log: (@Sendable (String) -> Void)?
    private let stopping = Atomic(false)

    init(_ simulation: Simulation, alarm: Alarm, listener: Listener, log: (@Sendable (String) -> Void)?) {
        self.simulation = simulation
        self.alarm = alarm
        self.listener = listener
        self.log = log
    }

    /// Has all waits end in vain from now on.
    func stop() {
        stopping.store(true, ordering: .relaxed)
    }

    /// A request that begins.
    func exchange(on connection: OpaquePointer) -> Exchange {
        Exchange(connection, alarm: alarm) { [self] in stopping.load(ordering: .relaxed) }
    }

    /// Answers a request that is complete, or one whose wait is over.
    func answer(
        _ exchange: Exchange,
        on connection: OpaquePointer,
        path: UnsafePointer<CChar>?,
        method: UnsafePointer<CChar>?
    ) -> MHD_Result {
        let outgoing = exchange.outgoing ?? begun(exchange, call(exchange, connection, path: path, method: method))
        switch exchange.wait() {
        case .isSuspended: return .YES
        case .isVain: return .NO
        case .isOver: break
        }
        guard outgoing.answers else {
            if outgoing.resets { Socket.reset(exchange.socket) }
            return .NO
        }
        return send(outgoing, of: exchange, on: connection)
    }

    private func begun(_ exchange: Exchange, _ call: HTTPCall) -> Outgoing {
        let outgoing = simulation.outgoing(for: call)
        exchange.body = []
        exchange.outgoing = outgoing
        exchange.due = nanoseconds() + outgoing.delay.inNanoseconds
        if let refusal = outgoing.refusal { listener.refuse(for: refusal) }
        log?("\(call.method) \(call.path) \(outgoing.answers ? outgoing.status : 0) \(outgoing.fault ?? "-")")
        return outgoing
    }

    private func call(
        _ exchange: Exchange,
        _ connection: OpaquePointer,
        path: UnsafePointer<CChar>?,
        method: UnsafePointer<CChar>?
    ) -> HTTPCall {
        var call = HTTPCall()
        if let method { call.method = String(cString: method) }
        if let path { call.path = String(cString: path) }
        for name in HTTPCall.headerNames {
            guard let value = MHD_lookup_connection_value(connection, .HEADER_KIND, name) else { continue }
            call.headers[name] = String(cString: value)
        }
        withUnsafeMutablePointer(to: &call.query) { query in
            _ = MHD_get_connection_values(connection, .GET_ARGUMENT_KIND, Callbacks.argument, query)
        }
        call.body = exchange.body
        return call
    }

    private func send(_ outgoing: Outgoing, of exchange: Exchange, on connection: OpaquePointer) -> MHD_Result {
        guard let response = response(outgoing, exchange) else { return .NO }
        defer { MHD_destroy_response(response) }
        MHD_add_response_header(response, "Content-Type", outgoing.contentType)
        for header in outgoing.headers { MHD_add_response_header(response, header.name, header.value) }
        return MHD_queue_response(connection, UInt32(outgoing.status), response)
    }

    private func response(_ outgoing: Outgoing, _ exchange: Exchange) -> OpaquePointer? {
        if outgoing.tellsLength, let whole = outgoing.whole {
            return whole.withUnsafeBufferPointer { bytes in
                MHD_create_response_from_buffer(
                    bytes.count,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                    .RESPMEM_MUST_COPY
                )
            }
        }
        let length = outgoing.tellsLength ? UInt64(outgoing.length) : docent_unknown_size()
        // The exchange lives at least as long as the response that reads from it.
        let context = Unmanaged.passRetained(exchange).toOpaque()
        return MHD_create_response_from_callback(
            length,
            16_384,
            { context, _, buffer, size in
                guard let context, let buffer else { return docent_end_with_error() }
                let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
                return exchange.write(to: UnsafeMutableRawBufferPointer(start: buffer, count: size))
            },
            context,
            { context in
                guard let context else { return }
                Unmanaged<Exchange>.fromOpaque(context).release()
            }
        )
    }
}

/// The daemon's callbacks as C has them; their context is a ``RequestHandler``.
enum Callbacks {
    static let request: docent_handler = { context, connection, path, method, _, upload, size, slot in
        guard let context, let connection, let size, let slot else { return .NO }
        let handler = Unmanaged<RequestHandler>.fromOpaque(context).takeUnretainedValue()
        guard let opaque = slot.pointee else {
            slot.pointee = Unmanaged.passRetained(handler.exchange(on: connection)).toOpaque()
            return .YES
        }
        let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
        if size.pointee > 0 {
            exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: upload, count: size.pointee))
            size.pointee = 0
            return .YES
        }
        return handler.answer(exchange, on: connection, path: path, method: method)
    }

    /// Takes an argument of the query; the context is the dictionary.
    static let argument: MHD_KeyValueIterator = { context, _, key, value in
        guard let query = context?.assumingMemoryBound(to: [String: String].self), let key else { return .YES }
        query.pointee[String(cString: key)] = value.map { String(cString: $0) } ?? ""
        return .YES
    }

    static let completed: MHD_RequestCompletedCallback = { _, _, slot, _ in
        guard let slot, let opaque = slot.pointee else { return }
        Unmanaged<Exchange>.fromOpaque(opaque).release()
        slot.pointee = nil
    }
}
