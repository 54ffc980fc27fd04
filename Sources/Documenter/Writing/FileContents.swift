#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What tells one version of a file from another, and what a write has to keep.
public struct FileStamp: Hashable, Sendable {
    /// The device the file is on.
    public let device: UInt64
    /// Its number on the device.
    public let inode: UInt64
    /// Its size.
    public let byteCount: Int
    /// When its bytes last changed, in nanoseconds since 1970.
    public let modifiedNanoseconds: Int64
    /// Its type and permissions.
    public let mode: UInt32
    /// Its owner's number.
    public let owner: UInt32
    /// Its group's number.
    public let group: UInt32
    /// How many names it has.
    public let linkCount: Int

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        byteCount = Int(status.st_size)
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        modifiedNanoseconds = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        mode = UInt32(status.st_mode)
        owner = UInt32(status.st_uid)
        group = UInt32(status.st_gid)
        linkCount = Int(status.st_nlink)
    }
}

/// A file's bytes, and what it looked like when they were read.
public struct FileContents: Sendable {
    /// The largest file that is read: 4 GiB.
    public static let maximumByteCount = 1 << 32

    /// The path, as messages show it.
    public let path: String
    /// The path without links.
    public let resolvedPath: String
    /// The bytes.
    public let bytes: [UInt8]
    /// What the file looked like.
    public let stamp: FileStamp

    /// Reads a file that was found in a project, whose last component may not have become a link since.
    ///
    /// - Throws: `FileError` when it cannot be read, is not a regular file, is too large, or keeps changing.
    public static func read(_ file: ProjectFile) throws(FileError) -> FileContents {
        try read(resolvedPath: file.resolvedPath, shownAs: file.path)
    }

    /// Reads the file that a path leads to, through links.
    ///
    /// - Throws: `FileError` when it cannot be read, is not a regular file, is too large, or keeps changing.
    public static func read(path: String) throws(FileError) -> FileContents {
        guard let resolved = Documenter.resolvedPath(of: path) else { throw FileError(.last, reading: path) }
        return try read(resolvedPath: resolved, shownAs: path)
    }

    static func read(resolvedPath: String, shownAs path: String) throws(FileError) -> FileContents {
        // Without O_NONBLOCK the opening of a pipe would wait for its writer.
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = uninterrupted { open(resolvedPath, flags) }
        guard descriptor >= 0 else { throw FileError(.last, reading: path) }
        defer { close(descriptor) }
        for _ in 0..<3 {
            let before = try stamp(of: descriptor, path: path)
            let bytes = try bytes(of: descriptor, expecting: before.byteCount, path: path)
            guard bytes.count == before.byteCount, try stamp(of: descriptor, path: path) == before else { continue }
            return FileContents(path: path, resolvedPath: resolvedPath, bytes: bytes, stamp: before)
        }
        throw FileError(.changed, path: path, reason: "it changes while it is read; run again when its writer is done")
    }

    private static func stamp(of descriptor: Int32, path: String) throws(FileError) -> FileStamp {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(.last, reading: path) }
        guard FileStatus(status).kind == .file else {
            throw FileError(.notRegular, path: path, reason: "it is not a regular file; name a file with source code")
        }
        guard status.st_size <= maximumByteCount else {
            throw FileError(.tooLarge, path: path, reason: "it is larger than 4 GiB; leave it out with `exclude`")
        }
        return FileStamp(status)
    }

    /// All bytes, with room for one more than expected, so that the end is seen without another buffer.
    private static func bytes(of descriptor: Int32, expecting count: Int, path: String) throws(FileError) -> [UInt8] {
        var failure: SystemFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
            while filled < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let read = uninterrupted { pread(descriptor, rest.baseAddress, rest.count, off_t(filled)) }
                if read < 0 { failure = .last }
                guard read > 0 else { break }
                filled += read
            }
        }
        if let failure { throw FileError(failure, reading: path) }
        return bytes
    }
}

extension FileError {
    init(_ failure: SystemFailure, reading path: String) {
        switch failure.code {
        case ENOENT:
            self.init(.missing, path: path, reason: "it is gone; run again")
        case EACCES, EPERM:
            self.init(.permissionDenied, path: path, reason: "it may not be read; change its permissions")
        case ELOOP:
            self.init(.moved, path: path, reason: "it became a symbolic link; run again")
        default:
            self.init(.system(code: failure.code), path: path, reason: "\(failure); it cannot be read")
        }
    }
}
