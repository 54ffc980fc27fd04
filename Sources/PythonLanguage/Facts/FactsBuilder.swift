import SourceCode

/// Collects declarations and their facts while the parser goes through a file.
///
/// Facts arrive in file order, those of nested declarations in between; each is kept with its owner's row, and all
/// are grouped by owner at the end.
struct FactsBuilder: ~Copyable {
    let base: UnsafePointer<UInt8>
    let count: Int
    let comments: CommentIndex
    /// Whether more is wanted than the declarations with their places and docstrings.
    let keepsFacts: Bool
    var tables = SourceOutline.Tables()

    var frames: [Frame] = []
    var guards: [GuardRecord] = []
    var handlers: [ExceptionHandler] = []
    var loopBreaks: [Bool] = []

    var returnRows = OwnedRows<ResultRecord>()
    var yieldRows = OwnedRows<ResultRecord>()
    var raiseRows = OwnedRows<RaiseRecord>()
    var catchRows = OwnedRows<ByteRange>()
    var callRows = OwnedRows<ByteRange>()
    var fieldRows = OwnedRows<FieldRecord>()
    var attributeRows = OwnedRows<FieldRecord>()

    /// How often each qualified path was declared.
    var pathCounts: [UInt64: Int32] = [:]
    /// Each declaration's path, as a hash.
    var pathHashes: [UInt64] = []
    /// The last component of the first base of each exception class that the file has defined so far.
    var exceptionBases: [Substring: Substring] = [:]
    /// Names that a class statement or a `from … import` binds anywhere in the file.
    var knownClassNames: Set<UInt64> = []
    /// The field that the previous statement assigned, for the string that may follow.
    var lastField: LastField?
    /// The assignment whose comment was looked for last, with what was found.
    var lastCommented: (statement: ByteRange, comment: ByteRange) = (.none, .none)
    /// How many statements so far seem to end the way through the body, though it may go on behind them.
    var softEnds = 0
    /// What the module does with docstrings at run time.
    var runtime = RuntimeDocstrings.Module()

    /// What is known of a declaration whose body is being read.
    struct Frame {
        var row: Int
        var kind: DeclarationKind
        var guardBase: Int
        var handlerBase: Int
        /// The name of the first parameter of a method; empty elsewhere.
        var receiver = ByteRange.none
        var complexity: Int32 = 1
        /// Something other than a docstring, `pass`, `...` and `raise NotImplementedError`.
        var hasCode = false
        var yields = false
        var setsDocstring = false
        /// A statement before the one at hand, in the same suite or one around it, never lets control go on.
        var isUnreachable = false
        /// What may have led away on the ways to the statement at hand.
        var departures: Departures = []
        var attributeNames: Set<UInt64> = []
    }

    /// Statements by which control may leave before it comes to a place.
    struct Departures: OptionSet {
        let rawValue: UInt8

        /// A `return`.
        static let returned = Departures(rawValue: 1)
        /// A `break` or `continue` of a loop around the place.
        static let jumped = Departures(rawValue: 2)
    }

    /// Where the field of the previous statement is kept.
    enum LastField {
        case field(row: Int)
        case attribute(row: Int)
    }

    init(base: UnsafePointer<UInt8>, count: Int, comments: CommentIndex, keepsFacts: Bool) {
        self.base = base
        self.count = count
        self.comments = comments
        self.keepsFacts = keepsFacts
    }

    /// The row of the declaration whose body is being read.
    var owner: Int { frames[frames.count - 1].row }

    mutating func beginModule() {
        var module = DeclarationRecord()
        module.extent = ByteRange(comments.contentStart, count)
        module.body = module.extent
        tables.declarations.append(module)
        pathHashes.append(NameHash.empty)
        frames.append(Frame(row: 0, kind: .module, guardBase: 0, handlerBase: 0))
    }

    mutating func endModule() {
        closeFrame()
    }

    mutating func beginDeclaration(_ record: DeclarationRecord) -> Int {
        notesCode()
        lastField = nil
        var record = record
        let row = tables.declarations.count
        let outer = frames[frames.count - 1]
        record.parent = Int32(truncatingIfNeeded: outer.row)
        frames.append(
            Frame(row: row, kind: record.kind, guardBase: guards.count, handlerBase: handlers.count)
        )
        guard keepsFacts else {
            tables.declarations.append(record)
            return row
        }
        let isNested = outer.kind == .function || tables.declarations[outer.row].traits.contains(.isNested)
        if isNested { record.traits.insert(.isNested) }
        record.traits.formUnion(decoratorTraits(of: record))
        let path = NameHash.of(base, record.name, after: pathHashes[outer.row])
        record.ordinal = (pathCounts[path] ?? 0) + 1
        pathCounts[path] = record.ordinal
        if record.kind == .class { knownClassNames.insert(NameHash.of(base, record.name)) }
        record.leadingComment = comments.blockAbove(Int(record.extent.start))
        pathHashes.append(path)
        tables.declarations.append(record)
        return row
    }

    /// Called in front of the colon: parameters and bases are known.
    mutating func endsSignature(of row: Int) {
        guard keepsFacts else { return }
        if tables.declarations[row].kind == .class {
            tables.declarations[row].traits.formUnion(baseTraits(of: tables.declarations[row]))
            noteExceptionBase(of: tables.declarations[row])
        } else {
            markReceiver(of: row)
        }
    }

