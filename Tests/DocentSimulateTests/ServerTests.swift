import LanguageModels
import Testing

@testable import docent_simulate

struct ServerTests {
    private static let chat = "/v1/chat/completions"

    private static func question(_ text: String, model: String = "m", stream: Bool = false) -> String {
        #"{"model":"\#(model)","stream":\#(stream),"messages":[{"role":"user","content":"\#(text)"}]}"#
    }

    private static func exchange(
        _ settings: Simulation.Settings = .init(),
        _ body: String,
        fault: String? = nil
    ) throws -> (text: String, end: RawClient.End) {
        let server = try Server(Simulation(settings))
        defer { server.stop() }
        let client = try #require(RawClient(port: server.port))
        defer { client.disconnect() }
        client.send(chat, body, headers: fault.map { ["x-simulate-fault: \($0)"] } ?? [])
        return client.readAll()
    }

    @Test func `says what to do where its port is taken`() throws {
        let server = try Server(Simulation(.init()))
        defer { server.stop() }

        let error = #expect(throws: ServerError.self) { try Server(Simulation(.init()), port: server.port) }

        let advice = "choose another --port, or 0 for one that is free"
        let reason = "cannot listen on 127.0.0.1, port \(server.port): Address already in use"
        #expect(error?.description == "\(reason); \(advice)")
    }

    @Test func `answers a question`() throws {
        let (text, end) = try Self.exchange(.init(), Self.question("ping 7"))

        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.contains(#""content":"pong 7""#))
        #expect(end == .closed)
    }

    @Test func `streams in chunks and ends in order`() throws {
        let (text, _) = try Self.exchange(.init(), Self.question("words 3", stream: true))

        #expect(text.contains("Transfer-Encoding: chunked"))
        #expect(text.contains("data: [DONE]\n\n"))
        #expect(text.hasSuffix("0\r\n\r\n"))
    }

    @Test(arguments: ["reset;3", "reset;0"])
    func `resets a stream in the middle`(fault: String) throws {
        let (text, end) = try Self.exchange(.init(), Self.question("words 50", stream: true), fault: fault)

        #expect(end == .reset)
        #expect(text.hasPrefix("HTTP/1.1 200 OK"))
        #expect(!text.contains("w4"))
    }

    @Test func `resets half of an answer that tells its length`() throws {
        let (text, end) = try Self.exchange(.init(), Self.question("ping 7"), fault: "reset")

        #expect(end == .reset)
        #expect(text.contains("chat.completion"))
        #expect(!text.contains("system_fingerprint"))
    }

    @Test func `closes a stream without its last chunk`() throws {
        let (text, end) = try Self.exchange(.init(), Self.question("words 50", stream: true), fault: "close;3")

        #expect(end == .closed)
        #expect(!text.hasSuffix("0\r\n\r\n"))
    }

    @Test func `says nothing at all, then closes`() throws {
        let (text, end) = try Self.exchange(.init(), Self.question("ping 7"), fault: "silence;0.05")

        #expect(text.isEmpty)
        #expect(end == .closed)
    }

    @Test func `resets a request before any answer`() throws {
        let (text, end) = try Self.exchange(.init(), Self.question("ping 7"), fault: "refuse")

        #expect(text.isEmpty)
        #expect(end == .reset)
    }

    @Test func `drips one byte at a time into the same answer`() throws {
        let whole = try Self.exchange(.init(), Self.question("ping 7", stream: true))
        let dripped = try Self.exchange(.init(), Self.question("ping 7", stream: true), fault: "drip;0")

        #expect(dripped.text.contains("1\r\nd\r\n1\r\na\r\n1\r\nt\r\n"))
        #expect(dripped.text.utf8.count > 3 * whole.text.utf8.count)
    }

    @Test func `resets connections as they stand at the rate of refusals`() throws {
        var settings = Simulation.Settings()
        settings.plan.rates = [try Options.rate("refuse=1")]
        let server = try Server(Simulation(settings))
        defer { server.stop() }

        let client = try #require(RawClient(port: server.port))
        defer { client.disconnect() }

        let (text, end) = client.readAll()
        #expect(text.isEmpty)
        #expect(end == .reset)
    }

    private static func refuse(_ server: Server, milliseconds: Int) throws {
        let client = try #require(RawClient(port: server.port))
        defer { client.disconnect() }
        client.send("/simulate/refuse?ms=\(milliseconds)")
        #expect(client.readAll().text.contains("refusing"))
    }

    @Test func `closes its port when asked to`() throws {
        let server = try Server(Simulation(.init()))
        defer { server.stop() }

        try Self.refuse(server, milliseconds: 600_000)

        #expect(RawClient(port: server.port) == nil)
    }

    @Test func `opens its port again when the time is over`() throws {
        let server = try Server(Simulation(.init()))
        defer { server.stop() }

        try Self.refuse(server, milliseconds: 1)

        var client: RawClient?
        while client == nil { client = RawClient(port: server.port) }
        client?.send("/", method: "GET")
        #expect(client?.readAll().text.contains("docent-simulate") == true)
        client?.disconnect()
    }

    @Test func `keeps a connection for further requests`() throws {
        let server = try Server(Simulation(.init()))
        defer { server.stop() }
        let client = try #require(RawClient(port: server.port))
        defer { client.disconnect() }

        for number in 1...20 {
            client.send(Self.chat, Self.question("ping \(number)"), keep: true)
            #expect(client.read(until: #""system_fingerprint":null}"#).contains(#""pong \#(number)""#))
        }
    }

    @Test func `ends while answers wait`() throws {
        let server = try Server(Simulation(.init()))
        let waits = try (1...20).map { number in
            let client = try #require(RawClient(port: server.port))
            let fault = number.isMultiple(of: 2) ? "silence" : "stall;1"
            client.send(Self.chat, Self.question("words 9", stream: true), headers: ["x-simulate-fault: \(fault)"])
            if fault != "silence" { _ = client.read(until: "\n\n") }
            return client
        }

        server.stop()

        for client in waits {
            #expect(!client.readAll().text.contains("[DONE]"))
            client.disconnect()
        }
    }

    @Test func `gives each of many requests its own answer`() async throws {
        let server = try Server(Simulation(.init()))
        defer { server.stop() }
        let port = server.port

        let wrong = await withTaskGroup(of: Int.self) { group in
            for worker in 1...8 {
                group.addTask {
                    (1...50).count { number in
                        guard let client = RawClient(port: port) else { return true }
                        defer { client.disconnect() }
                        let text = "\(worker * 1000 + number)"
                        client.send(Self.chat, Self.question("ping " + text))
                        return !client.readAll().text.contains(#""content":"pong \#(text)""#)
                    }
                }
            }
            return await group.reduce(0, +)
        }

        #expect(wrong == 0)
    }
}
