import Foundation
import HTTPTransport
import Synchronization
import TestSupport
import Testing

struct CurlTransportTests {
    /// Keeps connections, however long a busy machine lets the test wait between two requests.
    private static let patient: CurlTransport.Configuration = {
        var configuration = CurlTransport.Configuration()
        configuration.idleTimeout = .seconds(3600)
        return configuration
    }()

    @Test func `sends a request and gives the whole answer`() async throws {
        let seen = Mutex("")
        let server = ScriptedServer { connection in
            guard let request = connection.request() else { return }
            seen.withLock { $0 = request.head + String(decoding: request.body, as: UTF8.self) }
            connection.answer(Array("hello".utf8), status: "201 Created", headers: "X-A: 1\r\nx-b:\r\nX-A:  2 \r\n")
        }
        let transport = CurlTransport()

        var request = HTTPRequest(
            "POST",
            server.url + "v1?q=1",
            headers: ["X-Key": "k", "X-Empty": ""],
            body: [97, 98]
        )
        request.headers["Content-Type"] = "application/json"
        let response = try await transport.send(request)

        #expect(response.status == 201)
        #expect(String(decoding: response.body, as: UTF8.self) == "hello")
        #expect(
            response.headers.fields.map { "\($0.name)=\($0.value)" } == ["Content-Length=5", "X-A=1", "x-b=", "X-A=2"]
        )
        let lines = seen.withLock { $0 }.components(separatedBy: "\r\n")
        #expect(lines.first == "POST /v1?q=1 HTTP/1.1")
        #expect(
            Set(lines.dropFirst()) == [
                "Host: 127.0.0.1:\(server.port)", "User-Agent: docent/0.1.0", "Accept: */*",
                "Accept-Encoding: gzip, br",
                "X-Key: k", "X-Empty:", "Content-Type: application/json", "Content-Length: 2", "", "ab",
            ]
        )
        await transport.close()
        server.stop()
    }

    @Test(arguments: [1, 1 << 10, 1 << 20, 3 << 20])
    func `sends a body of any size without asking for leave`(size: Int) async throws {
        let head = Mutex("")
        let server = ScriptedServer { connection in
            while let request = connection.request() {
                head.withLock { $0 = request.head }
                connection.answer(Array("\(request.body.count)".utf8))
            }
        }
        let transport = CurlTransport(Self.patient)

        // The handle has sent a small body before.
        for count in [2, size] {
            let request = HTTPRequest("POST", server.url, body: Array(repeating: 97, count: count))
            #expect(try await transport.send(request).body == Array("\(count)".utf8))
            #expect(!head.withLock { $0 }.lowercased().contains("expect:"))
        }
        await transport.close()
        server.stop()
    }

    @Test(arguments: ["GET", "HEAD", "DELETE", "PUT", "POST", "PATCH"])
    func `sends every method, with a body and without, on one handle`(method: String) async throws {
        let server = ScriptedServer { connection in
            while let request = connection.request() {
                let line = request.head.prefix { $0 != " " } + "|" + String(decoding: request.body, as: UTF8.self)
                let length = "Content-Length: \(line.utf8.count)\r\n"
                connection.send("HTTP/1.1 200 OK\r\n\(length)\r\n" + (request.head.hasPrefix("HEAD ") ? "" : line))
            }
        }
        let transport = CurlTransport(Self.patient)

        for body in [nil, "x", nil, "yy"] where method != "HEAD" || body == nil {
            let response = try await transport.send(HTTPRequest(method, server.url, body: body.map { Array($0.utf8) }))
            let expected = method == "HEAD" ? "" : method + "|" + (body ?? "")
            #expect(String(decoding: response.body, as: UTF8.self) == expected)
        }
        #expect(server.connections == 1)
        await transport.close()
        server.stop()
    }

    @Test func `keeps a connection for many requests, and makes another when the server has closed it`() async throws {
        let server = ScriptedServer { connection in
            for _ in 0..<10 where connection.request() != nil { connection.answer([1]) }
        }
        let transport = CurlTransport(Self.patient)

        for _ in 0..<20 { #expect(try await transport.send(HTTPRequest("POST", server.url)).body == [1]) }

        #expect(server.connections == 2)
        await transport.close()
        server.stop()
    }

    @Test(arguments: [
        ("gzip", "H4sIAAAAAAAAA8tIzcnJVyjPL8pJAQCFEUoNCwAAAA=="),
        ("br", "CwWAaGVsbG8gd29ybGQD"),
    ])
    func `unpacks`(packing: String, base64: String) async throws {
        let packed = Array(try #require(Data(base64Encoded: base64)))
        let server = ScriptedServer { connection in
            while connection.request() != nil {
                connection.answer(packed, headers: "Content-Encoding: \(packing)\r\n")
            }
        }
        let transport = CurlTransport()

        let response = try await transport.send(HTTPRequest("GET", server.url))
        let stream = try await transport.open(HTTPRequest("GET", server.url))

        #expect(String(decoding: response.body, as: UTF8.self) == "hello world")
        #expect(String(decoding: try await stream.body.whole(), as: UTF8.self) == "hello world")
        await transport.close()
        server.stop()
    }

    @Test func `takes no larger body than allowed, however it comes`() async throws {
        let bomb = try Packed.gzipOfZeros(40_000_000)
        let server = ScriptedServer { connection in
            while let request = connection.request() {
                switch request.head {
                case let head where head.contains("/length"): connection.answer(Array(repeating: 1, count: 1001))
                case let head where head.contains("/chunks"):
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                    while connection.send("a\r\n0123456789\r\n") {}
                case let head where head.contains("/bomb"):
                    connection.answer(bomb, headers: "Content-Encoding: gzip\r\n")
                default: connection.answer(Array(repeating: 1, count: 1000))
                }
            }
        }
        let transport = CurlTransport()
        let host = "127.0.0.1:\(server.port)"
        let error = HTTPError(.bodyTooLarge, "the answer's body has more than 1000 bytes", host: host)

        for path in ["length", "chunks", "bomb", "exact"] {
            var request = HTTPRequest("GET", server.url + path)
            request.maximumBodyBytes = 1000
            let sent = request
            guard path != "exact" else {
                #expect(try await transport.send(sent).body.count == 1000)
                continue
            }
            await #expect(throws: error) { try await transport.send(sent) }
            await #expect(throws: error) { try await transport.open(sent).body.whole() }
        }
        await transport.close()
        server.stop()
    }

    @Test func `passes over interim answers and trailers`() async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nX-A: 1\r\n")
            connection.send("Transfer-Encoding: chunked\r\n\r\n1\r\nz\r\n0\r\nX-Late: 1\r\n\r\n")
            connection.waitForEnd()
        }
        let transport = CurlTransport()

        let response = try await transport.send(HTTPRequest("GET", server.url))

        #expect(response.headers.fields.map(\.name) == ["X-A", "Transfer-Encoding"])
        #expect(response.body == [122])
        await transport.close()
        server.stop()
    }

    @Test func `follows no redirect`() async throws {
        let server = ScriptedServer { connection in
            while connection.request() != nil { connection.answer(status: "302 Found", headers: "Location: /else\r\n") }
        }
        let transport = CurlTransport()

        let response = try await transport.send(HTTPRequest("GET", server.url))

        #expect(response.status == 302)
        #expect(response.headers["location"] == "/else")
        await transport.close()
        server.stop()
    }

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

    private static let broken = "the connection broke before the answer was complete"

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

    @Test func `sends its own name and packings where the request has none`() async throws {
        let names = Mutex<[String]>([])
        let server = ScriptedServer { connection in
            while let request = connection.request() {
                let lines = request.head.components(separatedBy: "\r\n")
                let wanted = ["user-agent", "accept-encoding"]
                names.withLock {
                    $0 += lines.filter { wanted.contains($0.lowercased().prefix { $0 != ":" }.description) }
                }
                connection.answer([1])
            }
        }
        var configuration = CurlTransport.Configuration()
        configuration.userAgent = ""
        let nameless = CurlTransport(configuration)
        let transport = CurlTransport()

        _ = try await transport.send(
            HTTPRequest("GET", server.url, headers: ["user-agent": "mine", "accept-encoding": "identity"])
        )
        _ = try await nameless.send(HTTPRequest("GET", server.url))

        #expect(
            names.withLock { $0 } == ["user-agent: mine", "accept-encoding: identity", "Accept-Encoding: gzip, br"]
        )
        await transport.close()
        await nameless.close()
        server.stop()
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

extension HTTPBody {
    /// All pieces together.
    func whole() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self { bytes += piece }
        return bytes
    }
}

enum Packed {
    /// So many zeros, packed.
    static func gzipOfZeros(_ count: Int) throws -> [UInt8] {
        let process = ChildProcess()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "head -c \(count) /dev/zero | gzip -9"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}
