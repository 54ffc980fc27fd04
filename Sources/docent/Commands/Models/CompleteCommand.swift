import LanguageModels
import ModelCatalog

/// `docent complete`: asks a model.
struct CompleteCommand: ModelChoosing {
    static let name = "complete"
    static let options: [Option<CompleteCommand>] =
        [
            .flag("stream", "Show the answer while it comes") { $0.isStreamed = $1 }.short("s"),
            .text("system", "TEXT", "Instructions above the prompt") { $0.system = $1 },
            .text("file", "FILE", "Add a text, an image or a PDF; can be repeated") { $0.files.append($1) }
                .completing(.files).short("f"),
            .text("schema", "FILE", "Ask for JSON that fits a JSON Schema") { $0.schema = $1 }.completing(.files),
            .flag("json", "The whole answer as JSON; with --stream a line for each event") { $0.writesJSON = $1 },
            .number("max-tokens", in: 1...10_000_000, "The most tokens of the answer") { $0.maximumTokens = $1 },
        ] + modelOptions

    static let manual = Manual(
        summary: "Ask a model",
        operands: "[PROMPT]...",
        text: """
            Sends the PROMPT, its words joined by spaces, and prints the answer. Where a
            '-' stands among the words, and in place of a PROMPT that is left out, standard
            input is read: text in UTF-8. Quote a dash that is meant as such: "5 - 3".
            """,
        sections: [
            Manual.Section(
                "Examples",
                """
                docent complete "Why is the sky blue?" -m gemini/gemini-3.5-flash
                git diff | docent complete "Review this patch:" -
                docent complete "Extract the dates" -f letter.pdf --schema dates.json
                """
            ),
            Manual.Section(
                "Keys",
                """
                Keys come from the services' own variables (OPENAI_API_KEY, ANTHROPIC_API_KEY,
                GEMINI_API_KEY, …), or from where the configuration file says.
                """
            ),
            Manual.Section(
                "Which model is asked",
                """
                That of --model, else of DOCENT_MODEL, else of the configuration file. Its
                provider is that of --model-type, else the one before its first slash, else
                that of AI_MODEL_TYPE, else of the configuration file, else what its name
                begins with tells (gpt-, claude-, gemini-, …).
                """
            ),
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line, a file or the configuration is wrong; nothing was sent
                3    there is no whole answer, or it could not be written
                130  stopped by Ctrl-C
                141  whoever read the output has stopped, as 'head' does
                """
            ),
        ]
    )

    static let emptyOperand = "an empty argument is no prompt; leave it out to give one on standard input"

    var operands: [String] = []
    var choice = ModelChoice()
    /// Whether the answer is shown while it comes.
    var isStreamed = false
    /// JSON instead of text.
    var writesJSON = false
    /// Instructions.
    var system: String?
    /// The paths of what goes with the prompt.
    var files: [String] = []
    /// The path of a JSON Schema.
    var schema: String?
    /// The most tokens of the answer.
    var maximumTokens: Int?

    func check() throws(UsageError) {
        guard prompt.inputUses > 1 else { return }
        let message = "standard input can be read once; '-' stands for it \(prompt.inputUses) times"
        throw UsageError(message, command: Self.name)
    }

    func run(in context: CommandContext) async -> ExitCode {
        let (code, signal) = await Interruption.run(bySignals: context.listensForSignals) { _ in
            await work(in: context)
        }
        if let signal { return .interrupted(bySignal: signal) }
        return code ?? .someFailed
    }

    private func work(in context: CommandContext) async -> ExitCode {
        do {
            let access = try Interruption.expendable { try context.services.models(choice) }
            let code = await ask(access, in: context)
            await access.close()
            return code
        } catch {
            context.console.say("\(error)")
            return .usage
        }
    }

    private func ask(_ access: ModelAccess, in context: CommandContext) async -> ExitCode {
        do {
            let (model, request) = try Interruption.expendable {
                (try access.model(), try question(access.options, reading: context.services.fileInput))
            }
            // Another server's models, under whatever names, are none of the catalogue's.
            let directory = access.isAtOwnAddress() ? try? access.directory() : nil
            if let directory { sayRetirement(of: model.identity, by: directory, in: context) }
            let page = AnswerPage(console: context.console, writesJSON: writesJSON)
            let (code, response) =
                isStreamed
                ? try await page.show(model.stream(request))
                : page.show(try await model.respond(to: request))
            if let directory, code != .brokenPipe {
                learn(from: response, to: request, of: model.identity, by: directory, in: context)
            }
            return code
        } catch let error as ModelError {
            context.console.say(error.description)
            return error.kind == .configuration || error.kind == .unsupported ? .usage : .someFailed
        } catch let error as InputError {
            context.console.say(error.description)
            return .usage
        } catch {
            return .someFailed
        }
    }

    /// The request that the options describe.
    private func question(_ options: RequestOptions, reading input: FileInput) throws(InputError) -> ModelRequest {
        var request = ModelRequest("", system: system)
        request.messages[request.messages.count - 1].parts = try prompt.parts(reading: input)
        request.options = options
        request.options.maximumTokens = maximumTokens ?? options.maximumTokens
        if let schema { request.output = .schema(try OutputSchema(file: schema, bytes: try input.bytes(schema))) }
        return request
    }

    /// Says, before it is asked, that a model is gone or will be soon; of one that can only be guessed, nothing is said.
    private func sayRetirement(
        of model: ModelIdentity,
        by directory: ModelDirectory,
        in context: CommandContext
    ) {
        guard let match = try? directory.model(model.description).match, !match.isAssumed,
            let retirement = directory.catalogue.retirement(of: match.profile, on: context.today)
        else { return }
        context.console.say("note: \(retirement)")
    }

    private var prompt: Prompt { Prompt(words: operands, files: files, schema: schema) }

    /// Remembers how the model counts tokens, for estimates to come.
    ///
    /// A long prompt teaches no more than a short one, but counting it takes as long as it is long.
    private func learn(
        from response: ModelResponse,
        to request: ModelRequest,
        of model: ModelIdentity,
        by directory: ModelDirectory,
        in context: CommandContext
    ) {
        guard let usage = response.usage,
            request.messages.reduce(0, { $0 + $1.text.utf8.count }) <= Self.mostBytesToCount
        else { return }
        context.services.calibration.learn(from: usage, for: request, of: model, in: directory.catalogue)
    }

    /// The longest text from which is learnt, in bytes.
    private static let mostBytesToCount = 64 << 10
}
