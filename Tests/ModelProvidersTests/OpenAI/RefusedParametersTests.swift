import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// A request whose parameter a service refuses by name is mended and sent once more.
struct RefusedParametersTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var status = 400
        var error: JSONValue
        /// The members of the body that have gone, those that have come, and the warnings' options.
        var gone: [String]
        var new: [String] = []
        var options: [String]

        var testDescription: String { error.text }
    }

    static let cases = [
        Case(
            error: [
                "message":
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter",
            ],
            gone: ["max_tokens"],
            new: ["max_completion_tokens"],
            options: ["maximumTokens"]
        ),
        // What one of them is refused for, the others are, too.
        Case(
            error: [
                "message": "Unsupported parameter: 'temperature' is not supported with this model.",
                "type": "invalid_request_error", "param": "temperature", "code": nil,
            ],
            gone: ["temperature", "top_p", "frequency_penalty"],
            options: ["temperature", "topP", "frequencyPenalty"]
        ),
        Case(
            error: [
                "message":
                    "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
                "type": "invalid_request_error", "param": "temperature", "code": "unsupported_value",
            ],
            gone: ["temperature", "top_p", "frequency_penalty"],
            options: ["temperature", "topP", "frequencyPenalty"]
        ),
        Case(
            error: [
                "message": "Unrecognized request argument supplied: parallel_tool_calls", "param": nil, "code": nil,
                "type": "invalid_request_error",
            ],
            gone: ["parallel_tool_calls"],
            options: ["allowsParallelToolCalls"]
        ),
        Case(
            status: 422,
            error: [
                "object": "error", "type": "invalid_request_error",
                "message": [
                    "detail": [
                        ["type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"]
                    ]
                ],
            ],
            gone: ["seed"],
            options: ["seed"]
        ),
        Case(
            status: 422,
            error: [
                "object": "error",
                "detail": [
                    ["type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"],
                    ["type": "extra_forbidden", "loc": ["body", "top_p"], "msg": "Extra inputs are not permitted"],
                ],
            ],
            gone: ["top_p", "seed"],
            options: ["seed", "topP"]
        ),
        Case(
            error: ["message": "Unrecognized request argument supplied: seed", "param": "", "code": nil],
            gone: ["seed"],
            options: ["seed"]
        ),
        Case(
            error: ["message": "'stop' : property 'stop' is unsupported", "type": "invalid_request_error"],
            gone: ["stop"],
            options: ["stop"]
        ),
    ]

    private func request() -> ModelRequest {
        var request = ModelRequest("Hi")
        request.tools = [Tool(name: "f")]
        request.options.maximumTokens = 30
        request.options.temperature = 0.2
        request.options.topP = 0.5
        request.options.frequencyPenalty = 1
        request.options.seed = 3
        request.options.stop = ["x"]
        request.options.allowsParallelToolCalls = false
        request.options.openAI.serviceTier = "flex"
        return request
    }

    private func transport(_ status: Int, _ error: JSONValue, then answer: String = Answers.chat) -> ScriptedTransport {
        let body: JSONValue = error["object"] == nil ? ["error": error] : error
        return ScriptedTransport([
            HTTPResponse(status: status, body: body.bytes), HTTPResponse(status: 200, body: Array(answer.utf8)),
        ])
    }

    private func model(_ transport: ScriptedTransport) -> CompatibleModel {
        CompatibleModel("m", service: CompatibleService(name: "mine", baseURL: "https://h"), transport: transport)
    }

    private func keys(_ request: HTTPRequest?) throws -> [String] {
        try JSONValue(parsing: request?.body ?? []).object?.keys ?? []
    }

    @Test(arguments: cases)
    func `sends a request once more without what is refused`(given: Case) async throws {
        let transport = transport(given.status, given.error)

        let response = try await model(transport).respond(to: request())

        #expect(response.text == "Hi")
        #expect(response.attempts == 2)
        #expect(response.warnings.map(\.option) == given.options)
        let (first, second) = (try keys(transport.requests.first), try keys(transport.requests.last))
        #expect(transport.requests.count == 2)
        #expect(first.filter { !second.contains($0) } == given.gone)
        #expect(second.filter { !first.contains($0) } == given.new)
    }

    @Test func `mends a stream's request likewise`() async throws {
        let stream = """
            data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}

            data: [DONE]


            """
        let transport = transport(
            400,
            ["message": "Unrecognized request argument supplied: stream_options", "type": "invalid_request_error"],
            then: stream
        )

        let response = try await model(transport).stream(request()).response()

        #expect(response.text == "Hi")
        #expect(response.attempts == 2)
        #expect(response.warnings.map(\.option) == ["stream_options"])
        #expect(transport.lastBody?["stream_options"] == nil)
        #expect(transport.lastBody?["stream"] == true)
    }

    /// Azure's deployments have names of their own, so that it is not known which of both models take.
    @Test func `takes out of an old version's request all that came later`() async throws {
        let transport = ScriptedTransport([
            HTTPResponse(
                status: 400,
                body: Array(#"{"error":{"message":"Unrecognized request argument supplied: stream_options"}}"#.utf8)
            ), HTTPResponse(status: 200, body: Array("data: \(Answers.chat)\n\n".utf8)),
        ])
        let account = AzureAccount("r", version: "2024-02-01", credential: .key("k"), transport: transport)

        let response = try await AzureModel("my-deployment", account: account).stream(request()).response()

        #expect(transport.lastBody?["max_tokens"] == 30)
        #expect(transport.lastBody?["max_completion_tokens"] == nil)
        #expect(transport.lastBody?["stream_options"] == nil)
        #expect(response.warnings.map(\.option) == ["maximumTokens", "stream_options"])
    }

    @Test func `leaves the other name's value where both were given`() async throws {
        let transport = transport(400, Self.cases[0].error, then: Answers.chat)
        var request = request()
        request.options.providerFields["openai-chat"] = JSONObject([("max_completion_tokens", 20)])

        let response = try await model(transport).respond(to: request)

        #expect(transport.lastBody?["max_tokens"] == nil)
        #expect(transport.lastBody?["max_completion_tokens"] == 20)
        #expect(response.warnings.map(\.option) == ["maximumTokens"])
    }

    @Test func `mends what stands inside a member, too`() async throws {
        let transport = transport(
            400,
            [
                "message": "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
                "param": "reasoning.effort", "code": "unsupported_parameter", "type": "invalid_request_error",
            ],
            then: Answers.responses
        )
        var request = ModelRequest("Hi")
        request.options.reasoning = .low
        let model = CompatibleModel(
            "m",
            service: CompatibleService(name: "mine", baseURL: "https://h"),
            interface: .responses,
            transport: transport
        )

        let response = try await model.respond(to: request)

        #expect(response.warnings.map(\.option) == ["reasoning"])
        #expect(transport.lastBody?["reasoning"]?["effort"] == nil)
    }

    @Test func `tells of the second failure, and that there were two`() async throws {
        let refusal = Self.cases[0].error
        let transport = ScriptedTransport(
            [["error": refusal], ["error": Self.cases[1].error]].map { (body: JSONValue) in
                HTTPResponse(status: 400, body: body.bytes)
            }
        )

        let error = await #expect(throws: ModelError.self) { try await model(transport).respond(to: request()) }

        #expect(error?.kind == .invalidRequest)
        #expect(error?.message.contains("temperature") == true)
        #expect(error?.attempts == 2)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [
        // What is about another part of the request cannot be left out.
        (
            400,
            #"{"message":"Unsupported value: 'messages[0].role' does not support 'system'","param":"messages[0].role","code":"unsupported_value"}"#
        ),
        (400, #"{"message":"response_format is not supported with this model","param":"response_format"}"#),
        // What is only out of its range is for the caller to mend.
        (
            400,
            #"{"message":"Invalid 'temperature': decimal above maximum value","param":"temperature","code":"decimal_above_max_value"}"#
        ),
        // Nor may an answer become longer or dearer than was asked for.
        (
            400,
            #"{"message":"Unsupported value: 'max_tokens' does not support 30 with this model.","param":"max_tokens","code":"unsupported_value"}"#
        ),
        (
            400,
            #"{"message":"Unsupported value: 'service_tier' does not support 'flex' with this model.","param":"service_tier","code":"unsupported_value"}"#
        ),
        // A longer name that begins alike is another one.
        (400, #"{"message":"Unrecognized request argument supplied: stop_token_ids","param":null,"code":null}"#),
        // What is not in the body cannot be taken out.
        (400, #"{"message":"Unsupported parameter: 'logprobs'","param":"logprobs","code":"unsupported_parameter"}"#),
        (
            401,
            #"{"message":"Unsupported parameter: 'temperature'","param":"temperature","code":"unsupported_parameter"}"#
        ),
    ])
    func `leaves other failures as they are`(status: Int, error: String) async throws {
        let transport = transport(status, try JSONValue(parsing: error))

        let failure = await #expect(throws: ModelError.self) { try await model(transport).respond(to: request()) }

        #expect(failure?.attempts == 1)
        #expect(transport.requests.count == 1)
    }

    @Test func `mends nothing where the options are strict`() async throws {
        let transport = transport(400, Self.cases[0].error)
        var request = request()
        request.options.isStrict = true

        let failure = await #expect(throws: ModelError.self) { try await model(transport).respond(to: request) }

        #expect(failure?.kind == .invalidRequest)
        #expect(transport.requests.count == 1)
    }
}
