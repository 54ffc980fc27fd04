/// Reads a file statement by statement and builds its tables.
struct TOMLStatements {
    let root = TOMLTable(.header)
    private(set) var problems: [TOMLProblem] = []
    private var scanner: TOMLScanner
    private var table: TOMLTable
    private var path: [String] = []
    private var section = 0
    private var inlineTableCount = 0
    /// What follows a broken statement is passed over in silence up to the next one that can be read.
    private var isRecovering = false

    init(_ bytes: [UInt8]) {
        scanner = TOMLScanner(bytes)
        table = root
    }

    mutating func readAll() {
        while scanner.byte != nil {
            let start = scanner
            scanner.statementKey = []
            do throws(TOMLScanner.Failure) {
                try readStatement()
            } catch {
                note(error)
                resume(after: start)
            }
        }
    }

    private mutating func note(_ failure: TOMLScanner.Failure) {
        guard !isRecovering else { return }
        isRecovering = true
        let concerned = path + scanner.statementKey
        problems.append(TOMLProblem(line: failure.line, message: failure.message, path: concerned))
    }

    /// Goes on behind the first line of a broken statement, since no one knows where its end was meant to be.
    private mutating func resume(after start: TOMLScanner) {
        scanner.index = start.index
        scanner.line = start.line
        scanner.skipRestOfLine()
    }

    private mutating func readStatement() throws(TOMLScanner.Failure) {
        scanner.skipBlanks()
        if scanner.byte == UInt8(ascii: "[") {
            try readHeader()
        } else if scanner.byte != UInt8(ascii: "#"), !scanner.isAtLineEnd {
            try readPair(into: table, section: section, depth: 0)
        }
        try finishLine()
    }

    private mutating func finishLine() throws(TOMLScanner.Failure) {
        scanner.skipBlanks()
        try scanner.skipComment()
        guard scanner.byte == nil || scanner.skipLineEnd() else {
            throw scanner.failure("only one statement may stand on a line")
        }
    }

    // MARK: - Headers

