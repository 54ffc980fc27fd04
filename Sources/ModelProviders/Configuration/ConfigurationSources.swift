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
            run: output
        )
    }

    private static func reason() -> String {
        String(cString: strerror(errno))
    }

    @Sendable
    private static func output(of command: String) throws -> String {
        guard let pipe = popen(command, "r") else {
            throw ConfigurationProblem(message: "the key's command cannot be started: \(reason())")
        }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while output.count < 1 << 20 {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        guard pclose(pipe) == 0 else {
            throw ConfigurationProblem(message: "the key's command failed; run it yourself to see why")
        }
        return String(decoding: output, as: UTF8.self)
    }
}
