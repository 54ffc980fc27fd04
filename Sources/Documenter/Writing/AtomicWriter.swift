#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// Replaces files in whole or not at all.
///
/// A new version is written to a temporary file in the same folder, with the mode and, as far as allowed, the owner of the
/// old one, and takes its name when it is on the disk. It does not when the file is no longer what was read, lets no one
/// write, or has more than one name: a rename would cut those names off from the new version, and writing in place would
/// change files elsewhere. Access control lists and extended attributes are those of a new file in the folder.
public final class AtomicWriter: Sendable {
    private let processID = getpid()
    private let sweptFolders = Mutex<Set<String>>([])

    /// Makes a writer; one serves a whole run, from many threads.
    public init() {}

    /// Puts a new version in the place of the one that was read.
    ///
    /// - Throws: `FileError`; the file then is what it was, and no temporary file is left.
    public func replace(_ contents: FileContents, with bytes: [UInt8]) throws(FileError) {
        try refuseUnwritable(contents)
        try refuseMoved(contents)
        let folder = Repository.parent(of: contents.resolvedPath) ?? "/"
        removeLeftovers(in: folder)
        let temporary = joined(folder, temporaryName())
        do throws(FileError) {
            try write(bytes, to: temporary, shownAs: contents.path, like: contents.stamp)
            try refuseChanged(contents)
            try rename(temporary, to: contents.resolvedPath, shownAs: contents.path)
        } catch {
            unlink(temporary)
            throw error
        }
        synchronizeFolder(folder)
    }

    /// Puts bytes at a path in one step, with the folders on the way; a file that is there is replaced in whole.
    ///
    /// - Throws: `FileError`; what was there is then still there.
    func put(_ bytes: [UInt8], at path: String) throws(FileError) {
        let folder = Repository.parent(of: path) ?? "."
        try makeFolders(folder)
        let contents: FileContents
        do throws(FileError) {
            contents = try FileContents.read(path: path)
        } catch {
            guard error.kind == .missing else { throw error }
            return try create(bytes, at: path, in: folder)
        }
        if contents.bytes != bytes { try replace(contents, with: bytes) }
    }

