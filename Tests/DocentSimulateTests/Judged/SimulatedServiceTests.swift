import HTTPTransport
import LanguageModels
import Testing

@testable import docent_simulate

/// Our own models against the simulated services, through the real transport.
struct SimulatedServiceTests {
    private typealias Wire = SimulatedService.Wire

    @Test(arguments: SimulatedService.Wire.allCases)
    func `answers whole`(wire: SimulatedService.Wire) async throws {
        let service = try SimulatedService()

        let response = try await service.model(wire, "m").respond(to: ModelRequest("ping 7", system: "Be terse."))

        #expect(response.text == "pong 7")
        #expect(response.finishReason == .stop)
        #expect(response.usage?.outputTokens == 2)
        #expect((response.usage?.inputTokens ?? 0) > 3)
        #expect(!response.rawBody.isEmpty)
    }

    @Test(arguments: SimulatedService.Wire.allCases)
    func `a stream adds up to the whole answer`(wire: SimulatedService.Wire) async throws {
        let service = try SimulatedService()
        let model = service.model(wire, "m")

        let whole = try await model.respond(to: ModelRequest("words 50"))
        let streamed = try await model.stream(ModelRequest("words 50")).response()

        #expect(streamed.text == whole.text)
        #expect(streamed.text.hasSuffix(" w49 w50"))
        #expect(streamed.finishReason == whole.finishReason)
        #expect(streamed.usage == whole.usage)
    }

    @Test(arguments: SimulatedService.Wire.allCases, [false, true])
    func `calls tools and takes their results`(wire: SimulatedService.Wire, isStream: Bool) async throws {
        let service = try SimulatedService()
        let model = service.model(wire, "m")
        var request = ModelRequest("call look")
        let schema: JSONValue = [
            "type": "object", "properties": ["place": ["type": "string"], "count": ["type": "integer"]],
            "required": ["place", "count"], "additionalProperties": false,
        ]
        request.tools = [Tool(name: "wait", description: "Waits"), Tool(name: "look", parameters: schema)]
        request.toolChoice = .tool("look")

        let answer = try await Self.answer(model, request, isStream: isStream)
        let call = try #require(answer.toolCalls.first)
        request.toolChoice = .automatic
        let next = request.followed(by: answer, then: .results([ToolResult(of: call, "a tower")]))
        let last = try await Self.answer(model, next, isStream: isStream)

        #expect(answer.toolCalls.count == 1)
        #expect(answer.finishReason == .toolCalls)
        #expect(call.name == "look")
        #expect(try call.parsedArguments()["place"]?.string != nil)
        #expect(last.toolCalls.isEmpty)
        #expect(last.text == "You said: call look")
    }

    @Test(arguments: SimulatedService.Wire.allCases, [false, true])
    func `holds answers to a schema`(wire: SimulatedService.Wire, isStream: Bool) async throws {
        let service = try SimulatedService()
        let schema: JSONValue = [
            "type": "object", "properties": ["name": ["type": "string"], "age": ["type": "integer"]],
            "required": ["name", "age"], "additionalProperties": false,
        ]
        var request = ModelRequest("Somebody, as JSON")
        request.output = .schema(OutputSchema(name: "person", schema: schema))

        let answer = try await Self.answer(service.model(wire, "gpt-4o"), request, isStream: isStream)

        let json = try JSONValue(parsing: answer.text)
        #expect(json["name"]?.string != nil)
        #expect(json["age"]?.integer != nil)
    }

    /// What each fault is to its caller, whichever format the service speaks.
    static let faults: [(fault: String, kinds: [ModelError.Kind], isRetryable: Bool)] = [
        ("400", [.invalidRequest], false), ("401", [.unauthorized], false), ("403", [.permissionDenied], false),
        ("404", [.notFound], false), ("413", [.invalidRequest], false), ("422", [.invalidRequest], false),
        ("429", [.rateLimited], true), ("429;2", [.rateLimited], true), ("429;1500ms", [.rateLimited], true),
        ("500", [.serverError], true), ("502", [.serverError], true),
        ("503", [.overloaded, .serverError], true), ("504", [.serverError, .timeout(.total)], true),
        ("529", [.overloaded, .serverError], true), ("refuse", [.connection], true), ("html", [.serverError], true),
        ("html;503", [.overloaded, .serverError], true),
    ]

