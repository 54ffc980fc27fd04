/// A folder for what a run makes besides its writes; it need not be there yet.
public struct OutputFolder: Hashable, Sendable {
    /// The path, as the user named it.
    public let path: String

    /// Takes a path that is a folder or can become one, so that a run does not begin that cannot be completed.
    ///
    /// - Throws: `ProjectError` when it, or what it would be in, is something else than a folder.
    public init(_ path: String) throws(ProjectError) {
        var place: String? = path
        while let part = place {
            if let status = FileStatus(following: part) {
                guard status.kind != .folder else { break }
                throw ProjectError("\(part): it is not a folder, so no pages can go there; name another place for them")
            }
            place = Repository.parent(of: part)
        }
        self.path = path
    }
}
