import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct GeminiAnswerTests {
    private func answer(_ body: String) throws -> ModelResponse {
        try GeminiAnswer.response(from: try JSONValue(parsing: body))
    }

    /// The answer that a stream of these bodies adds up to, each cut into pieces of some bytes.
    private func streamed(_ text: String, pieceBytes: Int = 7, type: String = "text/event-stream") async throws
        -> ModelResponse
    {
        try await stream(text, pieceBytes: pieceBytes, type: type).response()
    }

    private func stream(_ text: String, pieceBytes: Int = 7, type: String = "text/event-stream") -> ModelStream {
        let answer = HTTPResponse(status: 200, headers: ["content-type": type], body: Array(text.utf8))
        return ScriptedService([answer], pieceBytes: pieceBytes).model().stream(ModelRequest("?"))
    }

    private static let parts = [
        #"{"text":"Let me","thought":true}"#, #"{"text":" see.","thought":true}"#, #"{"text":"Hel"}"#,
        #"{"text":"lo"}"#, #"{"text":" there","thoughtSignature":"s1"}"#,
        #"{"functionCall":{"name":"f","args":{"a":[1,"ü"]}},"thoughtSignature":"s2"}"#,
        #"{"functionCall":{"id":"srv","name":"g"}}"#, #"{"inlineData":{"mimeType":"image/png","data":"AQID"}}"#,
        #"{"executableCode":{"language":"PYTHON","code":"1"}}"#, "{}", #"{"text":""}"#,
        #"{"text":"","thoughtSignature":"s3"}"#,
    ]
    private static let beside = #""modelVersion":"m","responseId":"r-1""#

    private static func body(_ parts: [String], _ finish: String?, _ usage: String?) -> String {
        let reason = finish.map { #","finishReason":"\#($0)""# } ?? ""
        let counts = usage.map { #","usageMetadata":{\#($0)}"# } ?? ""
        let content = #"{"content":{"role":"model","parts":[\#(parts.joined(separator: ","))]}\#(reason)}"#
        return #"{"candidates":[\#(content)]\#(counts),\#(beside)}"#
    }

    @Test func `keeps each part, and what the service wants back of it`() throws {
        let response = try answer(Self.body(Self.parts, "STOP", nil))

        func replay(_ value: JSONValue) -> Replay { Replay(format: "gemini", value: value) }
        #expect(
            response.message.parts == [
                MessagePart(.reasoning("Let me see.")), .text("Hello"),
                MessagePart(.text(" there"), replay: replay(["thoughtSignature": "s1"])),
                MessagePart(
                    .toolCall(ToolCall(id: "call_r-1_1", name: "f", arguments: #"{"a":[1,"ü"]}"#)),
                    replay: replay(["thoughtSignature": "s2"])
                ),
                MessagePart(
                    .toolCall(ToolCall(id: "srv", name: "g")),
                    replay: replay(["functionCall": ["id": "srv"]])
                ),
                .image(Media(.bytes([1, 2, 3]), type: "image/png")),
                MessagePart(.other, replay: replay(["executableCode": ["language": "PYTHON", "code": "1"]])),
                MessagePart(.other, replay: replay(["text": "", "thoughtSignature": "s3"])),
            ]
        )
        #expect(response.finishReason == .toolCalls && response.rawFinishReason == "STOP")
        #expect(response.id == "r-1" && response.model == "m")
    }

    @Test func `sends back what it kept, as it came`() throws {
        let response = try answer(Self.body(Self.parts, "STOP", nil))
        var request = ModelRequest("?")
        request.messages.append(response.message)
        let identity = ModelIdentity(provider: "gemini", model: "gemini-3-flash-preview")

        let format = GeminiFormat(identity: identity, surface: .studio(files: ""))
        let parts = try #require(try format.encode(request, isStream: false).body["contents"]?[1]?["parts"])

        #expect(
            parts == [
                ["text": "Hello"], ["text": " there", "thoughtSignature": "s1"],
                ["functionCall": ["name": "f", "args": ["a": [1, "ü"]]], "thoughtSignature": "s2"],
                ["functionCall": ["id": "srv", "name": "g", "args": [:]]],
                ["inlineData": ["mimeType": "image/png", "data": "AQID"]],
                ["executableCode": ["language": "PYTHON", "code": "1"]],
                ["text": "", "thoughtSignature": "s3"],
            ]
        )
    }

    @Test(arguments: [1, 2, 3, 5, 12])
    func `a stream adds up to the same answer, however it is framed and cut`(group: Int) async throws {
        let usage = #""promptTokenCount":9,"candidatesTokenCount":20,"thoughtsTokenCount":30"#
        var whole = try answer(Self.body(Self.parts, "STOP", usage))
        whole.rawBody = []
        var bodies: [String] = []
        for start in stride(from: 0, to: Self.parts.count, by: group) {
            let parts = Array(Self.parts[start..<min(start + group, Self.parts.count)])
            bodies.append(Self.body(parts, nil, #""promptTokenCount":9,"thoughtsTokenCount":\#(start)"#))
        }
        bodies.append(Self.body([], "STOP", usage))

        let events = bodies.map { "data: \($0)\r\n\r\n" }.joined()
        let array = "[" + bodies.joined(separator: "\n,\r\n") + "\n]"

        #expect(try await streamed(events) == whole)
        #expect(try await streamed(events, pieceBytes: 1) == whole)
        #expect(try await streamed(array, type: "application/json; charset=UTF-8") == whole)
        #expect(try await streamed(array, pieceBytes: 1, type: "application/json") == whole)
        #expect(try answer(array).message == whole.message)
    }

    @Test func `those who read along hear signed texts too`() async throws {
        let text = "data: \(Self.body([#"{"text":"a"}"#, #"{"text":"b","thoughtSignature":"s"}"#], "STOP", nil))\n\n"

        var heard = ""
        for try await piece in stream(text).text { heard += piece }

        #expect(heard == "ab")
    }

    @Test(
        arguments: [
            ("STOP", .stop), ("MAX_TOKENS", .length), ("SAFETY", .contentFilter), ("RECITATION", .contentFilter),
            ("LANGUAGE", .contentFilter), ("BLOCKLIST", .contentFilter), ("PROHIBITED_CONTENT", .contentFilter),
            ("SPII", .contentFilter), ("MODEL_ARMOR", .contentFilter), ("IMAGE_SAFETY", .contentFilter),
            ("IMAGE_OTHER", .contentFilter), ("MALFORMED_FUNCTION_CALL", .error), ("MALFORMED_RESPONSE", .error),
            ("UNEXPECTED_TOOL_CALL", .error), ("TOO_MANY_TOOL_CALLS", .error), ("MISSING_THOUGHT_SIGNATURE", .error),
            ("NO_IMAGE", .error), ("CONTINUATION", .pause), ("OTHER", .other), ("SOMETHING_NEW", .other),
            ("ESCALATION", .other),
        ] as [(String, FinishReason)]
    )
    func `knows why the model stopped`(raw: String, reason: FinishReason) throws {
        let response = try answer(#"{"candidates":[{"finishReason":"\#(raw)"}]}"#)

        #expect(response.finishReason == reason && response.rawFinishReason == raw)
        #expect(response.message.parts.isEmpty)
    }

    @Test func `an unexpected call that can be used is a call`() throws {
        let call = #"{"functionCall":{"name":"f"}}"#

        #expect(try answer(Self.body([call], "UNEXPECTED_TOOL_CALL", nil)).finishReason == .toolCalls)
        #expect(try answer(Self.body([#"{"functionCall":{}}"#], "UNEXPECTED_TOOL_CALL", nil)).finishReason == .error)
        #expect(try answer(Self.body([call], "MAX_TOKENS", nil)).finishReason == .length)
    }

    @Test(arguments: [
        #"{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}"#,
        #"{"promptFeedback":{"blockReason":"SAFETY"},"candidates":[],"usageMetadata":{"promptTokenCount":4}}"#,
        #"{"promptFeedback":{"blockReason":"SAFETY"},"candidates":null,"usageMetadata":{"promptTokenCount":4}}"#,
    ])
    func `a blocked prompt is an answer that was held back`(body: String) async throws {
        let response = try answer(body)

        #expect(response.finishReason == .contentFilter && response.rawFinishReason == "SAFETY")
        #expect(response.usage == Usage(inputTokens: 4, outputTokens: 0))
        #expect(try await streamed("data: \(body)\r\n\r\n") == response)
    }

    @Test func `counts tools into the input and thoughts into the output`() throws {
        let usage = try JSONValue(
            parsing: #"""
                {"promptTokenCount":100,"cachedContentTokenCount":40.0,"toolUsePromptTokenCount":"5",
                "candidatesTokenCount":null,"thoughtsTokenCount":7,"totalTokenCount":112}
                """#
        )

        #expect(
            GeminiAnswer.usage(usage)
                == Usage(inputTokens: 105, outputTokens: 7, cacheReadTokens: 40, reasoningTokens: 7)
        )
    }

    @Test func `arguments that come in pieces are put together by their places`() async throws {
        let chunks = [
            #"{"functionCall":{"name":"f","id":"1","willContinue":true},"thoughtSignature":"s"}"#,
            #"""
            {"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"New ","willContinue":true}],
            "willContinue":true}}
            """#.replacing("\n", with: ""),
            #"{"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"York"}],"willContinue":true}}"#,
            #"""
            {"functionCall":{"partialArgs":[{"jsonPath":"$.days[1]['n']","numberValue":2},
            {"jsonPath":"$.on","boolValue":true},{"jsonPath":"$.off","nullValue":"NULL_VALUE"}],"willContinue":true}}
            """#.replacing("\n", with: ""),
            #"{"functionCall":{}}"#,
        ]
        let text = chunks.map { "data: \(Self.body([$0], nil, nil))\n\n" }.joined()

        let response = try await streamed(text + "data: \(Self.body([], "STOP", nil))\n\n")

        let call = try #require(response.toolCalls.first)
        #expect(
            try call.parsedArguments() == ["city": "New York", "days": [nil, ["n": 2]], "on": true, "off": nil]
        )
        #expect(call.id == "1" && response.toolCalls.count == 1 && response.finishReason == .toolCalls)
        #expect(response.message.parts[0].replay?.value == ["thoughtSignature": "s", "functionCall": ["id": "1"]])
    }

    @Test func `is no answer without anything of one`() async {
        #expect(throws: ModelError.self) { try answer(#"{"other":1}"#) }
        let error = await failure(#"data: {"other":1}"# + "\n\n")
        #expect(error?.kind == .undecodableAnswer && error?.answerText == #"{"other":1}"#)
    }

    @Test(arguments: ["", "data: ", "data: {\"candi", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"te"])
    func `a stream that was cut off is reported with what had come`(rest: String) async {
        let error = await failure("data: \(Self.body([#"{"text":"Hel"}"#], nil, nil))\r\n\r\n" + rest)

        #expect(error?.kind == .truncatedStream)
        #expect(error?.partialResponse?.text == "Hel")
        #expect(error?.isRetryable == false)
    }

    @Test func `an array that was cut off is a stream that was`() async {
        let error = await failure("[\(Self.body([#"{"text":"Hel"}"#], nil, nil))\n,{\"cand", type: "application/json")

        #expect(error?.kind == .truncatedStream && error?.partialResponse?.text == "Hel")
    }

    @Test func `a broken event in the middle is no end`() async {
        let whole = "data: \(Self.body([#"{"text":"Hel"}"#], "STOP", nil))\n\n"

        let error = await failure("data: {\"a\n\n" + whole)

        #expect(error?.kind == .undecodableAnswer && error?.answerText == "{\"a")
    }

    @Test(arguments: [
        "data: {\"error\":{\"code\":503,\"message\":\"Busy.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
        "{\r\n  \"error\": {\n    \"code\": 503, \"message\": \"Busy.\",\n\n \"status\": \"UNAVAILABLE\"\n}}\n",
        "[{\"error\":{\"code\":503,\"message\":\"Busy.\",\"status\":\"UNAVAILABLE\"}}]",
    ])
    func `an error in the middle of a stream is one, with data before it or not`(text: String) async {
        let first = await failure(text)
        let later = await failure("data: \(Self.body([#"{"text":"}{"}"#], "STOP", nil))\r\n\r\n" + text)

        #expect(first?.kind == .overloaded && first?.message == "Busy" && first?.isRetryable == true)
        #expect(later?.kind == .overloaded && later?.partialResponse?.text == "}{" && later?.isRetryable == false)
    }

    private func failure(_ text: String, type: String = "text/event-stream") async -> ModelError? {
        do {
            _ = try await streamed(text, pieceBytes: 3, type: type)
            return nil
        } catch {
            return error as? ModelError
        }
    }
}