    @Test(arguments: SimulatedService.Wire.allCases, SimulatedServiceTests.faults.map(\.fault))
    func `says what went wrong`(wire: SimulatedService.Wire, fault: String) async throws {
        let service = try SimulatedService()
        let expected = try #require(Self.faults.first { $0.fault == fault })
        let model = service.model(wire, "fault-" + fault)

        for isStream in [false, true] {
            let error = await #expect(throws: ModelError.self) {
                try await Self.answer(model, ModelRequest("words 9"), isStream: isStream)
            }
            #expect(error.map { expected.kinds.contains($0.kind) } == true, "\(String(describing: error))")
            #expect(error?.isRetryable == expected.isRetryable)
            #expect(error?.identity == model.identity)
            let hint: Duration? = fault == "429;2" ? .seconds(2) : fault == "429;1500ms" ? .milliseconds(1500) : nil
            #expect(error?.retryAfter == hint)
        }
    }

    /// Faults in the middle of an answer that comes whole.
    @Test(arguments: SimulatedService.Wire.allCases, ["reset", "close", "truncated", "empty"])
    func `notices that a whole answer is none`(wire: SimulatedService.Wire, fault: String) async throws {
        let service = try SimulatedService()

        let error = await #expect(throws: ModelError.self) {
            try await service.model(wire, "fault-" + fault).respond(to: ModelRequest("words 9"))
        }

        let isBroken = ["reset", "close"].contains(fault)
        #expect(error?.kind == (isBroken ? .connection : .undecodableAnswer))
        #expect(error?.isRetryable == isBroken)
    }

    /// Faults in the middle of a stream: what had come is told, and nothing is sent again.
    @Test(arguments: SimulatedService.Wire.allCases, ["close;9", "cut;9", "truncated", "stream-error;9"])
    func `notices that a stream breaks off`(wire: SimulatedService.Wire, fault: String) async throws {
        let service = try SimulatedService()

        let error = await #expect(throws: ModelError.self) {
            try await service.model(wire, "fault-" + fault).stream(ModelRequest("words 90")).response()
        }

        #expect(error?.partialResponse?.text.hasPrefix("w1") == true, "\(String(describing: error))")
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: SimulatedService.Wire.allCases, ["noise", "drip;0", "delay;1"])
    func `endures what a stream may hold`(wire: SimulatedService.Wire, fault: String) async throws {
        let service = try SimulatedService()

        let streamed = try await service.model(wire, "fault-" + fault).stream(ModelRequest("words 9")).response()

        #expect(streamed.text == "w1 w2 w3 w4 w5 w6 w7 w8 w9")
        #expect(streamed.finishReason == .stop)
    }

    @Test(arguments: SimulatedService.Wire.allCases.filter { $0 != .azure })
    func `waits no longer than it may`(wire: SimulatedService.Wire) async throws {
        let service = try SimulatedService()
        var (first, between) = (HTTPTimeouts(), HTTPTimeouts())
        first.firstByte = .milliseconds(60)
        between.betweenBytes = .milliseconds(60)

        let silent = await #expect(throws: ModelError.self) {
            try await service.model(wire, "fault-silence", timeouts: first).respond(to: ModelRequest("words 9"))
        }
        let stalled = await #expect(throws: ModelError.self) {
            try await service.model(wire, "fault-stall;9", timeouts: between).stream(ModelRequest("words 9"))
                .response()
        }

        #expect(silent?.kind == .timeout(.firstToken))
        #expect(stalled?.kind == .timeout(.betweenTokens))
    }

    private static func answer(_ model: any LanguageModel, _ request: ModelRequest, isStream: Bool) async throws
        -> ModelResponse
    {
        isStream ? try await model.stream(request).response() : try await model.respond(to: request)
    }
}
