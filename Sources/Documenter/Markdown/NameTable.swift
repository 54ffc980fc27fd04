/// Which module declares a name, for all names of a project: 64 bits of hash and a row for each, never the text.
struct NameTable: Sendable {
    private var modulesByFullName: [UInt64: Int32] = [:]
    /// -1 where several modules declare it.
    private var modulesByOwnPath: [UInt64: Int32] = [:]

    /// Adds a name with its module's row; the order in which names come makes no difference.
    mutating func add(_ entry: NameEntry, module: Int32) {
        modulesByFullName[entry.fullName] = min(modulesByFullName[entry.fullName] ?? module, module)
        if let other = modulesByOwnPath[entry.ownPath], other != module {
            modulesByOwnPath[entry.ownPath] = -1
        } else {
            modulesByOwnPath[entry.ownPath] = module
        }
    }

    /// The row of the module that declares a dotted name, and the path in it; the module itself has an empty path.
    func find(fullName: String, modules: [BookModule]) -> (row: Int, path: String)? {
        guard let row = modulesByFullName[NameEntry.hash(fullName)] else { return nil }
        let module = modules[Int(row)].name
        if fullName == module { return (Int(row), "") }
        guard fullName.hasPrefix(module + ".") else { return nil }
        return (Int(row), String(fullName.utf8.dropFirst(module.utf8.count + 1)) ?? "")
    }

    /// The row of the only module that declares a path.
    func find(ownPath: String) -> Int? {
        modulesByOwnPath[NameEntry.hash(ownPath)].flatMap { $0 < 0 ? nil : Int($0) }
    }
}

/// A declared name as the table keeps it.
struct NameEntry: Hashable, Sendable {
    /// The hash of the module's name, a period and the path.
    let fullName: UInt64
    /// The hash of the path alone.
    let ownPath: UInt64

    init(path: String, module: String) {
        fullName = Self.hash(path.isEmpty ? module : module + "." + path)
        ownPath = Self.hash(path.isEmpty ? module : path)
    }

    /// FNV-1a: the same in every run, unlike the standard library's.
    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
