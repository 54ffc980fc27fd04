import LanguageModels
import Testing

struct CompletionTests {
    private struct City: StructuredOutput, Equatable {
        enum Size: String, Decodable { case small, large }

        var name: String
        var size: Size?
        var districts: [String]

        static let outputSchema = OutputSchema(
            name: "city",
            properties: [
                "name": ["type": "string"],
                "size": ["type": ["string", "null"], "enum": ["small", "large", nil]],
                "districts": ["type": "array", "items": ["type": "string"]],
            ]
        )
    }

    private func answering(_ text: String, _ reason: FinishReason = .stop) -> ScriptedModel {
        ScriptedModel([.response(ModelResponse(parts: [.text(text)], finishReason: reason))])
    }

    @Test func `asks with instructions and options`() async throws {
        let model = ScriptedModel([.text("Lima")])
        var options = RequestOptions()
        options.temperature = 0

        let text = try await model.complete("The capital of Peru?", system: "Be brief", options: options)

        #expect(text == "Lima")
        #expect(model.requests.map(\.messages) == [[.system("Be brief"), .user("The capital of Peru?")]])
        #expect(model.requests.first?.options == options)
    }

    @Test func `streams the text`() async throws {
        let model = ScriptedModel([.text("one two three")])

        var pieces: [String] = []
        for try await piece in model.stream("Count").text { pieces.append(piece) }

        #expect(pieces == ["one ", "two ", "three"])
    }

    @Test(arguments: [
        (
            FinishReason.contentFilter, ModelError.Kind.contentFiltered,
            "scripted/model: held back by the content filter; reword the prompt"
        ),
        (.refusal, .refused, "scripted/model: the model declined"),
        (
            .length, .undecodableAnswer,
            "scripted/model: the answer cannot be understood: it was cut off at the most tokens that were allowed; "
                + "allow more"
        ),
        (
            .toolCalls, .undecodableAnswer,
            "scripted/model: the answer cannot be understood: there is no text in it; the model stopped with tool_calls"
        ),
    ])
    func `says why there is no text`(reason: FinishReason, kind: ModelError.Kind, words: String) async {
        let error = await #expect(throws: ModelError.self) { try await answering("", reason).complete("?") }

        #expect(error?.kind == kind && error?.description == words)
        #expect(error?.partialResponse?.finishReason == reason)
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [
        #"{"name":"Lima","size":"large","districts":["Surco"]}"#,
        "\n {\"districts\": [\"Surco\"], \"size\": \"large\", \"name\": \"Lima\"} \n",
        "```json\n{\"name\":\"Lima\",\"size\":\"large\",\"districts\":[\"Surco\"]}\n```\n",
    ])
    func `reads a value`(text: String) async throws {
        let model = answering(text)

        let answer = try await model.completeStructured("The capital of Peru", as: City.self)

        #expect(answer.value == City(name: "Lima", size: .large, districts: ["Surco"]))
        #expect(answer.response.text == text)
        #expect(model.requests.first?.output == .schema(City.outputSchema))
    }

    @Test func `reads a value from the answer to a whole request, and sends the options`() async throws {
        let json = #"{"districts": [], "size": "large", "name": "Lima"}"#
        let model = ScriptedModel([.text(json), .text(json)])
        let media = Media(.bytes([1]), type: "image/png")
        let request = ModelRequest(messages: [.user([.text("Which city?"), .image(media)])])
        var options = RequestOptions()
        options.maximumTokens = 9

        let seen = try await model.completeStructured(request, as: City.self).value
        let told = try await model.completeStructured("Which?", as: City.self, options: options).value

        #expect([seen.name, told.name] == ["Lima", "Lima"])
        #expect(model.requests.map(\.messages.first) == [request.messages.first, .user("Which?")])
        #expect(model.requests.map(\.output) == [.schema(City.outputSchema), .schema(City.outputSchema)])
        #expect(model.requests.map(\.options.maximumTokens) == [nil, 9])
    }

    @Test func `writes schemas as strict services want them`() {
        #expect(
            City.outputSchema.schema.text
                == #"{"type":"object","properties":{"name":{"type":"string"},"size":{"type":["string","null"],"#
                + #""enum":["small","large",null]},"districts":{"type":"array","items":{"type":"string"}}},"#
                + #""required":["name","size","districts"],"additionalProperties":false}"#
        )
    }

    @Test(arguments: [
        (#"{"name":"Lima","districts":[1]}"#, "districts[0] is not what City expects"),
        (#"{"name":"Lima"}"#, "districts is missing for City"),
        (#"{"name":"Lima","districts":[],"size":"huge"}"#, "size has a value that City does not know"),
        (#"{"name":null,"districts":[]}"#, "name is not what City expects"),
        ("[]", "the whole is not what City expects"),
        ("Lima is the capital", "it is not JSON"),
        ("", "there is no JSON in it; the model stopped with stop"),
    ])
    func `says what is wrong with an answer`(text: String, reason: String) async {
        let error = await #expect(throws: ModelError.self) {
            try await answering(text).completeStructured("?", as: City.self)
        }

        #expect(error?.kind == .undecodableAnswer)
        #expect(error?.message == reason)
        #expect(error?.answerText == text)
    }

    @Test func `tells an answer that was cut off from a bad one`() async {
        let error = await #expect(throws: ModelError.self) {
            try await answering(#"{"name":"Li"#, .length).completeStructured("?", as: City.self)
        }

        #expect(error?.message == "it was cut off at the most tokens that were allowed; allow more")
        #expect(error?.answerText == #"{"name":"Li"#)
    }

    @Test func `keeps of a bad answer the beginning alone`() async {
        let text = "a" + String(repeating: "é", count: 3000)

        let error = await #expect(throws: ModelError.self) {
            try await answering(text).completeStructured("?", as: City.self)
        }

        #expect(error?.answerText == "a" + String(repeating: "é", count: 2047))
    }

    @Test func `tells a refusal in the model's words`() async {
        let refusal = ModelResponse(parts: [MessagePart(.refusal("I will not"))], finishReason: .stop)

        let error = await #expect(throws: ModelError.self) {
            try await ScriptedModel([.response(refusal)]).completeStructured("?", as: City.self)
        }

        #expect(error?.kind == .refused && error?.message == "I will not")
    }

    @Test func `goes on with a conversation`() async throws {
        let model = ScriptedModel([.text("Hello Ada")])
        let request = ModelRequest("I am Ada")

        let next = request.followed(by: try await model.respond(to: request), then: .user("Who am I?"))

        #expect(next.messages == [.user("I am Ada"), .assistant("Hello Ada"), .user("Who am I?")])
    }
}