    private mutating func markReceiver(of row: Int) {
        let record = tables.declarations[row]
        let parent = Int(record.parent)
        guard parent >= 0, tables.declarations[parent].kind == .class else { return }
        guard !record.traits.contains(.isStaticMethod), let first = record.parameters.rows.first else { return }
        let kind = tables.parameters[first].kind
        guard kind == .positional || kind == .positionalOnly else { return }
        tables.parameters[first].isReceiver = true
        frames[frames.count - 1].receiver = tables.parameters[first].name
    }

    mutating func makesPositionalOnly(from first: Int) {
        for row in first..<tables.parameters.count { tables.parameters[row].kind = .positionalOnly }
    }

    /// Called at the first statement of a body; without an indent the body stands on the header's line.
    mutating func beginsBody(of row: Int, at start: Int, colonEnd: Int, indent: ByteRange?, line: Int) {
        let headerStart = Int(tables.declarations[row].header.start)
        tables.declarations[row].header = ByteRange(headerStart, colonEnd)
        tables.declarations[row].body = ByteRange(start, start)
        guard keepsFacts else { return }
        tables.declarations[row].headerComment = comments.trailing(behind: colonEnd)
        if let indent {
            tables.declarations[row].indentation = indent
            tables.declarations[row].insertion = UInt32(truncatingIfNeeded: behindTypeComments(line))
            tables.declarations[row].bodyComment = comments.blockAbove(start)
        } else {
            tables.declarations[row].indentation = comments.indentation(before: headerStart)
            tables.declarations[row].insertion = UInt32(truncatingIfNeeded: colonEnd)
            tables.declarations[row].traits.insert(.isOneLineSuite)
        }
    }

    /// Moves an insertion point behind `# type: (…) -> …` lines, which must stay under the header (PEP 484).
    private func behindTypeComments(_ line: Int) -> Int {
        var start = line
        while let end = comments.endOfTypeCommentLine(at: start) { start = end }
        return start
    }

    mutating func endsBody(of row: Int, at end: Int) {
        let start = Int(tables.declarations[row].body.start)
        tables.declarations[row].body = ByteRange(start, end)
    }

    mutating func endDeclaration(_ row: Int, end: Int) {
        let start = Int(tables.declarations[row].extent.start)
        tables.declarations[row].extent = ByteRange(start, end)
        closeFrame()
        lastField = nil
    }

    private mutating func closeFrame() {
        let frame = frames.removeLast()
        if frame.kind == .function { tables.declarations[frame.row].complexity = frame.complexity }
        if frame.yields { tables.declarations[frame.row].traits.insert(.isGenerator) }
        if frame.setsDocstring { tables.declarations[frame.row].traits.insert(.setsDocstringItself) }
        if !frame.hasCode, frame.kind != .module { tables.declarations[frame.row].traits.insert(.isStub) }
    }

    mutating func docstring(_ literals: ByteRange, of row: Int) {
        tables.declarations[row].docstring = literals
    }

    // MARK: Control flow

    /// Notes that the body does something.
    @inline(__always)
    mutating func notesCode() {
        frames[frames.count - 1].hasCode = true
        lastField = nil
    }

    /// Notes a decision point.
    @inline(__always)
    mutating func branches() {
        frames[frames.count - 1].complexity += 1
        notesCode()
    }

    mutating func beginsLoop() { loopBreaks.append(false) }

    /// Ends a loop and tells whether a `break` leaves it.
    mutating func endsLoop() -> Bool { loopBreaks.popLast() ?? false }

    mutating func breaksLoop() {
        notesCode()
        if !loopBreaks.isEmpty { loopBreaks[loopBreaks.count - 1] = true }
    }

    /// Notes a `break` or a `continue`.
    mutating func jumps() {
        if !isUnreachable { departures.insert(.jumped) }
    }
}

/// Facts with the rows of the declarations they belong to.
struct OwnedRows<Row> {
    var rows: [Row] = []
    var owners: [Int32] = []

    @inline(__always)
    mutating func append(_ row: Row, owner: Int) {
        rows.append(row)
        owners.append(Int32(truncatingIfNeeded: owner))
    }

    /// The rows grouped by owner, in order, and each owner's run.
    func grouped(ownerCount: Int) -> (rows: [Row], runs: [RowRange]) {
        var ends = [Int](repeating: 0, count: ownerCount + 1)
        for owner in owners { ends[Int(owner) + 1] += 1 }
        for index in 0..<ownerCount { ends[index + 1] += ends[index] }
        let runs = (0..<ownerCount).map { RowRange(ends[$0], ends[$0 + 1]) }
        guard !rows.isEmpty else { return ([], runs) }
        var order = [Int](repeating: 0, count: rows.count)
        var next = ends
        for (index, owner) in owners.enumerated() {
            order[next[Int(owner)]] = index
            next[Int(owner)] += 1
        }
        return (order.map { rows[$0] }, runs)
    }
}

/// Names as integers (FNV-1a, 64 bits), for counting and finding them without strings.
enum NameHash {
    static let empty: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    static func of(_ base: UnsafePointer<UInt8>, _ range: ByteRange, after seed: UInt64 = empty) -> UInt64 {
        var hash = (seed ^ 0x2E) &* 0x100_0000_01B3
        for index in range.offsets { hash = (hash ^ UInt64(base[index])) &* 0x100_0000_01B3 }
        return hash
    }
}
