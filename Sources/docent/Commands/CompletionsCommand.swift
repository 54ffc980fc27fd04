import Documenter

/// `docent completions`: a script that teaches a shell the commands and options.
struct CompletionsCommand: Command {
    static let name = "completions"
    static let operandsLimit = 1
    static let options: [Option<CompletionsCommand>] = []
    static let manual = Manual(
        summary: "Print a completion script for a shell",
        operands: "bash|zsh|fish",
        values: Shell.allCases.map(\.rawValue),
        sections: [
            Manual.Section(
                "To install",
                """
                bash   source <(docent completions bash)      in ~/.bashrc
                zsh    source <(docent completions zsh)       in ~/.zshrc, behind compinit
                fish   docent completions fish > ~/.config/fish/completions/docent.fish
                """
            )
        ]
    )

    /// The shells that are known.
    enum Shell: String, CaseIterable {
        case bash, zsh, fish
    }

    var operands: [String] = []

    private var shell: Shell? { operands.first.flatMap(Shell.init) }

    func check() throws(UsageError) {
        guard shell == nil else { return }
        let names = Self.manual.values
        guard let word = operands.first else {
            throw UsageError("name a shell: bash, zsh or fish", command: Self.name)
        }
        let near = Suggestion.nearest(to: word, among: names).map { "; did you mean '\($0)'?" }
        let problem = "there are no completions for '\(VisibleText.of(word))'"
        throw UsageError(problem + (near ?? "; there are some for bash, zsh and fish"), command: Self.name)
    }

    func run(in context: CommandContext) async -> ExitCode {
        switch shell {
        case .bash: context.console.output.write(BashCompletions.script).exitCode
        case .zsh: context.console.output.write(ZshCompletions.script).exitCode
        case .fish: context.console.output.write(FishCompletions.script).exitCode
        case nil: .usage
        }
    }
}
