import Documenter

/// Shows how the tool, a command or an output format is used.
struct HelpCommand: Command {
    static let name = "help"
    static let operandsLimit = 1
    static let options: [Option<HelpCommand>] = []
    static let manual = Manual(
        summary: "Show how a command is used",
        operands: "[COMMAND | json]",
        // Not from `CommandList`, which has this command, too.
        values: [
            GenerateCommand.name, OutlineCommand.name, CompleteCommand.name, ModelsCommand.name, HealthCommand.name,
            CountCommand.name, PriceCommand.name, CompletionsCommand.name, name, "json",
        ],
        text: "Shows what 'docent COMMAND --help' shows; 'docent help json' tells of --json."
    )

    var operands: [String] = []

    func check() throws(UsageError) {
        guard let topic = operands.first, Self.page(for: topic) == nil else { return }
        let topics = Self.manual.values
        let near = Suggestion.nearest(to: topic, among: topics)
        let advice = near.map { "did you mean '\($0)'?" } ?? "there is \(topics.joined(separator: ", "))"
        throw UsageError("no help on '\(VisibleText.of(topic))'; \(advice)", command: Self.name)
    }

    func run(in context: CommandContext) async -> ExitCode {
        context.console.output.write(operands.first.flatMap(Self.page) ?? HelpPage.tool).exitCode
    }

    /// The page on a command or a topic; `nil` when there is none.
    static func page(for topic: String) -> String? {
        if topic == "json" { return HelpPage.json }
        return CommandList.all.first { $0.name == topic }.map(HelpPage.page)
    }
}

/// Shows the version.
struct VersionCommand: Command {
    static let name = "--version"
    static let operandsLimit = 0
    static let options: [Option<VersionCommand>] = []
    static let manual = Manual(summary: "Show the version")

    var operands: [String] = []

    func run(in context: CommandContext) async -> ExitCode {
        context.console.output.write("docent \(Docent.version)\n").exitCode
    }
}
