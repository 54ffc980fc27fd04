/// A TOML 1.0 file, read as far as it can be understood.
///
/// A statement that cannot be read is noted and passed over with what belongs to it; everything else is there. So what one
/// tool writes into its section never keeps another section from being read.
package struct TOMLDocument {
    /// The top table.
    package let root: TOMLTable
    /// What could not be understood, in file order.
    package let problems: [TOMLProblem]

    /// Reads a file's bytes.
    package init(_ bytes: [UInt8]) {
        var reader = TOMLStatements(bytes)
        reader.readAll()
        root = reader.root
        problems = reader.problems
    }
}

/// A statement that could not be understood.
package struct TOMLProblem: Hashable, Sendable {
    /// The line, counted from 1.
    package let line: Int
    /// What is wrong, without a full stop.
    package let message: String
    /// The path of the table or key that it concerns, as far as it is known.
    package let path: [String]
}

/// A value and where it stands.
package struct TOMLEntry {
    /// The value.
    package let value: TOMLValue
    /// The line of its key, counted from 1.
    package let line: Int
}

/// A value.
package enum TOMLValue {
    case string(String)
    case integer(Int)
    case float(Double)
    case boolean(Bool)
    /// A date, a time or both, as it is written.
    case date(String)
    case array([TOMLValue])
    case table(TOMLTable)
    /// What `[[name]]` makes.
    case tables(TOMLTables)

    /// What it is, with its article.
    package var kind: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .float: "a float"
        case .boolean: "a boolean"
        case .date: "a date"
        case .array: "an array"
        case .table: "a table"
        case .tables: "an array of tables"
        }
    }
}

/// What `[[name]]` makes; one object, so that each header adds to it without a copy.
package final class TOMLTables {
    /// The tables, in file order; at least one.
    package internal(set) var all: [TOMLTable]

    init(_ first: TOMLTable) {
        all = [first]
    }
}

/// A table; one object as long as a file is read, since tables are added to from anywhere in it.
package final class TOMLTable {
    /// How it came to be, which decides who may still add to it.
    enum Origin: Equatable {
        /// Named on the way to another one.
        case implicit
        /// Opened by a header of its own.
        case header
        /// Made by dotted keys of a section.
        case dotted(section: Int)
        /// Written between braces.
        case inline
    }

    /// The values by name.
    package internal(set) var entries: [String: TOMLEntry] = [:]
    var origin: Origin

    init(_ origin: Origin) {
        self.origin = origin
    }

    /// The value under a path of names; arrays of tables are not looked into.
    package subscript(path: String...) -> TOMLEntry? {
        entry(at: path)
    }

    /// The value under a path of names; arrays of tables are not looked into.
    func entry(at path: some Collection<String>) -> TOMLEntry? {
        guard let name = path.first, let entry = entries[name] else { return nil }
        guard path.count > 1 else { return entry }
        guard case .table(let table) = entry.value else { return nil }
        return table.entry(at: Array(path.dropFirst()))
    }
}
