import Documenter

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The commands there are, and which of them a command line means.
enum CommandList {
    /// In the order in which help lists them.
    static let all = [
        CommandDescription(GenerateCommand.self),
        CommandDescription(OutlineCommand.self),
        CommandDescription(CompleteCommand.self),
        CommandDescription(ModelsCommand.self),
        CommandDescription(HealthCommand.self),
        CommandDescription(CountCommand.self),
        CommandDescription(PriceCommand.self),
        CommandDescription(CompletionsCommand.self),
        CommandDescription(HelpCommand.self),
    ]

    /// The options that stand before or without a command.
    static let options = [OptionLabel.help, .version]

    /// The command that some words call; the words do not include the tool's own name.
    static func command(from words: [String]) throws(UsageError) -> any Command {
        guard let first = words.first else { return HelpCommand() }
        if let description = all.first(where: { $0.name == first }) {
            return try command(description, words: Array(words.dropFirst()))
        }
        if ["--help", "-h"].contains(first) { return HelpCommand() }
        if ["--version", "-V"].contains(first) { return VersionCommand() }
        throw first.hasPrefix("-") ? unknownOption(first) : unknownCommand(first)
    }

    private static func command(
        _ description: CommandDescription,
        words: [String]
    ) throws(UsageError) -> any Command {
        if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            var help = HelpCommand()
            help.operands = [description.name]
            return help
        }
        return try description.command(words)
    }

    private static func unknownOption(_ word: String) -> UsageError {
        let shown = VisibleText.of(word)
        if let near = Suggestion.nearest(to: word, among: options.flatMap(\.spellings)) {
            return UsageError("unknown option '\(shown)'; did you mean '\(near)'?")
        }
        return UsageError("unknown option '\(shown)'; options stand behind a command, as in 'docent generate --diff'")
    }

    private static func unknownCommand(_ word: String) -> UsageError {
        let shown = VisibleText.of(word)
        if access(word, F_OK) == 0 {
            return UsageError("'\(shown)' is a path, no command; did you mean 'docent generate \(shown)'?")
        }
        if let near = Suggestion.nearest(to: word, among: all.map(\.name)) {
            return UsageError("unknown command '\(shown)'; did you mean '\(near)'?")
        }
        if word.contains(where: { $0 == "/" || $0 == "." }) {
            return UsageError("'\(shown)' is no command; did you mean 'docent generate \(shown)'?")
        }
        return UsageError("unknown command '\(shown)'; there are \(all.map(\.name).joined(separator: ", "))")
    }
}
