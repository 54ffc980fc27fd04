import HTTPTransport
import Testing

struct CurlTimeoutTests {
    /// What a server that stops says before it does.
    @Test(arguments: [
        ("", HTTPError.Phase.total, "the answer was not complete within 0.05 seconds"),
        ("HTTP/1.1 200 OK\r\n\r\na", .total, "the answer was not complete within 0.05 seconds"),
        ("", .firstByte, "no answer within 0.05 seconds"),
        ("HTTP/1.1 200 OK\r\n\r\n", .firstByte, "no answer within 0.05 seconds"),
        ("HTTP/1.1 200 OK\r\n\r\na", .betweenBytes, "the answer stopped coming for 0.05 seconds"),
    ])
    func `tells what took too long`(said: String, phase: HTTPError.Phase, message: String) async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send(said)
            connection.waitForEnd()
        }
        let transport = CurlTransport()
        var request = HTTPRequest("POST", server.url)
        switch phase {
        case .total: request.timeouts.total = .milliseconds(50)
        case .firstByte: request.timeouts.firstByte = .milliseconds(50)
        default: request.timeouts.betweenBytes = .milliseconds(50)
        }
        let sent = request
        let error = HTTPError(.timeout(phase), message, host: "127.0.0.1:\(server.port)")

        await #expect(throws: error) { try await transport.send(sent) }
        await #expect(throws: error) { try await transport.open(sent).body.whole() }
        await transport.close()
        server.stop()
    }

    @Test func `tells that no connection came about`() async throws {
        // A door with a queue of one that nobody opens: further connections are not answered.
        let door = ClosedDoor()
        let transport = CurlTransport()
        var request = HTTPRequest("GET", "http://127.0.0.1:\(door.port)/")
        request.timeouts.connect = .milliseconds(100)
        let sent = request
        let error = HTTPError(.timeout(.connect), "no connection within 0.1 seconds", host: "127.0.0.1:\(door.port)")

        await #expect(throws: error) { try await transport.send(sent) }
        await transport.close()
        door.close()
    }

    @Test func `does not count the time in which nobody reads`() async throws {
        let turns = Turns()
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na")
            turns.wait()
            connection.send("b")
            connection.waitForEnd()
        }
        let transport = CurlTransport()
        var request = HTTPRequest("GET", server.url)
        request.timeouts.betweenBytes = .milliseconds(100)
        var impatient = HTTPRequest("GET", server.url)
        impatient.timeouts.total = .milliseconds(300)
        let late = impatient

        var pieces = try await transport.open(request).body.makeAsyncIterator()
        #expect(try await pieces.next() == [97])
        // Another request's limit serves as the clock while nobody reads.
        await #expect(throws: HTTPError.self) { try await transport.send(late) }
        turns.give()
        turns.give()

        #expect(try await pieces.next() == [98])
        #expect(try await pieces.next() == nil)
        await transport.close()
        server.stop()
    }

    @Test func `keeps a thousand limits apart`() async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.waitForEnd()
        }
        let transport = CurlTransport()

        let phases = await withTaskGroup(of: HTTPError.Kind?.self) { group in
            for index in 0..<200 {
                group.addTask {
                    var request = HTTPRequest("GET", server.url)
                    request.timeouts.total = .milliseconds(20 + (index * 37) % 100)
                    do {
                        _ = try await transport.send(request)
                        return nil
                    } catch {
                        return (error as? HTTPError)?.kind
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(phases == Array(repeating: .timeout(.total), count: 200))
        await transport.close()
        server.stop()
    }
}
