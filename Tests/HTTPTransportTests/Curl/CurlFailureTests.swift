import HTTPTransport
import Testing

/// Answers that are none, connections that break, and requests that cannot be sent.
struct CurlFailureTests {
    private static let broken = "the connection broke before the answer was complete"

    @Test(arguments: [
        ("", HTTPError.Kind.connection, "the server closed the connection without an answer"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .connection, broken),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", .connection, broken),
        ("hello\r\n\r\n", .malformedAnswer, "the answer is not HTTP"),
        (
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot a zip",
            .malformedAnswer, "the answer's packing is broken"
        ),
    ])
    func `tells what is wrong with an answer`(bytes: String, kind: HTTPError.Kind, message: String) async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send(bytes)
        }
        let transport = CurlTransport()
        let error = HTTPError(kind, message, host: "127.0.0.1:\(server.port)")

        await #expect(throws: error) { try await transport.send(HTTPRequest("POST", server.url)) }
        await #expect(throws: error) { try await transport.open(HTTPRequest("POST", server.url)).body.whole() }
        await transport.close()
        server.stop()
    }

    @Test func `tells that a connection was reset or refused`() async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
            connection.reset()
        }
        let transport = CurlTransport()
        let host = "127.0.0.1:\(server.port)"

        await #expect(throws: HTTPError(.connection, Self.broken, host: host)) {
            try await transport.send(HTTPRequest("GET", server.url))
        }
        let refused = ScriptedServer { _ in }
        refused.stop()
        await #expect(throws: HTTPError(.connection, "no connection: connection refused", host: "127.0.0.1:1")) {
            try await transport.send(HTTPRequest("GET", "http://127.0.0.1:1/"))
        }
        await transport.close()
        server.stop()
    }

    @Test func `sends nothing that would end a line`() async throws {
        let transport = CurlTransport()
        let message = "the method or a header cannot be sent: it has a character that HTTP does not allow there"
        let error = HTTPError(.invalidURL, message, host: "127.0.0.1:1")
        let requests = [
            HTTPRequest("GET", "http://127.0.0.1:1/", headers: ["X": "a\r\nY: b"]),
            HTTPRequest("GET", "http://127.0.0.1:1/", headers: ["X\nY": "a"]),
            HTTPRequest("GET", "http://127.0.0.1:1/", headers: ["": "a"]),
            HTTPRequest("GET /\r\nX:", "http://127.0.0.1:1/"),
            HTTPRequest("", "http://127.0.0.1:1/"),
        ]

        for request in requests { await #expect(throws: error) { try await transport.send(request) } }
        await transport.close()
        var configuration = CurlTransport.Configuration()
        configuration.userAgent = "a\r\nX: b"
        let other = CurlTransport(configuration)
        await #expect(throws: error) { try await other.send(HTTPRequest("GET", "http://127.0.0.1:1/")) }
        await other.close()
    }

    @Test func `fails what runs when it is closed, and everything afterwards`() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        let server = ScriptedServer { connection in
            guard let request = connection.request() else { return }
            if request.head.contains("/stream") { connection.send("HTTP/1.1 200 OK\r\n\r\nabc") }
            arrived.continuation.yield()
            connection.waitForEnd()
        }
        let transport = CurlTransport()
        let host = "127.0.0.1:\(server.port)"
        let stream = try await transport.open(HTTPRequest("GET", server.url + "stream"))
        let sending = Task { try await transport.send(HTTPRequest("GET", server.url)) }
        var arrivals = arrived.stream.makeAsyncIterator()
        for _ in 0..<2 { await arrivals.next() }

        await transport.close()
        await transport.close()

        let error = HTTPError(.closed, "the transport was closed", host: host)
        await #expect(throws: error) { try await sending.value }
        await #expect(throws: error) { try await stream.body.whole() }
        await #expect(throws: HTTPError(.closed, "the transport was closed", host: "this machine")) {
            try await transport.send(HTTPRequest("GET", server.url))
        }
        server.stop()
    }
}
