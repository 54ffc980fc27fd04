import LanguageModels
import Testing

@testable import docent_simulate

struct SimulationTests {
    @Test(arguments: SimulationWire.all, [-1, Int.min, Int.max])
    func `survives limits that are none`(wire: SimulationWire, limit: Int) throws {
        var call = wire.call("words 3")
        var body = try #require(try JSONValue(parsing: call.body).object)
        if wire.path.contains("generateContent") {
            body["generationConfig"] = ["maxOutputTokens": .integer(limit)]
        } else {
            body[wire.path.contains("responses") ? "max_output_tokens" : "max_tokens"] = .integer(limit)
        }
        call.body = JSONValue.object(body).bytes

        #expect((Simulation(.init()).outgoing(for: call).status == 200) == (limit > 0))
    }

    @Test(arguments: ["nan", "-1", "1e300", "inf", "x"])
    func `refuses connections for a second where it is told no time`(time: String) {
        let call = HTTPCall(method: "POST", path: "/simulate/refuse", query: ["ms": time])

        #expect(Simulation(.init()).outgoing(for: call).refusal == .seconds(1))
    }

    @Test(arguments: SimulationWire.all)
    func `answers whole`(wire: SimulationWire) throws {
        let outgoing = Simulation(.init()).outgoing(for: wire.call("ping 123"))

        let json = try JSONValue(parsing: outgoing.whole ?? [])
        #expect(outgoing.status == 200)
        #expect(wire.text(json) == "pong 123")
        #expect(["stop", "completed", "end_turn", "STOP", "COMPLETE"].contains(wire.finish(json)))
        #expect(wire.tokens(json) == 2)
    }

    @Test(arguments: SimulationWire.all)
    func `streams the same text in pieces`(wire: SimulationWire) throws {
        let outgoing = Simulation(.init()).outgoing(for: wire.call("words 3", stream: true))

        let text = String(decoding: outgoing.whole ?? [], as: UTF8.self)
        #expect(outgoing.contentType == "text/event-stream")
        #expect(["w1", " w2", " w3"].allSatisfy { text.contains("\"\($0)\"") })
        #expect(text.hasSuffix(wire.ending))
    }

    @Test(arguments: SimulationWire.all)
    func `fails as the header asks`(wire: SimulationWire) throws {
        let call = wire.call("ping 1", headers: ["x-simulate-fault": "429;3"])

        let outgoing = Simulation(.init()).outgoing(for: call)

        #expect(outgoing.status == 429)
        #expect(outgoing.headers.contains { $0 == ("retry-after", "3") })
        #expect(outgoing.headers.contains { $0 == ("x-simulate-fault", "429;3") })
        #expect(try JSONValue(parsing: outgoing.whole ?? []).object != nil)
    }

    @Test(arguments: SimulationWire.all)
    func `refuses another key and a body that is no JSON`(wire: SimulationWire) throws {
        var settings = Simulation.Settings()
        settings.key = "right"
        let simulation = Simulation(settings)
        var broken = wire.call("x", headers: ["authorization": "Bearer right"])
        broken.body.removeLast()

        let statuses = [
            wire.call("ping 1"), wire.call("ping 1", headers: ["x-api-key": "wrong"]),
            wire.call("ping 1", headers: ["authorization": "Bearer right"]), broken,
        ].map { simulation.outgoing(for: $0).status }

        let refused = wire.path.contains("v1beta") ? 400 : 401
        #expect(statuses == [refused, refused, 200, 400])
    }

    @Test func `writes Gemini's stream as one array without server-sent events`() throws {
        var call = SimulationWire.all[4].call("words 3", stream: true)
        call.query = [:]

        let outgoing = Simulation(.init()).outgoing(for: call)

        #expect(outgoing.contentType == "application/json")
        #expect(try JSONValue(parsing: outgoing.whole ?? []).elements.count == 3)
    }

