import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The outside world of a configuration: the environment, files and commands.
///
/// Tests make up their own.
public struct ConfigurationSources: Sendable {
    /// The environment's variables.
    public var environment: [String: String]
    /// Reads a file whole; throws ``ConfigurationProblem``.
    public var readFile: @Sendable (_ path: String) throws -> [UInt8]
    /// Runs a command in the shell and gives what it prints; throws ``ConfigurationProblem``.
    ///
    /// The process's own shell gets neither a terminal nor input, and 30 seconds; then all of its group is killed.
    public var run: @Sendable (_ command: String) throws -> String

    /// A made-up world; by default without files and commands.
    public init(
        environment: [String: String],
        readFile: @escaping @Sendable (String) throws -> [UInt8] = { path in
            throw ConfigurationProblem(source: path, message: "the file does not exist")
        },
        run: @escaping @Sendable (String) throws -> String = { _ in
            throw ConfigurationProblem(message: "commands are not run here")
        }
    ) {
        self.environment = environment
        self.readFile = readFile
        self.run = run
    }

    /// The process's own environment, files and shell.
    public static var process: ConfigurationSources {
        ConfigurationSources(
            environment: ProcessInfo.processInfo.environment,
            readFile: { path in
                do {
                    return Array(try Data(contentsOf: URL(filePath: path)))
                } catch {
                    throw ConfigurationProblem(source: path, message: "the file cannot be read: \(Self.reason())")
                }
            },
            run: { try KeyCommand($0).output() }
        )
    }

    private static func reason() -> String {
        String(cString: strerror(errno))
    }

    /// Where a path of a configuration file leads: relative ones begin at the file's folder, `~/` at the home folder.
    func path(_ path: String, besides file: String) -> String {
        if path.hasPrefix("~/"), let home = environment["HOME"], !home.isEmpty { return home + path.dropFirst() }
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
