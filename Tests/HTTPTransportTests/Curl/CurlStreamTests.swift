import Foundation
import HTTPTransport
import Synchronization
import Testing

struct CurlStreamTests {
    @Test func `gives the head before the body, and pieces as they come`() async throws {
        let turns = Turns()
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nX-A: 1\r\n\r\n")
            for piece in ["one", "two"] {
                turns.wait()
                connection.send(piece)
            }
        }
        let transport = CurlTransport()

        let stream = try await transport.open(HTTPRequest("POST", server.url))
        var pieces = stream.body.makeAsyncIterator()

        #expect(stream.headers["x-a"] == "1")
        for expected in ["one", "two"] {
            turns.give()
            #expect(try await pieces.next().map { String(decoding: $0, as: UTF8.self) } == expected)
        }
        #expect(try await pieces.next() == nil)
        #expect(try await pieces.next() == nil)
        await transport.close()
        server.stop()
    }

    @Test func `gives what came before the connection broke`() async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        }
        let transport = CurlTransport()

        var pieces = try await transport.open(HTTPRequest("POST", server.url)).body.makeAsyncIterator()
        var got: [UInt8] = []
        let error = await #expect(throws: HTTPError.self) { while let piece = try await pieces.next() { got += piece } }

        #expect(got == Array("abc".utf8))
        #expect(error?.kind == .connection)
        await transport.close()
        server.stop()
    }

    @Test func `makes the server wait for a slow reader, and holds little for him`() async throws {
        let sent = Mutex(0)
        let stalled = AsyncStream<Void>.makeStream()
        let total = 64 << 20
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let piece = [UInt8](repeating: 7, count: 64 << 10)
            for _ in 0..<(total / piece.count) {
                if !connection.canSend(withinMilliseconds: 200) { stalled.continuation.yield() }
                guard connection.send(piece) else { return }
                sent.withLock { $0 += piece.count }
            }
        }
        let transport = CurlTransport()

        var pieces = try await transport.open(HTTPRequest("GET", server.url)).body.makeAsyncIterator()
        var stalls = stalled.stream.makeAsyncIterator()
        await stalls.next()
        // The rest is in the buffers of the kernel, which grow to some megabytes.
        #expect(sent.withLock { $0 } < total / 2)
        var got = 0
        var largest = 0
        while let piece = try await pieces.next() {
            got += piece.count
            largest = max(largest, piece.count)
        }

        #expect(got == total)
        #expect(largest < 300 << 10)
        await transport.close()
        server.stop()
    }

    @Test(arguments: ["before", "head", "body", "whole"])
    func `ends the connection at once when the waiting task is cancelled`(moment: String) async throws {
        let events = AsyncStream<String>.makeStream()
        let server = ScriptedServer { connection in
            guard let request = connection.request() else { return }
            if request.head.contains("/body") { connection.send("HTTP/1.1 200 OK\r\n\r\n") }
            events.continuation.yield("asked")
            connection.waitForEnd()
            events.continuation.yield("gone")
        }
        let transport = CurlTransport()
        let gate = AsyncStream<Void>.makeStream()
        let task = Task {
            if moment == "before" { for await _ in gate.stream {} }
            let request = HTTPRequest("POST", server.url + moment)
            if moment == "whole" { return try await transport.send(request).body }
            return try await transport.open(request).body.whole()
        }
        var seen = events.stream.makeAsyncIterator()
        if moment != "before" { #expect(await seen.next() == "asked") }

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        if moment == "before" { #expect(server.connections == 0) } else { #expect(await seen.next() == "gone") }
        await transport.close()
        server.stop()
    }

    @Test func `ends the connection when the body is let go, read in part or not at all`() async throws {
        let gone = AsyncStream<Void>.makeStream()
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\nabc")
            connection.waitForEnd()
            gone.continuation.yield()
        }
        let transport = CurlTransport()
        var ends = gone.stream.makeAsyncIterator()

        _ = try await transport.open(HTTPRequest("GET", server.url))
        await ends.next()
        for try await piece in try await transport.open(HTTPRequest("GET", server.url)).body {
            #expect(piece == Array("abc".utf8))
            break
        }
        await ends.next()

        #expect(server.connections == 2)
        await transport.close()
        server.stop()
    }

    @Test func `goes on when its transport has been let go`() async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.answer(Array(repeating: 1, count: 5_000_000))
        }

        let stream = try await CurlTransport().open(HTTPRequest("GET", server.url))

        #expect(try await stream.body.whole().count == 5_000_000)
        server.stop()
    }

    @Test func `carries a thousand streams at a time`() async throws {
        Limits.allowManyFiles()
        let open = Turns()
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
            open.wait()
            connection.send("3\r\ntwo\r\n0\r\n\r\n")
        }
        let transport = CurlTransport()

        let streams = try await withThrowingTaskGroup(of: HTTPStream.self) { group in
            for _ in 0..<1000 { group.addTask { try await transport.open(HTTPRequest("GET", server.url)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for _ in streams { open.give() }
        let bodies = try await withThrowingTaskGroup(of: String.self) { group in
            for stream in streams { group.addTask { String(decoding: try await stream.body.whole(), as: UTF8.self) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(bodies == Array(repeating: "onetwo", count: 1000))
        #expect(server.connections == 1000)
        await transport.close()
        server.stop()
    }

    @Test func `makes requests wait for one of the connections allowed`() async throws {
        let server = ScriptedServer { connection in
            while connection.request() != nil { connection.answer([1]) }
        }
        var configuration = CurlTransport.Configuration()
        configuration.maximumConnections = 3
        configuration.maximumConnectionsPerHost = 2
        let transport = CurlTransport(configuration)

        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<50 { group.addTask { try await transport.send(HTTPRequest("GET", server.url)).body } }
            for try await body in group { #expect(body == [1]) }
        }

        #expect(server.connections == 2)
        await transport.close()
        server.stop()
    }
}

/// Lets the threads of a server go on, one turn after another.
final class Turns: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func give() { semaphore.signal() }
    func wait() { semaphore.wait() }
}

enum Limits {
    /// Raises the number of files this process may open to what it may be raised to.
    static func allowManyFiles() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
