#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The operating system's refusal of a call, in words.
struct SystemFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value of `errno`.
    let code: Int32

    /// The refusal of the call that was just made.
    static var last: SystemFailure { SystemFailure(code: errno) }

    /// The reason in a few words.
    var description: String {
        switch code {
        case EACCES, EPERM: "permission denied"
        case ENOENT: "no such file or folder"
        case ENOTDIR: "a part of its path is not a folder"
        case EROFS: "the file system is read-only"
        case ENOSPC: "no space is left on the disk"
        case EDQUOT: "the disk quota is used up"
        case ELOOP: "a symbolic link where none may be, or too many of them"
        case ENAMETOOLONG: "the path is too long"
        case EMFILE, ENFILE: "too many files are open"
        case EIO: "the disk reports an input or output error"
        case EFBIG: "the file is too large for its file system"
        default: "system error \(code)"
        }
    }
}

/// Makes a call again as long as a signal interrupts it; the result is negative when it fails.
func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        guard result < 0, errno == EINTR else { return result }
    }
}

/// A path without links, `.` and `..`; `nil` with `errno` set when there is nothing under it.
func resolvedPath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
}

/// A name below a folder.
func joined(_ folder: String, _ name: some StringProtocol) -> String {
    folder.isEmpty ? String(name) : folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
}
