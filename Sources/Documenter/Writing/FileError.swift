/// Why a file could not be read or written; it stays as it is.
public struct FileError: Error, Hashable, Sendable {
    /// What kind of failure it is.
    @nonexhaustive
    public enum Kind: Hashable, Sendable {
        /// There is no such file any more.
        case missing
        /// It is a folder, a pipe or a device.
        case notRegular
        /// It is larger than what is read.
        case tooLarge
        /// It may not be read or written, or its folder may not be written.
        case permissionDenied
        /// Its mode lets no one write.
        case readOnly
        /// It has other names, which a safe write would cut off.
        case hardLinked
        /// Somebody else changed it after it was read.
        case changed
        /// A part of its path was replaced by a symbolic link.
        case moved
        /// The disk or the quota is full.
        case diskFull
        /// The file system is mounted read-only.
        case readOnlyFileSystem
        /// Any other refusal of the operating system.
        case system(code: Int32)
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// The file's path, as messages show it.
    public let path: String
    /// What is wrong and what to do, without the path and without a full stop.
    public let reason: String

    /// Makes an error.
    public init(_ kind: Kind, path: String, reason: String) {
        self.kind = kind
        self.path = path
        self.reason = reason
    }
}

extension FileError: CustomStringConvertible {
    /// One line: `path: reason`.
    public var description: String { "\(path): \(reason)" }
}