    private mutating func readHeader() throws(TOMLScanner.Failure) {
        scanner.index += 1
        let isArray = scanner.skip("[")
        // What follows a header that cannot be obeyed goes nowhere.
        table = TOMLTable(.header)
        path = []
        let key = try scanner.key(isStatement: true)
        guard scanner.skip("]"), !isArray || scanner.skip("]") else {
            throw scanner.failure("a table's header is not closed with \(isArray ? "]]" : "]")")
        }
        isRecovering = false
        section += 1
        table = isArray ? try addedTable(key) : try openedTable(key)
        path = key
        scanner.statementKey = []
    }

    private func openedTable(_ key: [String]) throws(TOMLScanner.Failure) -> TOMLTable {
        let (parent, name) = try parent(of: key)
        guard let entry = parent.entries[name] else { return newTable(.header, name, in: parent) }
        guard case .table(let table) = entry.value, table.origin == .implicit else {
            throw twice("the table `\(key.joined(separator: "."))`", firstAt: entry.line)
        }
        table.origin = .header
        return table
    }

    private func addedTable(_ key: [String]) throws(TOMLScanner.Failure) -> TOMLTable {
        let (parent, name) = try parent(of: key)
        let added = TOMLTable(.header)
        switch parent.entries[name]?.value {
        case nil:
            parent.entries[name] = TOMLEntry(value: .tables(TOMLTables(added)), line: scanner.line)
        case .tables(let tables):
            tables.all.append(added)
        case .some:
            throw twice("`\(key.joined(separator: "."))`", firstAt: parent.entries[name]?.line ?? 0)
        }
        return added
    }

    /// The table that holds the last name of a header's key, made where it is missing.
    private func parent(of key: [String]) throws(TOMLScanner.Failure) -> (TOMLTable, String) {
        var current = root
        for name in key.dropLast() {
            switch current.entries[name]?.value {
            case nil: current = newTable(.implicit, name, in: current)
            case .table(let table) where table.origin != .inline: current = table
            case .tables(let tables): current = tables.all.last ?? current
            case .some: throw twice("`\(name)`", firstAt: current.entries[name]?.line ?? 0)
            }
        }
        return (current, key.last ?? "")
    }

    private func newTable(_ origin: TOMLTable.Origin, _ name: String, in parent: TOMLTable) -> TOMLTable {
        let table = TOMLTable(origin)
        parent.entries[name] = TOMLEntry(value: .table(table), line: scanner.line)
        return table
    }

    private func twice(_ what: String, firstAt line: Int) -> TOMLScanner.Failure {
        scanner.failure("\(what) is defined twice, first on line \(line)")
    }

    // MARK: - Keys and values

    private mutating func readPair(into table: TOMLTable, section: Int, depth: Int) throws(TOMLScanner.Failure) {
        let line = scanner.line
        let key = try scanner.key(isStatement: depth == 0)
        guard scanner.skip("=") else {
            throw scanner.failure("`=` is expected after the key `\(key.joined(separator: "."))`")
        }
        if depth == 0 { isRecovering = false }
        scanner.skipBlanks()
        let value = try value(depth: depth, key: key)
        try insert(TOMLEntry(value: value, line: line), at: key, into: table, section: section)
    }

    private func insert(
        _ entry: TOMLEntry,
        at key: [String],
        into table: TOMLTable,
        section: Int
    ) throws(TOMLScanner.Failure) {
        var current = table
        for name in key.dropLast() {
            switch current.entries[name]?.value {
            case nil:
                current = newTable(.dotted(section: section), name, in: current)
            case .table(let table) where table.origin == .implicit || table.origin == .dotted(section: section):
                table.origin = .dotted(section: section)
                current = table
            case .some:
                throw Self.twice(key, again: entry.line, firstAt: current.entries[name]?.line ?? 0)
            }
        }
        let name = key.last ?? ""
        if let first = current.entries[name] { throw Self.twice(key, again: entry.line, firstAt: first.line) }
        current.entries[name] = entry
    }

    private static func twice(_ key: [String], again line: Int, firstAt first: Int) -> TOMLScanner.Failure {
        let message = "the key `\(key.joined(separator: "."))` is defined twice, first on line \(first)"
        return TOMLScanner.Failure(line: line, message: message)
    }

    private mutating func value(depth: Int, key: [String]) throws(TOMLScanner.Failure) -> TOMLValue {
        guard depth < TOMLScanner.maximumDepth else { throw scanner.failure("values are nested too deeply") }
        switch scanner.byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try scanner.string())
        case UInt8(ascii: "["): return .array(try array(depth: depth, key: key))
        case UInt8(ascii: "{"): return .table(try inlineTable(depth: depth))
        default:
            let text = scanner.scalarText()
            guard let value = TOMLScalar.value(of: text) else {
                let name = key.joined(separator: ".")
                throw scanner.failure(
                    text.isEmpty ? "the key `\(name)` has no value" : "`\(text)` is no value; write strings in quotes"
                )
            }
            return value
        }
    }

    private mutating func array(depth: Int, key: [String]) throws(TOMLScanner.Failure) -> [TOMLValue] {
        let start = scanner.line
        scanner.index += 1
        var values: [TOMLValue] = []
        while true {
            try scanner.skipBlanksAndLines()
            if scanner.skip("]") { return values }
            guard scanner.byte != nil else {
                throw TOMLScanner.Failure(line: start, message: "an array is not closed with ]")
            }
            values.append(try value(depth: depth + 1, key: key))
            try scanner.skipBlanksAndLines()
            guard scanner.byte != nil else { continue }
            guard scanner.skip(",") || scanner.byte == UInt8(ascii: "]") else {
                throw scanner.failure("`,` or `]` is expected in the array that begins on line \(start)")
            }
        }
    }

    private mutating func inlineTable(depth: Int) throws(TOMLScanner.Failure) -> TOMLTable {
        scanner.index += 1
        let table = TOMLTable(.inline)
        inlineTableCount += 1
        let own = -inlineTableCount
        scanner.skipBlanks()
        if scanner.skip("}") { return table }
        repeat {
            scanner.skipBlanks()
            try readPair(into: table, section: own, depth: depth + 1)
            scanner.skipBlanks()
        } while scanner.skip(",")
        guard scanner.skip("}") else { throw scanner.failure("`,` or `}` is expected in an inline table") }
        return table
    }
}

extension TOMLScanner {
    /// Whether a line end or the end of the file is next.
    var isAtLineEnd: Bool {
        byte == nil || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r") && byte(after: 1) == UInt8(ascii: "\n")
    }

    /// The text of a number, a boolean or a date; a blank may stand between a day and a time.
    mutating func scalarText() -> String {
        let start = index
        while let next = byte, next.isScalarByte { index += 1 }
        let isDayAndTime =
            index - start == 10 && byte == UInt8(ascii: " ") && byte(after: 1)?.isDigit == true
            && byte(after: 3) == UInt8(ascii: ":")
        if isDayAndTime {
            index += 1
            while let next = byte, next.isScalarByte { index += 1 }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isScalarByte: Bool {
        isWordByte || self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
            || self == UInt8(ascii: ":")
    }
}
