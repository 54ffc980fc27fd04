import HTTPTransport
import Testing

struct ServerSentEventParserTests {
    @Test(arguments: [
        ("data: a\n\n", [ServerSentEvent(data: Array("a".utf8))]),
        ("data:a\r\n\r\n", [ServerSentEvent(data: Array("a".utf8))]),
        ("data: a\r\r", [ServerSentEvent(data: Array("a".utf8))]),
        ("data:  a\n\n", [ServerSentEvent(data: Array(" a".utf8))]),
        ("\u{FEFF}data: a\n\n", [ServerSentEvent(data: Array("a".utf8))]),
        ("\n\u{FEFF}data: a\n\n", []),
        ("data: a\ndata: b\n\n", [ServerSentEvent(data: Array("a\nb".utf8))]),
        ("data: a\r\ndata\rdata:\ndata: b\n\n", [ServerSentEvent(data: Array("a\n\n\nb".utf8))]),
        (": alive\n\ndata: a\n: still\n\n", [ServerSentEvent(data: Array("a".utf8))]),
        ("event: x\ndata: a\n\ndata: b\n\n", [.init(name: "x", data: [97]), .init(data: [98])]),
        ("data: a\nevent: x\n\n", [.init(name: "x", data: [97])]),
        ("event: x\n\ndata: b\n\n", [.init(data: [98])]),
        ("event: x\nevent\ndata: b\n\n", [.init(data: [98])]),
        ("data\n\n", [.init(data: [])]),
        ("data:\n\n", [.init(data: [])]),
        ("id: 1\nretry: 5\nfoo: bar\nfoo\n\n", []),
        ("Data: a\ndatas: a\ndat: a\n data: a\n\n", []),
        ("data: a", [.init(data: [97])]),
        ("data: a\n", [.init(data: [97])]),
        ("data: a\r", [.init(data: [97])]),
        ("event: x", []),
        ("", []),
        ("\n\r\n\r", []),
        ("data: \u{2028}\u{85}\u{0}\u{B}é\n\n", [.init(data: Array("\u{2028}\u{85}\u{0}\u{B}é".utf8))]),
        (":" + String(repeating: "x", count: 3000) + "\ndata: a\n\n", [.init(data: [97])]),
    ])
    func `reads what the standard says, wherever it is cut`(text: String, expected: [ServerSentEvent]) throws {
        let bytes = Array(text.utf8)

        #expect(try events(of: bytes, in: [], by: ServerSentEventParser()) == expected)
        #expect(try events(of: bytes, in: Array(1..<max(bytes.count, 1)), by: ServerSentEventParser()) == expected)
        for cut in bytes.indices.dropFirst() {
            #expect(try events(of: bytes, in: [cut], by: ServerSentEventParser()) == expected)
        }
    }

    @Test func `gives bytes that are no UTF-8 as they are`() throws {
        var parser = ServerSentEventParser()

        #expect(try parser.consume(Array("data: ".utf8) + [0xFF, 0xC3, 10, 10]) == [.init(data: [0xFF, 0xC3])])
    }

    @Test func `gives each event as soon as its blank line is there`() throws {
        var parser = ServerSentEventParser()

        #expect(try parser.consume(Array("data: a\r\n\r".utf8)) == [.init(data: [97])])
        #expect(try parser.consume(Array("\ndata: b\n".utf8)) == [])
        #expect(try parser.consume(Array("\n".utf8)) == [.init(data: [98])])
    }

    @Test func `hands on what came in front of an event that is too large`() throws {
        var parser = ServerSentEventParser(maximumEventBytes: 10)
        var events: [ServerSentEvent] = []

        #expect(throws: FramingError.self) {
            try parser.consume(Array("data: a\n\ndata: 0123456789\n\n".utf8)) { events.append($0) }
        }

        #expect(events == [.init(data: [97])])
    }

    @Test(arguments: ["data: 0123456789", "data: 01234\ndata: 56789\n", ": 012345678901234\n", "0123456789012345"])
    func `refuses an event that is too large, wherever it is cut`(text: String) throws {
        let error = FramingError("an event of the stream has more than 10 bytes")
        for cut in 1..<text.utf8.count {
            #expect(throws: error) {
                try events(of: Array(text.utf8), in: [cut], by: ServerSentEventParser(maximumEventBytes: 10))
            }
        }
    }

    @Test func `takes time in proportion to the bytes of an event in many pieces`() throws {
        // 32 MiB in pieces of 1 KiB: cutting anew from the event's start would look at 500 GB.
        var parser = ServerSentEventParser()
        _ = try parser.consume(Array("data: ".utf8))
        let piece = [UInt8](repeating: 120, count: 1024)
        for _ in 0..<(32 << 10) { _ = try parser.consume(piece) }

        #expect(try parser.consume([13, 13]).first?.data.count == 32 << 20)
    }

    @Test func `takes time in proportion to the lines of one piece`() throws {
        var parser = ServerSentEventParser()
        let lines = Array(String(repeating: "data: x\r\r", count: 100_000).utf8)

        #expect(try parser.consume(lines).count == 100_000)
    }
}

/// The events of bytes that come cut at these places.
func events(of bytes: [UInt8], in cuts: [Int], by framing: any StreamFraming) throws -> [ServerSentEvent] {
    var framing = framing
    var events: [ServerSentEvent] = []
    var start = 0
    for cut in cuts + [bytes.count] {
        events += try framing.consume(Array(bytes[start..<cut]))
        start = cut
    }
    return events + (try framing.finish())
}