    private func create(_ bytes: [UInt8], at path: String, in folder: String) throws(FileError) {
        removeLeftovers(in: folder)
        let temporary = joined(folder, temporaryName())
        do throws(FileError) {
            try write(bytes, to: temporary, shownAs: path, like: nil)
            try rename(temporary, to: path, shownAs: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func makeFolders(_ folder: String) throws(FileError) {
        var here = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            here = joined(here, part)
            guard mkdir(here, 0o777) != 0, errno != EEXIST else { continue }
            throw FileError(.last, writing: here)
        }
    }

    // MARK: - Refusals

    /// Refuses, without a write, files of which it is known that they cannot be replaced.
    ///
    /// - Throws: `FileError` for files that are read-only or have more than one name, and in folders that may not be written.
    func refuseUnwritable(_ contents: FileContents) throws(FileError) {
        let stamp = contents.stamp
        guard stamp.mode & 0o222 != 0 else {
            throw FileError(.readOnly, path: contents.path, reason: "it is read-only; make it writable with chmod u+w")
        }
        guard stamp.linkCount < 2 else {
            throw FileError(
                .hardLinked,
                path: contents.path,
                reason: "it has \(stamp.linkCount) names (hard links), and a safe write would cut off the others; "
                    + "put a copy in its place"
            )
        }
        guard faccessat(AT_FDCWD, contents.resolvedPath, W_OK, AT_EACCESS) == 0 else {
            throw FileError(.last, writing: contents.path)
        }
        let folder = Repository.parent(of: contents.resolvedPath) ?? "/"
        guard faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0 else {
            throw FileError(.last, creatingBeside: contents.path)
        }
    }

    /// A folder above may have been replaced by a link since the file was found.
    private func refuseMoved(_ contents: FileContents) throws(FileError) {
        guard let resolved = resolvedPath(of: contents.resolvedPath) else {
            throw FileError(.last, writing: contents.path)
        }
        guard resolved == contents.resolvedPath else {
            throw FileError(.moved, path: contents.path, reason: "a part of its path became a symbolic link; run again")
        }
    }

    private func refuseChanged(_ contents: FileContents) throws(FileError) {
        let now = try FileContents.read(resolvedPath: contents.resolvedPath, shownAs: contents.path)
        guard now.stamp == contents.stamp, now.bytes == contents.bytes else {
            throw FileError(.changed, path: contents.path, reason: "it changed since it was read; run again")
        }
    }

    // MARK: - Writing

    /// The prefix marks our temporary files, the number the process that will remove them.
    private func temporaryName() -> String {
        "\(Self.prefix)\(processID)-\(String(UInt64.random(in: .min ... .max), radix: 16)).tmp"
    }

    /// Writes a temporary file with an old file's mode and owner, or with those of a new file.
    private func write(
        _ bytes: [UInt8],
        to temporary: String,
        shownAs path: String,
        like stamp: FileStamp?
    ) throws(FileError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = uninterrupted { open(temporary, flags, stamp == nil ? 0o666 : 0o600) }
        guard descriptor >= 0 else { throw FileError(.last, creatingBeside: path) }
        let failure = fill(descriptor, with: bytes, like: stamp)
        // Disk and quota errors of network file systems come with the closing.
        let closing = close(descriptor) == 0 ? nil : SystemFailure.last
        if let failure = failure ?? closing { throw FileError(failure, writing: path) }
    }

    private func fill(_ descriptor: Int32, with bytes: [UInt8], like stamp: FileStamp?) -> SystemFailure? {
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { rest in
                uninterrupted { Self.write(descriptor, rest) }
            }
            guard written >= 0 else { return .last }
            start += written
        }
        // The owner first: a change of owner takes set-user-ID bits away. It may fail for all but the super-user.
        if let stamp {
            _ = fchown(descriptor, uid_t(stamp.owner), gid_t(stamp.group))
            guard fchmod(descriptor, mode_t(stamp.mode & 0o7777)) == 0 else { return .last }
        }
        guard uninterrupted({ fsync(descriptor) }) == 0 else { return .last }
        return nil
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private func rename(_ temporary: String, to resolvedPath: String, shownAs path: String) throws(FileError) {
        guard renameat(AT_FDCWD, temporary, AT_FDCWD, resolvedPath) == 0 else {
            throw FileError(.last, writing: path)
        }
    }

    /// Makes the new name last through a power failure; file systems that cannot do it keep the old or the new version.
    private func synchronizeFolder(_ folder: String) {
        let descriptor = uninterrupted { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { return }
        _ = uninterrupted { fsync(descriptor) }
        close(descriptor)
    }

    // MARK: - Leftovers

    private static let prefix = ".docent-"

    /// Removes, once for each folder, what processes that were killed left behind.
    private func removeLeftovers(in folder: String) {
        guard sweptFolders.withLock({ $0.insert(folder).inserted }), let stream = try? OpenFolder(path: folder) else {
            return
        }
        var leftovers: [String] = []
        stream.forEachName { name, kind in
            guard kind == .file, name.starts(with: Self.prefix.utf8) else { return }
            leftovers.append(String(decoding: name, as: UTF8.self))
        }
        for name in leftovers where isLeftover(name) { unlink(joined(folder, name)) }
    }

    private func isLeftover(_ name: String) -> Bool {
        let parts = name.split(separator: "-")
        guard parts.count == 3, name.hasSuffix(".tmp"), let id = pid_t(parts[1]), id > 0 else { return false }
        return id != processID && kill(id, 0) != 0 && errno == ESRCH
    }
}

extension FileError {
    fileprivate init(_ failure: SystemFailure, creatingBeside path: String) {
        switch failure.code {
        case EACCES, EPERM:
            let reason = "its folder may not be written; change the folder's permissions"
            self.init(.permissionDenied, path: path, reason: reason)
        default:
            self.init(failure, writing: path)
        }
    }

    fileprivate init(_ failure: SystemFailure, writing path: String) {
        switch failure.code {
        case ENOENT, ENOTDIR:
            self.init(.missing, path: path, reason: "it is gone; run again")
        case EACCES, EPERM:
            self.init(.permissionDenied, path: path, reason: "it may not be written; change its permissions")
        case EROFS:
            self.init(.readOnlyFileSystem, path: path, reason: "\(failure); copy it to where it can be written")
        case ENOSPC, EDQUOT:
            self.init(.diskFull, path: path, reason: "\(failure); make room and run again")
        default:
            self.init(.system(code: failure.code), path: path, reason: "\(failure); it was not written")
        }
    }
}
