#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What stands under a path, as far as finding files needs it.
struct FileStatus: Hashable, Sendable {
    /// What a name stands for.
    enum Kind: Hashable, Sendable {
        case file
        case folder
        case link
        case other
    }

    /// Which file or folder it is, whatever its name.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    let kind: Kind
    let identity: Identity
    let byteCount: Int

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino)
        )
        byteCount = Int(status.st_size)
    }

    /// What a path leads to; `nil` with `errno` set when there is nothing.
    init?(following path: String) {
        var status = Self.empty
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// What is open; `nil` with `errno` set when it cannot be told.
    init?(of descriptor: Int32) {
        var status = Self.empty
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private static var empty: stat { stat() }
}
