import HTTPTransport
import Testing

struct CurlHeaderTests {
    @Test(arguments: ["\r\n", "\n"])
    func `reads headers of odd forms`(end: String) async throws {
        let lines = [
            "HTTP/1.1 200 OK", "X-Folded: a", " retry-after: 9", "\t", "\tb ", "X-Empty:", "X-Blank: \t ",
            "X-Tight:a:b", ": nameless", ":", "X-\u{E9}: \u{E9}", "Content-Length: 1", "", "z",
        ]
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            connection.send(lines.joined(separator: end))
            connection.waitForEnd()
        }
        let transport = CurlTransport()

        let response = try await transport.send(HTTPRequest("GET", server.url))

        #expect(
            response.headers.fields.map { $0.name + "=" + $0.value } == [
                "X-Folded=a  retry-after: 9 \t \tb", "X-Empty=", "X-Blank=", "X-Tight=a:b", "X-\u{E9}=\u{E9}",
                "Content-Length=1",
            ]
        )
        #expect(response.body == [122])
        await transport.close()
        server.stop()
    }

    @Test(arguments: [(270, 1000), (400, 1000), (600, 1000), (1, 120_000)])
    func `takes no longer headers than fit`(count: Int, length: Int) async throws {
        let server = ScriptedServer { connection in
            guard connection.request() != nil else { return }
            let header = "X-A: \(String(repeating: "a", count: length))\r\n"
            connection.send("HTTP/1.1 200 OK\r\n\(String(repeating: header, count: count))Content-Length: 0\r\n\r\n")
        }
        let transport = CurlTransport()
        let error = HTTPError(.malformedAnswer, "the answer's headers are too long", host: "127.0.0.1:\(server.port)")

        await #expect(throws: error) { try await transport.send(HTTPRequest("GET", server.url)) }
        await #expect(throws: error) { try await transport.open(HTTPRequest("GET", server.url)) }
        await transport.close()
        server.stop()
    }
}
