import LanguageModels
import Testing

@testable import docent

struct ModelCommandTests {
    @Test func `prints the answer, and sends what the options say`() async throws {
        let model = ScriptedModel([.text("Paris")])
        let console = TestConsole()

        let words = ["complete", "--system", "Be brief", "--max-tokens", "9", "-f", "a.txt", "Capital", "of France?"]
        let code = await Docent.run(words, in: context(console, model))

        #expect(code == .done)
        #expect(console.output.text == "Paris\n")
        let request = try #require(model.requests.first)
        #expect(request.messages.map(\.role) == [.system, .user])
        #expect(request.messages.last?.text == "a.txt:\n\nnotes\n\nCapital of France?")
        #expect(request.options.maximumTokens == 9)
    }

    @Test func `shows a stream as it comes and what is to be known beside it`() async {
        let details = ResponseDetails.warning("temperature", "the model does not take it")
        let events: [ModelEvent] = [
            .details(details), .delta(part: 0, .text("Pa")), .delta(part: 0, .text("ris")),
            .finished(.length, raw: "length"),
        ]
        let console = TestConsole()

        let code = await Docent.run(
            ["complete", "--stream", "x"],
            in: context(console, ScriptedModel([.events(events)]))
        )

        #expect(code == .someFailed)
        #expect(console.output.text == "Paris\n")
        #expect(
            console.messages.text == """
                docent: note: temperature: the model does not take it
                docent: the answer was cut off at the most tokens that were allowed; allow more with --max-tokens

                """
        )
    }

    @Test(arguments: [
        (
            FinishReason.contentFilter, ExitCode.someFailed,
            "the service's filter held the answer back; reword the prompt"
        ),
        (.refusal, .someFailed, "the model declined; reword the prompt"),
        (.error, .someFailed, "the service stopped with error; try again"),
        (.stop, .done, "note: the answer is empty; ask again, or in other words"),
    ])
    func `says what to do where there is no text`(reason: FinishReason, code: ExitCode, message: String) async {
        for options in [[], ["--stream"]] {
            let console = TestConsole()
            let model = ScriptedModel([.response(ModelResponse(parts: [], finishReason: reason))])

            let ended = await Docent.run(["complete", "x"] + options, in: context(console, model))

            #expect(ended == code)
            #expect(console.output.text.isEmpty)
            #expect(console.messages.text == "docent: \(message)\n")
        }
    }

    @Test func `says on a line of its own why a stream broke off`() async {
        let error = ModelError(.truncatedStream, "", identity: ScriptedModel.defaultIdentity)
        let console = TestConsole()

        let model = ScriptedModel([.events([.delta(part: 0, .text("Pa"))], failure: error)])
        let code = await Docent.run(["complete", "--stream", "x"], in: context(console, model))

        #expect(code == .someFailed)
        #expect(console.output.text == "Pa\n")
        #expect(console.messages.text.hasPrefix("docent: scripted/model: the answer broke off"))
    }

    @Test func `writes the answer as JSON`() async throws {
        var response = ModelResponse(
            parts: [.text("x"), .toolCall(ToolCall(id: "1", name: "f", arguments: #"{"a":1}"#))],
            finishReason: .toolCalls
        )
        response.usage = Usage(inputTokens: 3, outputTokens: 4, reasoningTokens: 2)
        let console = TestConsole()

        _ = await Docent.run(["complete", "--json", "x"], in: context(console, ScriptedModel([.response(response)])))

        #expect(
            console.output.text == """
                {"text":"x","tool_calls":[{"id":"1","name":"f","arguments":{"a":1}}],"finish_reason":"tool_calls",\
                "usage":{"input_tokens":3,"output_tokens":4,"reasoning_tokens":2}}

                """
        )
    }

    @Test func `says why there is no answer`() async {
        let error = ModelError(.unauthorized, "bad key", identity: ScriptedModel.defaultIdentity, status: 401)
        let console = TestConsole()

        let code = await Docent.run(["complete", "x"], in: context(console, ScriptedModel([.failure(error)])))

        #expect(code == .someFailed)
        #expect(
            console.messages.text == """
                docent: scripted/model: the key was not accepted: bad key; check the key and the address it is for \
                (status 401)

                """
        )
    }

    @Test(arguments: [
        (["complete", ""], "docent: an empty argument"),
        (["complete", "-f", "binary", "x"], "docent: binary: this is no"),
        (
            ["complete", "--schema", "a.txt", "x"],
            "docent: a.txt:1: a JSON Schema is expected, but this is no JSON: "
        ),
        (["complete"], "docent: there is no prompt"),
        (["complete", "-f", "none", "x"], "docent: none: it does not exist"),
    ])
    func `sends nothing where the command line or a file is wrong`(words: [String], message: String) async {
        let model = ScriptedModel([.text("x")])
        let console = TestConsole()

        let code = await Docent.run(words, in: context(console, model))

        #expect(code == .usage)
        #expect(console.messages.text.contains(message), "\(console.messages.text)")
        #expect(model.requests.isEmpty)
    }

    @Test func `asks for JSON by a schema`() async throws {
        let model = ScriptedModel([.text("{}")])

        _ = await Docent.run(["complete", "--schema", "dir/my-form.json", "x"], in: context(TestConsole(), model))

        let request = try #require(model.requests.first)
        #expect(request.output == .schema(OutputSchema(name: "my_form", schema: ["type": "object"])))
    }

    @Test func `checks all services side by side`() async {
        let console = TestConsole()

        let code = await Docent.run(["health"], in: context(console, ScriptedModel([])))

        #expect(code == .someFailed)
        #expect(
            console.output.text == """
                bad     trouble           not found: no such model; check the model's name and the address; there is good
                good/m  ok       1500 ms

                """
        )
    }

    @Test func `lists what the services have, and names those that fail`() async {
        let console = TestConsole()

        let code = await Docent.run(["models", "--live"], in: context(console, ScriptedModel([])))

        #expect(code == .someFailed)
        #expect(console.output.text == "good/m  1000  \n".replacing("  \n", with: "\n"))
        #expect(console.messages.text.hasPrefix("docent: bad/: no connection"))
    }

    private func context(_ console: TestConsole, _ model: ScriptedModel) -> CommandContext {
        var services = console.context().services
        services.calibration = .none
        services.models = { _ in
            ModelAccess(
                providers: ["bad", "good"],
                model: { model },
                list: { provider in
                    guard provider == "good" else {
                        throw ModelError(.connection, "", identity: ModelIdentity(provider: provider, model: ""))
                    }
                    return [AvailableModel(name: "m", maximumInputTokens: 1000)]
                },
                health: { provider in
                    guard provider == "good" else {
                        var report = HealthReport(identity: ModelIdentity(provider: provider, model: ""))
                        report.problem = ModelError(.notFound, "no such model")
                        report.suggestions = ["good"]
                        return report
                    }
                    return HealthReport(
                        identity: ModelIdentity(provider: provider, model: "m"),
                        latency: .milliseconds(1500)
                    )
                },
                directory: { try Assembly.directory(CatalogueChoice()) },
                close: {}
            )
        }
        services.fileInput = FileInput { path, take throws(InputError) in
            switch path {
            case "a.txt": take(Array("notes".utf8)[...])
            case "binary": take([0xFF, 0x00])
            case "dir/my-form.json": take(Array(#"{"type":"object"}"#.utf8)[...])
            case "-": break
            default: throw InputError("\(path): it does not exist")
            }
        }
        return CommandContext(console: console.console, services: services)
    }
}

extension ResponseDetails {
    fileprivate static func warning(_ option: String, _ reason: String) -> ResponseDetails {
        var details = ResponseDetails()
        details.warnings = [RequestWarning(option: option, reason: reason)]
        return details
    }
}
