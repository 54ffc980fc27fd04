#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

#if canImport(Darwin)
typealias FolderStream = UnsafeMutablePointer<DIR>
#else
typealias FolderStream = OpaquePointer
#endif

/// A folder that is open for reading its names.
struct OpenFolder: ~Copyable {
    /// Which folder it is.
    let identity: FileStatus.Identity
    private let stream: FolderStream

    init(path: String) throws(SystemFailure) {
        let descriptor = uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .last }
        guard let status = FileStatus(of: descriptor), let stream = fdopendir(descriptor) else {
            let failure = SystemFailure.last
            close(descriptor)
            throw failure
        }
        identity = status.identity
        self.stream = stream
    }

    deinit { closedir(stream) }

    /// Calls a closure with each name in it but `.` and `..`, in no order.
    func forEachName(_ body: (UnsafeBufferPointer<UInt8>, FileStatus.Kind) -> Void) {
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                let start = UnsafeRawPointer(tuple)
                let count = strlen(start.assumingMemoryBound(to: CChar.self))
                let name = UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
                guard !Self.isSelfOrParent(name) else { return }
                body(name, kind(of: entry, name: name))
            }
        }
    }

    /// The size of a regular file in it; `nil` when it is none, or gone.
    func byteCount(of name: String) -> Int? {
        guard let status = status(of: name), status.kind == .file else { return nil }
        return status.byteCount
    }

    private static func isSelfOrParent(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    /// What the folder says of a name; file systems that do not say are asked.
    private func kind(of entry: UnsafeMutablePointer<dirent>, name: UnsafeBufferPointer<UInt8>) -> FileStatus.Kind {
        switch Int32(entry.pointee.d_type) {
        case Int32(DT_REG): return .file
        case Int32(DT_DIR): return .folder
        case Int32(DT_LNK): return .link
        case Int32(DT_UNKNOWN): return status(of: String(decoding: name, as: UTF8.self))?.kind ?? .other
        default: return .other
        }
    }

    /// What a name stands for, links themselves and not what they lead to.
    private func status(of name: String) -> FileStatus? {
        var status = stat()
        guard fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStatus(status)
    }
}
