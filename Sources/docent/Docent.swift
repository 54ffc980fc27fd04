#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The command `docent`: reads the command line, runs a command, and ends with its exit code.
///
/// It knows options, terminals and exit codes; how anything works is known to the libraries, which `Assembly` puts together.
@main
enum Docent {
    /// The tool's version.
    static let version = "0.1.0"

    static func main() async {
        StandardDescriptors.openThoseThatAreClosed()
        signal(SIGPIPE, SIG_IGN)
        // Who starts it may ignore the ends of children, and that is inherited; how a key's command ended must be known.
        signal(SIGCHLD, SIG_DFL)
        let console = Console.standard()
        let context = CommandContext(console: console, services: Assembly.services, listensForSignals: true)
        if let word = malformedWord {
            console.say("the argument '\(word)' is no text in UTF-8; check the encoding of the terminal or the script")
            exit(ExitCode.usage.rawValue)
        }
        let code = await run(Array(CommandLine.arguments.dropFirst()), in: context)
        exit(code.rawValue)
    }

    /// The first word of the command line that is no text in UTF-8, as `CommandLine.arguments` mends it: what is asked
    /// and which files are meant must not change on the way.
    private static var malformedWord: String? {
        UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).lazy.compactMap { word in
            word.flatMap { String(validatingCString: $0) == nil ? String(cString: $0) : nil }
        }.first
    }

    /// Runs the command that some words call.
    static func run(_ words: [String], in context: CommandContext) async -> ExitCode {
        do throws(UsageError) {
            return try await CommandList.command(from: words).run(in: context)
        } catch {
            context.console.messages.write(error.description)
            return .usage
        }
    }
}
