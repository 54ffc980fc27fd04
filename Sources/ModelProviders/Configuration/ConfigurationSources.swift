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
                guard let bytes = Self.contents(of: path) else {
                    throw ConfigurationProblem(source: path, message: "the file cannot be read: \(Self.reason())")
                }
                return bytes
            },
            run: { try KeyCommand($0).output() }
        )
    }

    /// A file's bytes, of a device or a pipe, too; `nil` where `errno` tells why not.
    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer {
            let reason = errno
            fclose(file)
            errno = reason
        }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            contents += buffer[..<count]
            if count < buffer.count { return ferror(file) == 0 ? contents : nil }
        }
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
