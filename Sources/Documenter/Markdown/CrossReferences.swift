/// Finds what a name in code means, as Python would from the place where it stands, and the way to it.
struct CrossReferences {
    private let book: MarkdownBook
    private let page: String
    private let ownNames: Set<String>
    /// The path of the declaration whose text is written.
    var scope = ""
    /// Names that mean something of their own there: parameters.
    var hidden: Set<String> = []

    /// Links from the index.
    init(book: MarkdownBook) {
        self.book = book
        page = "index.md"
        ownNames = []
    }

    /// Links from a module's page.
    init(book: MarkdownBook, module: Int, ownNames: Set<String>) {
        self.book = book
        page = book.modules[module].page
        self.ownNames = ownNames
    }

    /// The link's target, ready for CommonMark; `nil` when the name is not the project's, or not certain.
    func destination(of code: String) -> String? {
        guard let name = Self.dottedName(code), !hidden.contains(name) else { return nil }
        if let path = ownPath(name) { return path == scope ? nil : Self.anchor(path) }
        if let found = book.names.find(fullName: name, modules: book.modules) {
            return way(to: found.row, path: found.path)
        }
        guard let first = name.utf8.first, (65...90).contains(first), let row = book.names.find(ownPath: name) else {
            return nil
        }
        return way(to: row, path: name)
    }

    /// The fragment that leads to a declaration.
    static func anchor(_ path: String) -> String { "#" + MarkdownText.destination(path) }

    private func way(to row: Int, path: String) -> String {
        let target = book.modules[row].page
        let file = MarkdownText.destination(FilePath.relative(from: FilePath.folder(page), to: target))
        return path.isEmpty ? file : file + Self.anchor(path)
    }

    /// Looks in the declaration itself, then outwards up to the module.
    private func ownPath(_ name: String) -> String? {
        guard !ownNames.isEmpty else { return nil }
        var place = scope[...]
        while true {
            let path = place.isEmpty ? name : "\(place).\(name)"
            if ownNames.contains(path) { return path }
            guard !place.isEmpty else { return nil }
            place = place.lastIndex(of: ".").map { place[..<$0] } ?? ""
        }
    }

    /// A name without `()` and the receiver in front; `nil` for all other code.
    private static func dottedName(_ code: String) -> String? {
        var name = code[...]
        if name.hasSuffix("()") { name = name.dropLast(2) }
        for prefix in ["self.", "cls."] where name.hasPrefix(prefix) { name = name.dropFirst(prefix.count) }
        guard let first = name.utf8.first, !(46...57).contains(first), name.utf8.last != 46 else { return nil }
        guard name.utf8.allSatisfy({ $0 == 46 || $0 == 95 || MarkdownText.isAlphanumeric($0) }) else { return nil }
        return String(name)
    }
}
