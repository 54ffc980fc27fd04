/// One of the things `docent` does: its options are declared as values, from which all else about them is derived.
protocol Command: Sendable {
    /// The word that calls it.
    static var name: String { get }
    /// The options besides `--help`, which every command has.
    static var options: [Option<Self>] { get }
    /// What help tells besides the options.
    static var manual: Manual { get }
    /// How many words without dashes it takes at most.
    static var operandsLimit: Int { get }
    /// What is said where one of these words is empty.
    static var emptyOperand: String { get }

    /// The words without dashes.
    var operands: [String] { get set }

    init()

    /// Refuses options that do not go together.
    func check() throws(UsageError)

    /// Does it.
    func run(in context: CommandContext) async -> ExitCode
}

extension Command {
    static var operandsLimit: Int { .max }
    static var emptyOperand: String { "an empty argument is no path; leave it out, or write '.'" }

    func check() throws(UsageError) {}
}

/// What help says of a command besides its options.
struct Manual: Hashable, Sendable {
    /// A part of a help page with a heading; lines are shown as they are.
    struct Section: Hashable, Sendable {
        let heading: String
        let lines: [String]

        /// Makes a section from a text of several lines.
        init(_ heading: String, _ text: String) {
            self.heading = heading
            lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// What it does, in a line.
    let summary: String
    /// The operands as the usage line shows them.
    var operands = ""
    /// What a shell offers for operands.
    var completion = OptionLabel.Completion.nothing
    /// The only operands it takes; empty when it takes others.
    var values: [String] = []
    /// Paragraphs below the usage line.
    var text = ""
    /// Parts below the options.
    var sections: [Section] = []
}

/// A command without its type: what help, completions and the choice of the command need.
struct CommandDescription: Sendable {
    let name: String
    let manual: Manual
    let options: [OptionLabel]
    /// Reads the words behind the command's name.
    let command: @Sendable ([String]) throws(UsageError) -> any Command

    /// Describes a command.
    init<Subject: Command>(_ type: Subject.Type) {
        name = Subject.name
        manual = Subject.manual
        options = Subject.options.map(\.label) + [.help]
        command = { words throws(UsageError) in try ArgumentParser<Subject>.command(from: words) }
    }
}

extension OptionLabel {
    /// What every command understands.
    static let help = OptionLabel(name: "help", short: "h", help: "Show this help")
    /// What the tool itself understands.
    static let version = OptionLabel(name: "version", short: "V", help: "Show the version")
}

/// What a command needs from outside: where it writes, and the parts that do the work.
struct CommandContext: Sendable {
    let console: Console
    let services: Services
    /// Whether Ctrl-C is waited for.
    var listensForSignals = false
}
