import LanguageModels

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
            Sends the PROMPT, its words joined by spaces, and prints the answer. '-', or no
            PROMPT at all, reads it from standard input.
            """,
        sections: [
            Manual.Section(
                "Keys",
                """
                Keys come from the services' own variables (OPENAI_API_KEY, ANTHROPIC_API_KEY,
                GEMINI_API_KEY, …), or from where the configuration file says.
                """
            ),
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line, a file or the configuration is wrong; nothing was sent
                3    there is no whole answer
                130  stopped by Ctrl-C
                """
            ),
        ]
    )

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

    func run(in context: CommandContext) async -> ExitCode {
        let (code, signal) = await Interruption.run(bySignals: context.listensForSignals) { _ in
            await work(in: context)
        }
        if let signal { return .interrupted(bySignal: signal) }
        return code ?? .someFailed
    }

    private func work(in context: CommandContext) async -> ExitCode {
        do {
            let access = try context.services.models(choice)
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
            let model = try access.model()
            let request = try request(access.options, reading: context.services.fileInput)
            let page = AnswerPage(console: context.console, writesJSON: writesJSON)
            let (code, response) =
                isStreamed
                ? try await page.show(model.stream(request))
                : page.show(try await model.respond(to: request))
            if access.isAtOwnAddress(), let usage = response.usage,
                let catalogue = try? context.services.directory(CatalogueChoice()).catalogue
            {
                context.services.calibration.learn(from: usage, for: request, of: model.identity, in: catalogue)
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
    private func request(
        _ options: RequestOptions,
        reading input: FileInput
    ) throws -> ModelRequest {
        var parts: [MessagePart] = []
        for file in files { parts.append(try MessagePart(file: file, bytes: try input.bytes(file))) }
        let words = operands.isEmpty ? ["-"] : operands
        let prompt =
            words == ["-"] ? String(decoding: try input.bytes("-"), as: UTF8.self) : words.joined(separator: " ")
        guard !prompt.allSatisfy(\.isWhitespace) || !parts.isEmpty else {
            throw InputError("there is no prompt; write one, or give it on standard input")
        }
        var request = ModelRequest("", system: system)
        request.messages[request.messages.count - 1].parts = parts + (prompt.isEmpty ? [] : [.text(prompt)])
        request.options = options
        request.options.maximumTokens = maximumTokens ?? options.maximumTokens
        if let schema { request.output = .schema(try OutputSchema(file: schema, bytes: try input.bytes(schema))) }
        return request
    }
}

/// What is wrong with a file that a command was given.
struct InputError: Error, Hashable, CustomStringConvertible {
    /// What, where and what to do.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension MessagePart {
    /// A file as a part of a message: an image or a PDF by its first bytes, else a text under its name.
    init(file path: String, bytes: [UInt8]) throws(InputError) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if let type = Self.imageType(bytes) {
            self = .image(Media(.bytes(bytes), type: type, name: name))
        } else if bytes.starts(with: Array("%PDF-".utf8)) {
            self = .document(Media(.bytes(bytes), type: "application/pdf", name: name))
        } else if let text = String(validating: bytes, as: UTF8.self) {
            self = .text("\(path):\n\n\(text)\n\n")
        } else {
            throw InputError("\(path): this is no text in UTF-8, no PDF, and no PNG, JPEG, GIF or WebP image")
        }
    }

    private static func imageType(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        let isWebP = bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
        return isWebP ? "image/webp" : nil
    }
}

extension OutputSchema {
    /// A schema from a file; its name is the file's, without what no service takes in a name.
    init(file path: String, bytes: [UInt8]) throws(InputError) {
        let schema: JSONValue
        do {
            schema = try JSONValue(parsing: bytes)
        } catch {
            throw InputError("\(path): \(error)")
        }
        guard schema.object != nil else { throw InputError("\(path): a JSON Schema, which is an object, is expected") }
        let file = path.split(separator: "/").last?.split(separator: ".").first ?? "answer"
        let name = String(file.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(64))
        self.init(name: name, schema: schema)
    }
}
