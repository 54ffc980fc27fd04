/// The folder that a book's pages go into: pages that did not change are not written again, none is ever removed.
public struct PageFolder: Sendable {
    private let read: @Sendable (_ path: String) throws -> [UInt8]?
    private let write: @Sendable (_ path: String, _ bytes: [UInt8]) throws -> Void

    /// Makes a folder from what reads and writes its files.
    ///
    /// - Parameters:
    ///   - read: The bytes of the file at a path in the folder; `nil` if there is none.
    ///   - write: Puts bytes there in one step, with the folders on the way.
    public init(
        read: @escaping @Sendable (_ path: String) throws -> [UInt8]?,
        write: @escaping @Sendable (_ path: String, _ bytes: [UInt8]) throws -> Void
    ) {
        self.read = read
        self.write = write
    }

    /// Writes a page, unless the file says the same already.
    ///
    /// - Returns: Whether it was written.
    /// - Throws: What reading or writing throws.
    @discardableResult
    public func put(_ page: MarkdownPage) throws -> Bool {
        let bytes = Array(page.text.utf8)
        if try read(page.path) == bytes { return false }
        try write(page.path, bytes)
        return true
    }

    /// Pages that the index of an earlier run lists and a new one does not: they are still there, and describe nothing.
    ///
    /// - Throws: What reading throws.
    public func pagesLeftBehind(by index: MarkdownPage) throws -> [String] {
        guard let before = try read(index.path) else { return [] }
        let kept = Set(Self.links(in: index.text))
        return Self.links(in: String(decoding: before, as: UTF8.self)).filter { !kept.contains($0) }
    }

    /// The target of the first link of each item.
    private static func links(in index: String) -> [String] {
        index.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("- ["), let start = line.firstRange(of: "](") else { return nil }
            return String(line[start.upperBound...].prefix { $0 != ")" })
        }
    }
}
