#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Reads files piece by piece.
struct FileInput: Sendable {
    /// Hands over the pieces of a file, or of standard input for `-`.
    typealias Reading = @Sendable (_ path: String, _ take: (ArraySlice<UInt8>) -> Void) throws(InputError) -> Void

    private let reading: Reading

    /// Files of a test's making.
    init(_ reading: @escaping Reading) {
        self.reading = reading
    }

    /// The system's files.
    static let system = FileInput { path, take throws(InputError) in
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        try checkKind(of: descriptor, path)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = systemRead(descriptor, &buffer)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return }
            take(buffer[..<count])
        }
    }

    /// Hands over the pieces of a file.
    func read(_ path: String, _ take: (ArraySlice<UInt8>) -> Void) throws(InputError) {
        try reading(path, take)
    }

    /// A file whole.
    func bytes(_ path: String, limit: Int = 1 << 30) throws(InputError) -> [UInt8] {
        var bytes: [UInt8] = []
        try read(path) { if bytes.count <= limit { bytes += $0 } }
        guard bytes.count <= limit else { throw InputError("\(Self.shown(path)): it has more than \(limit >> 20) MiB") }
        return bytes
    }

    /// Refuses paths of which standard input is named twice: the second time there would be nothing left of it.
    static func check(_ paths: [String], command: String) throws(UsageError) {
        guard paths.count(where: { $0 == "-" }) < 2 else {
            throw UsageError("standard input can be read only once; name '-' once", command: command)
        }
    }

    /// Refuses folders, and devices that never end; terminals and `/dev/null` are read.
    private static func checkKind(of descriptor: Int32, _ path: String) throws(InputError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        let name = shown(path)
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            throw InputError("\(name): it is a folder; name the files in it")
        case S_IFBLK:
            throw InputError("\(name): it is a device, not a file")
        case S_IFCHR where isatty(descriptor) == 0 && !isNull(status):
            throw InputError("\(name): it is a device, not a file")
        default: break
        }
    }

    private static func isNull(_ status: stat) -> Bool {
        var null = stat()
        return stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev
    }

    private static func failure(_ path: String) -> InputError {
        InputError("\(shown(path)): \(String(cString: strerror(errno)))")
    }

    private static func shown(_ path: String) -> String { path == "-" ? "standard input" : path }
}

/// `read(2)`, whose name the methods above take.
private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    #if canImport(Darwin)
    Darwin.read(descriptor, &buffer, buffer.count)
    #elseif canImport(Musl)
    Musl.read(descriptor, &buffer, buffer.count)
    #else
    Glibc.read(descriptor, &buffer, buffer.count)
    #endif
}