    @Test(arguments: [
        ("/v1/chat/completions", #"{"model":"m"}"#, 400, "messages"),
        (
            "/v1/chat/completions", #"{"model":"o3","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"#, 400,
            "max_completion_tokens"
        ),
        (
            "/v1/chat/completions", #"{"model":"m","tools":[],"messages":[{"role":"user","content":"x"}]}"#, 400,
            "empty_array"
        ),
        (
            "/v1/chat/completions",
            #"{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"c1"}]},{"role":"user","content":"x"}]}"#,
            400, "c1"
        ),
        ("/v1/responses", #"{"model":"m","input":"x","stop":["a"]}"#, 400, "Unknown parameter: 'stop'"),
        ("/v1/responses", #"{"model":"m","input":[{"type":"function_call","call_id":"c1"}]}"#, 400, "c1"),
        (
            "/v1/messages", #"{"model":"m","messages":[{"role":"user","content":"x"}]}"#, 400,
            "max_tokens: Field required"
        ),
        ("/v1/messages", #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":""}]}"#, 400, "non-empty"),
        (
            "/v1/messages",
            #"{"model":"m","max_tokens":9,"temperature":1.5,"messages":[{"role":"user","content":"x"}]}"#, 400, "range"
        ),
        ("/v1beta/models/g:generateContent", #"{"contents":[]}"#, 400, "INVALID_ARGUMENT"),
        (
            "/v1beta/models/g:generateContent", #"{"contents":[{"parts":[{"text":"x"}]}],"max_tokens":5}"#, 400,
            "Unknown name"
        ),
        ("/v2/chat", #"{"model":"m","messages":[{"role":"user","content":"x"}],"top_p":0.5}"#, 422, "top_p"),
        (
            "/v2/chat", #"{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"auto"}"#, 400,
            "REQUIRED"
        ),
        ("/v1/nothing", "{}", 404, "Resource not found"),
    ])
    func `refuses what the service refuses`(path: String, body: String, status: Int, text: String) {
        let outgoing = Simulation(.init()).outgoing(for: HTTPCall(method: "POST", path: path, body: Array(body.utf8)))

        #expect(outgoing.status == status)
        #expect(String(decoding: outgoing.whole ?? [], as: UTF8.self).contains(text))
    }

    @Test(arguments: [
        (#""max_tokens":4"#, "w1 w2 w3 w4", "length"), (#""stop":"w3""#, "w1 w2 ", "stop"),
    ])
    func `cuts the text at the most tokens and at a stop`(member: String, text: String, finish: String) throws {
        let body = #"{"model":"m","messages":[{"role":"user","content":"words 9"}],\#(member)}"#
        let call = HTTPCall(method: "POST", path: "/v1/chat/completions", body: Array(body.utf8))

        let json = try JSONValue(parsing: Simulation(.init()).outgoing(for: call).whole ?? [])

        #expect(SimulationWire.all[0].text(json) == text)
        #expect(SimulationWire.all[0].finish(json) == finish)
    }

    @Test(arguments: [
        ("/v1/responses/input_tokens", #"{"model":"m","input":"12345678"}"#, #""input_tokens":5"#),
        (
            "/v1/messages/count_tokens", #"{"model":"m","messages":[{"role":"user","content":"12345678"}]}"#,
            #"{"input_tokens":5}"#
        ),
        ("/v1beta/models/g:countTokens", #"{"contents":[{"parts":[{"text":"12345678"}]}]}"#, #"{"totalTokens":5}"#),
        ("/v1/tokenize", #"{"text":"a b","model":"m"}"#, #"{"tokens":[0,1],"token_strings":["a"," b"]}"#),
        ("/v1/check-api-key", "", #""valid":true"#),
    ])
    func `counts tokens and checks keys`(path: String, body: String, text: String) {
        let outgoing = Simulation(.init()).outgoing(for: HTTPCall(method: "POST", path: path, body: Array(body.utf8)))

        #expect(String(decoding: outgoing.whole ?? [], as: UTF8.self).contains(text))
    }

    @Test func `fails each attempt of a text as the plan says`() throws {
        var settings = Simulation.Settings()
        settings.plan.seed = 5
        settings.plan.key = .text
        settings.plan.rates = [try Options.rate("503=0.5")]
        let simulation = Simulation(settings)

        let statuses = (1...20).map { _ in simulation.outgoing(for: SimulationWire.all[0].call("ping 1")).status }

        let expected = (1...20).map { Digest.fraction("5/fault/ping 1/\($0)") < 0.5 ? 503 : 200 }
        #expect(statuses == expected)
        #expect(Set(statuses) == [200, 503])
    }

    @Test func `calls a tool when it is forced, and answers when its result has come`() throws {
        let tools: JSONValue = [
            ["type": "function", "function": ["name": "f", "parameters": ["properties": ["n": ["type": "integer"]]]]]
        ]
        let first: JSONValue = ["model": "m", "messages": [["role": "user", "content": "call f"]], "tools": tools]
        let second: JSONValue = [
            "model": "m", "tools": tools,
            "messages": [
                ["role": "user", "content": "call f"],
                ["role": "assistant", "content": nil, "tool_calls": [["id": "c1"]]],
                ["role": "tool", "tool_call_id": "c1", "content": "7"],
            ],
        ]

        let answers = try [first, second].map { body in
            let call = HTTPCall(method: "POST", path: "/v1/chat/completions", body: body.bytes)
            return try JSONValue(parsing: Simulation(.init()).outgoing(for: call).whole ?? [])
        }

        let function = answers[0]["choices"]?[0]?["message"]?["tool_calls"]?[0]?["function"]
        #expect(function?["name"]?.string == "f")
        #expect(function?["arguments"]?.string == #"{"n":1}"#)
        #expect(SimulationWire.all[0].finish(answers[0]) == "tool_calls")
        #expect(SimulationWire.all[0].text(answers[1]) == "You said: call f")
    }

    @Test(arguments: [
        (0, "400;context", "context_length_exceeded"), (0, "429;quota", "insufficient_quota"),
        (1, "400;filter", "ResponsibleAIPolicyViolation"), (1, "404", "DeploymentNotFound"),
        (3, "400;context", "prompt is too long"), (3, "429;quota", "enforced_spend_limit_reached"),
        (3, "529", "overloaded_error"), (4, "429;quota", "PerDay"), (4, "429;3.5", #""retryDelay":"3.5s""#),
        (4, "400;filter", "promptFeedback"), (5, "400;context", "TOO_MANY_TOKENS"),
    ])
    func `words an error as the service does`(wire: Int, fault: String, text: String) {
        let call = SimulationWire.all[wire].call("ping 1", headers: ["x-simulate-fault": fault])

        let outgoing = Simulation(.init()).outgoing(for: call)

        #expect(String(decoding: outgoing.whole ?? [], as: UTF8.self).contains(text))
        #expect(outgoing.status == (text == "promptFeedback" ? 200 : Int(fault.prefix(3))))
    }

    @Test func `refuses a fault that it does not know`() {
        let byHeader = SimulationWire.all[0].call("ping 1", headers: ["x-simulate-fault": "429;soon"])
        let body = #"{"model":"fault-slow","messages":[{"role":"user","content":"ping 1"}]}"#
        let byModel = HTTPCall(method: "POST", path: "/v1/chat/completions", body: Array(body.utf8))

        for (call, name) in [(byHeader, "429;soon"), (byModel, "slow")] {
            let outgoing = Simulation(.init()).outgoing(for: call)
            #expect(outgoing.status == 400)
            let text = String(decoding: outgoing.whole ?? [], as: UTF8.self)
            #expect(text.contains("there is no fault '\(name)'; docent-simulate --help names all"))
        }
    }

    @Test func `takes a blank text of Anthropic's assistant beside a call`() {
        let body = #"""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":
            [{"type":"text","text":" "},{"type":"tool_use","id":"t1","name":"f","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"y"}]}]}
            """#
        let call = HTTPCall(method: "POST", path: "/v1/messages", body: Array(body.utf8))

        #expect(Simulation(.init()).outgoing(for: call).status == 200)
    }

    @Test func `gives lists of models page by page`() throws {
        let call = { (query: [String: String]) in
            HTTPCall(path: "/v1/models", query: query, headers: ["anthropic-version": "2023-06-01"])
        }
        let simulation = Simulation(.init())

        let first = try JSONValue(parsing: simulation.outgoing(for: call(["limit": "1"])).whole ?? [])
        let last = first["last_id"]?.string ?? ""
        let second = try JSONValue(parsing: simulation.outgoing(for: call(["after_id": last])).whole ?? [])

        #expect(first["has_more"]?.bool == true)
        #expect(second["has_more"]?.bool == false)
        #expect(second["data"]?[0]?["id"]?.string == "claude-haiku-4-5")
    }
}
