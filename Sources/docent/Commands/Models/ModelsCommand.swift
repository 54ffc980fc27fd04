import LanguageModels
import ModelCatalog

/// `docent models`: the models that are known, or that services list.
struct ModelsCommand: ModelChoosing, CatalogueReading {
    /// By what the table is sorted.
    enum Order: String, CaseIterable {
        case name, price, context
    }

    static let name = "models"
    static let operandsLimit = 0
    static let options: [Option<ModelsCommand>] =
        [
            .text("provider", "NAME", "Only this provider's") { $0.provider = $1.lowercased() }.group("Which models"),
            .choice(
                "sort",
                "Order",
                among: ["name": .name, "price": .price, "context": .context]
            ) {
                $0.order = $1
            },
            .flag("retired", "Those that are gone, too") { $0.showsRetired = $1 }.group("Which models"),
            .flag("live", "Ask the services which models the keys can use") { $0.isLive = $1 }.group("Which models"),
            .flag("json", "A line of JSON for each model") { $0.writesJSON = $1 },
        ] + catalogueOptions() + providerOptions(in: "Which models")

    static let manual = Manual(
        summary: "List models with their limits and prices",
        text: """
            Shows the built-in catalogue: context window and largest answer in tokens,
            prices in US dollars for a million tokens, as requests of usual size are billed;
            --json has those of long prompts and of batches, too. With --live, asks each
            configured service which models it has, and names those that cannot be asked.
            """,
        sections: [
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line or the configuration is wrong
                3    a service could not be asked, or the output could not be written
                141  whoever read the output has stopped, as 'head' does
                """
            )
        ]
    )

    var operands: [String] = []
    var choice = ModelChoice()
    var catalogue = CatalogueChoice()
    /// Whether services are asked.
    var isLive = false
    /// The only provider to list.
    var provider: String?
    /// The order of the table.
    var order: Order?
    /// Whether models that are gone are shown.
    var showsRetired = false
    /// JSON instead of a table.
    var writesJSON = false

    func check() throws(UsageError) {
        guard provider == nil || choice.type == nil else {
            throw UsageError("--provider and --model-type say the same; keep one", command: Self.name)
        }
        try Self.checkServices(choice, isLive: isLive)
        guard isLive, order != nil || showsRetired || catalogue.list != nil else { return }
        let message = "--sort, --retired and --catalog are about the catalogue; leave them out with --live"
        throw UsageError(message, command: Self.name)
    }

    func run(in context: CommandContext) async -> ExitCode {
        isLive ? await runLive(in: context) : runCatalogue(in: context)
    }

    private func runCatalogue(in context: CommandContext) -> ExitCode {
        do {
            var choice = catalogue
            choice.configuration = self.choice.configuration
            let directory = try context.services.directory(choice)
            let page = CataloguePage(catalogue: directory.catalogue, today: context.today)
            let provider = provider ?? self.choice.type
            let shown = try directory.models(of: provider).filter { showsRetired || !page.isGone($0) }
            guard !shown.isEmpty else {
                throw InputError("all models of \(provider ?? "the catalogue") are gone; see them with --retired")
            }
            let sorted = page.sorted(shown, by: order ?? .name)
            let delivery = context.console.output.write(writesJSON ? page.json(sorted) : page.table(sorted))
            return delivery == .complete ? .done : delivery.exitCode
        } catch {
            context.console.say("\(error)")
            return .usage
        }
    }

    private func runLive(in context: CommandContext) async -> ExitCode {
        do {
            let access = try context.services.models(choice)
            let providers = try provider.map { [try Self.provider($0, of: access)] } ?? access.providers
            guard !providers.isEmpty else {
                context.console.say("no service is configured; set a key such as OPENAI_API_KEY, or see --model-config")
                return .usage
            }
            let code = await list(providers, access, in: context)
            await access.close()
            return code
        } catch {
            context.console.say("\(error)")
            return .usage
        }
    }

    /// The provider that a name means.
    private static func provider(_ name: String, of access: ModelAccess) throws -> String {
        let names = try access.directory().names
        guard let provider = names.provider(name) else { throw names.error(name) }
        return provider
    }

    private func list(_ providers: [String], _ access: ModelAccess, in context: CommandContext) async -> ExitCode {
        var rows: [[String]] = []
        var code = ExitCode.done
        for provider in providers {
            do {
                for model in try await access.list(provider) { rows.append(row(model, of: provider)) }
            } catch {
                context.console.say("\(error)")
                let isNamedWrongly = self.provider != nil && (error as? ModelError)?.kind == .configuration
                code = isNamedWrongly ? .usage : .someFailed
            }
        }
        let lines = writesJSON ? rows.map { $0[0] } : TextTable(rows, right: [1, 2]).lines
        let text = lines.map { $0 + "\n" }.joined()
        let delivery = context.console.output.write(text)
        return delivery == .complete ? code : delivery.exitCode
    }

    private func row(_ model: AvailableModel, of provider: String) -> [String] {
        if writesJSON { return [model.json(provider).text] }
        let limits = [model.maximumInputTokens, model.maximumOutputTokens].map { $0.map(String.init) ?? "" }
        return [VisibleText.of("\(provider)/\(model.name)")] + limits + [VisibleText.of(model.displayName ?? "")]
    }
}

extension AvailableModel {
    fileprivate func json(_ provider: String) -> JSONValue {
        var object = JSONObject()
        object["provider"] = .string(provider)
        object["name"] = .string(name)
        object["display_name"] = displayName.map(JSONValue.string)
        object["max_input_tokens"] = maximumInputTokens.map(JSONValue.integer)
        object["max_output_tokens"] = maximumOutputTokens.map(JSONValue.integer)
        return .object(object)
    }
}
