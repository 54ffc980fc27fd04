import Documenter
import LanguageModels
import ModelCatalog
import Tokenization

/// `docent count`: the tokens of files.
struct CountCommand: CatalogueReading, ModelChoosing {
    static let name = "count"
    static let options: [Option<CountCommand>] =
        [
            .text("model", "NAME", "Count as this model does; estimates are marked") { $0.choice.model = $1 }
                .short("m").group("Which model"),
            .text("encoding", "NAME", "Count by \(encodingNames), or by a tokenizer's file") {
                $0.encoding = $1
            }.short("e").completing(.files).group("Which model"),
            .flag("live", "Have the model's own service count, each file as a prompt") { $0.isLive = $1 }
                .group("Which model"),
        ] + catalogueOptions(in: "Which model") + providerOptions(in: "Which model") + [
            .flag("json", "A line of JSON for each file") { $0.writesJSON = $1 },
            .number("jobs", in: 1...1024, "Files at once; as many as there are processors") { $0.jobs = $1 }.short("j"),
        ]

    private static let encodingNames = TokenEncoding.all.map(\.name).joined(separator: ", ")

    static let manual = Manual(
        summary: "Count the tokens of files",
        operands: "[FILE]...",
        completion: .files,
        text: """
            Counts tokens, characters and bytes of each FILE, with a total. '-', or no FILE
            at all, reads standard input, of whatever length. Without --model and
            --encoding, o200k_base counts (GPT-4o and later).
            """,
        sections: [
            Manual.Section(
                "With --live",
                """
                The model's service is asked for each FILE, one after the other; that needs
                its key, as 'docent complete' does. It counts the text as a prompt, so that
                some tokens for the message come on top. Without --live no service is asked,
                and no variable is heeded, neither AI_MODEL_TYPE nor DOCENT_MODEL nor '.env'.
                """
            ),
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line or the configuration is wrong, or names no known model
                     or encoding; nothing was counted
                3    some files could not be read or counted, the others are shown; or the
                     output could not be written
                141  whoever read the output has stopped, as 'head' does
                """
            ),
        ]
    )

    static let emptyOperand = "an empty argument is no path; leave it out, or write '-' for standard input"

    var operands: [String] = []
    var catalogue = CatalogueChoice()
    /// The model as which is counted.
    var choice = ModelChoice()
    /// Whether the model's service counts.
    var isLive = false
    /// The encoding by which is counted.
    var encoding: String?
    /// JSON instead of a table.
    var writesJSON = false
    /// How many files are counted at once.
    var jobs = Processors.count

    func check() throws(UsageError) {
        guard choice.model == nil || encoding == nil else {
            throw UsageError("--model and --encoding exclude each other", command: Self.name)
        }
        guard !isLive || encoding == nil else {
            throw UsageError("a service counts as its model does; leave --encoding out", command: Self.name)
        }
        guard !isLive || catalogue.list == nil else {
            throw UsageError(
                "--catalog is for counting without a service; leave it out with --live",
                command: Self.name
            )
        }
        guard isLive || choice.type == nil || choice.model != nil else {
            throw UsageError("--model-type says whose model is meant; name the model with --model", command: Self.name)
        }
        try Self.checkServices(choice, isLive: isLive)
        try FileInput.check(operands, command: Self.name)
    }

    func run(in context: CommandContext) async -> ExitCode {
        do {
            if isLive { return try await countLive(in: context) }
            let method = try method(in: context)
            for note in method.notes { context.console.say("note: \(note)") }
            return await count(by: method, in: context)
        } catch {
            context.console.say("\(error)")
            return .usage
        }
    }

    private func method(in context: CommandContext) throws -> CountingMethod {
        if let encoding {
            return CountingMethod(try Self.encoding(encoding, context.services.fileInput))
        }
        guard let model = choice.model else { return CountingMethod(.o200kBase) }
        var list = self.catalogue
        list.configuration = choice.configuration
        let directory = try context.services.directory(list)
        let named = try directory.model(model, type: choice.type)
        let counter = RequestCounter(in: directory.catalogue, calibration: context.services.calibration.load())
        let meter = counter.meter(for: named.match.profile)
        return CountingMethod(meter, notes: named.notes(in: directory.catalogue, on: context.today))
    }

    /// The encoding of a name, or of a file: a `tokenizer.json`, a SentencePiece model, or a rank file.
    private static func encoding(_ name: String, _ input: FileInput) throws -> TokenEncoding {
        if let found = TokenEncoding.named(name) { return found }
        guard name.contains("/") || name.contains(".") else {
            if let bytes = try? input.bytes(name) { return try TokenEncoding(file: bytes, name: name) }
            let shown = VisibleText.of(name)
            throw InputError("there is no encoding '\(shown)'; there are \(encodingNames), and files of tokenizers")
        }
        return try TokenEncoding(file: try input.bytes(name), name: name)
    }

    /// What a file says, for a service, which takes nothing but text.
    private static func text(_ path: String, _ input: FileInput) throws(InputError) -> String {
        let bytes = try input.bytes(path)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let place = MalformedText(in: bytes).map { " (\($0))" } ?? ""
        let name = path == Prompt.standardInput ? "standard input" : path
        throw InputError("\(name): no service counts this, as it is no text in UTF-8\(place)")
    }

    /// Asks the model's service, one file after another.
    private func countLive(in context: CommandContext) async throws -> ExitCode {
        let access = try context.services.models(choice)
        let model = try access.model()
        guard let service = model.capability((any TokenCounting).self) else {
            throw InputError("\(model.identity) has no service that counts; leave --live out")
        }
        let isExact = RequestCounter.isExact(countedBy: model.identity.provider)
        let method = CountingMethod(.o200kBase, isExact: isExact)
        var counted: [TextCount] = []
        var code = ExitCode.done
        for path in operands.isEmpty ? ["-"] : operands {
            do {
                let text = try Self.text(path, context.services.fileInput)
                var count = TextCount(path: path)
                count.tokens = try await service.countTokens(of: ModelRequest(text))
                count.characters = text.unicodeScalars.count
                count.bytes = text.utf8.count
                count.method = "counted by \(model.identity.provider)"
                counted.append(count)
            } catch {
                context.console.say("\(error)")
                code = .someFailed
            }
        }
        await access.close()
        let delivery = context.console.output.write(CountPage(writesJSON: writesJSON, method: method).text(counted))
        return delivery == .complete ? code : delivery.exitCode
    }

    private func count(by method: CountingMethod, in context: CommandContext) async -> ExitCode {
        let page = CountPage(writesJSON: writesJSON, method: method)
        let input = context.services.fileInput
        let paths = operands.isEmpty ? ["-"] : operands
        var code = ExitCode.done
        var counted: [TextCount] = []
        _ = await OrderedWork.run(paths, jobs: jobs) { path in
            Result { () throws(InputError) in try method.count(path, input) }
        } each: { result in
            switch result {
            case .success(let count): counted.append(count)
            case .failure(let error):
                context.console.say(error.description)
                code = .someFailed
            }
            return true
        }
        let delivery = context.console.output.write(page.text(counted))
        return delivery == .complete ? code : delivery.exitCode
    }
}

/// How the tokens of texts are counted.
struct CountingMethod: Sendable {
    let encoding: TokenEncoding
    /// What is to be said about it.
    let notes: [String]
    /// Whether counts are exact.
    let isExact: Bool
    private let meter: TokenMeter?

    /// Counts by an encoding, unless a service does.
    init(_ encoding: TokenEncoding, isExact: Bool = true) {
        self.encoding = encoding
        self.isExact = isExact
        meter = nil
        notes = []
    }

    /// Counts as a model does.
    init(_ meter: TokenMeter, notes: [String]) {
        encoding = meter.encoding
        isExact = meter.isExact
        self.meter = meter
        self.notes = notes
    }

    /// Counts a file piece by piece, however long it is.
    func count(_ path: String, _ input: FileInput) throws(InputError) -> TextCount {
        var tokens = GrowingTokenCount(encoding)
        var count = TextCount(path: path)
        var sample: [UInt8] = []
        try input.read(path) { piece in
            tokens.append(bytes: piece)
            count.bytes += piece.count
            count.characters += piece.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
            if meter?.isExact == false, sample.count < 1 << 16 { sample += piece.prefix(1 << 16 - sample.count) }
        }
        let basis = tokens.count
        guard let meter else {
            count.tokens = basis
            count.method = encoding.name
            return count
        }
        let counted = meter.count(basis: basis, kind: TextKind(detecting: String(decoding: sample, as: UTF8.self)))
        count.tokens = counted.count
        count.method = counted.method
        count.calibration = counted.calibration
        return count
    }
}
