import HTTPTransport
import Testing

struct StubTransportTests {
    @Test func `gives a stream's body in pieces`() async throws {
        let transport = StubTransport(pieceBytes: 2) { _ in HTTPResponse(status: 200, body: [1, 2, 3]) }

        var pieces: [[UInt8]] = []
        for try await piece in try await transport.open(HTTPRequest("GET", "https://x")).body { pieces.append(piece) }

        #expect(pieces == [[1, 2], [3]])
    }

    @Test func `ends a body behind its error`() async throws {
        let error = HTTPError(.connection, "it broke", host: "stub")
        var pieces = HTTPBody { throw error }.makeAsyncIterator()

        await #expect(throws: error) { try await pieces.next() }

        #expect(try await pieces.next() == nil)
    }
}
