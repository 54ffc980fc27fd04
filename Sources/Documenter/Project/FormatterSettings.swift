/// What the formatter and linter of a project are set to: ruff, else black.
struct FormatterSettings: Hashable, Sendable {
    /// The longest line of a docstring; 88, the default of both, when they are used without a length.
    var lineLength = 88
    /// `google` or `numpy`, as ruff's docstring rules are told.
    var style: String?

    /// What holds in the first of some folders that has a configuration; the defaults when none has.
    init(in folders: [String], reading files: inout ConfigurationFiles) {
        for folder in folders {
            let ruff = Self.ruffTables(in: folder, reading: &files)
            let black = files.table(at: joined(folder, "pyproject.toml"))?["tool", "black"]?.table
            guard !ruff.isEmpty || black != nil else { continue }
            lineLength = Self.lineLength(ruff) ?? black.flatMap { Self.length([$0], "line-length") } ?? lineLength
            style = Self.convention(ruff)
            return
        }
    }

    private static func lineLength(_ ruff: [TOMLTable]) -> Int? {
        let line = length(ruff, "lint", "pycodestyle", "max-line-length") ?? length(ruff, "line-length")
        let docstring =
            length(ruff, "lint", "pycodestyle", "max-doc-length") ?? length(ruff, "pycodestyle", "max-doc-length")
        return [line, docstring].compactMap(\.self).min()
    }

    private static func convention(_ ruff: [TOMLTable]) -> String? {
        let entry = value(ruff, ["lint", "pydocstyle", "convention"]) ?? value(ruff, ["pydocstyle", "convention"])
        guard case .string(let name) = entry, name == "google" || name == "numpy" else { return nil }
        return name
    }

    private static func length(_ tables: [TOMLTable], _ path: String...) -> Int? {
        guard case .integer(let length) = value(tables, path), Settings.lineLengths.contains(length) else { return nil }
        return length
    }

    /// The value of the first table that has one.
    private static func value(_ tables: [TOMLTable], _ path: [String]) -> TOMLValue? {
        tables.lazy.compactMap { $0.entry(at: path)?.value }.first
    }

    /// Ruff's configuration in a folder and what it extends, the strongest first.
    private static func ruffTables(in folder: String, reading files: inout ConfigurationFiles) -> [TOMLTable] {
        let names = [".ruff.toml", "ruff.toml", "pyproject.toml"]
        var path = names.map { joined(folder, $0) }.first { ruffTable(at: $0, reading: &files) != nil }
        var tables: [TOMLTable] = []
        // Longer chains are loops.
        while let current = path, tables.count < 8, let table = ruffTable(at: current, reading: &files) {
            tables.append(table)
            guard case .string(let next) = table["extend"]?.value else { break }
            path = next.hasPrefix("/") ? next : joined(Repository.parent(of: current) ?? "/", next)
        }
        return tables
    }

    private static func ruffTable(at path: String, reading files: inout ConfigurationFiles) -> TOMLTable? {
        let table = files.table(at: path)
        return path.hasSuffix("pyproject.toml") ? table?["tool", "ruff"]?.table : table
    }
}

/// The TOML files that were read, each once.
struct ConfigurationFiles {
    private var documents: [String: TOMLDocument?] = [:]

    /// The file under a path; `nil` when there is none or it cannot be read.
    mutating func document(at path: String) -> TOMLDocument? {
        if let known = documents[path] { return known }
        let document = (try? FileContents.read(path: path)).map { TOMLDocument($0.bytes) }
        documents[path] = .some(document)
        return document
    }

    mutating func table(at path: String) -> TOMLTable? { document(at: path)?.root }
}

extension TOMLEntry {
    var table: TOMLTable? {
        if case .table(let table) = value { table } else { nil }
    }
}
