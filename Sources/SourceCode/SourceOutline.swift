/// What a reader found in one file: flat tables of declarations and their facts, over the file's bytes.
///
/// Nothing is text until it is asked for: rows hold byte ranges, and a ``Declaration`` turns them into strings.
/// An outline knows neither docstring styles nor models, and never changes once made.
public final class SourceOutline: Sendable {
    /// The tables, filled by a reader.
    public struct Tables: Sendable {
        /// In file order; the module is the first.
        public var declarations: [DeclarationRecord] = []
        /// The parameters of all functions; a declaration's own are a run of rows, here as in the other tables.
        public var parameters: [ParameterRecord] = []
        /// The `return` statements.
        public var returns: [ResultRecord] = []
        /// The `yield` expressions.
        public var yields: [ResultRecord] = []
        /// The ways in which exceptions are raised.
        public var raises: [RaiseRecord] = []
        /// The conditions under which they are.
        public var guards: [GuardRecord] = []
        /// What class bodies and methods assign.
        public var fields: [FieldRecord] = []
        /// Decorators, bases, type parameters, caught types and callees.
        public var ranges: [ByteRange] = []
        /// Offsets at which lines begin; the first is 0, or 3 behind a byte-order mark.
        public var lineStarts: [UInt32] = []

        /// Empty tables.
        public init() {}
    }

    /// The file as read.
    public let file: SourceFile
    /// How its bytes stand for text.
    public let encoding: SourceEncoding
    /// The line end that most lines have.
    public let lineEnding: LineEnding
    /// One step of indentation: the first that the file makes, else four blanks.
    public let indentationUnit: String
    /// The tables.
    public let tables: Tables
    /// What the reader keeps for its own later use (tokens, for comparing code); opaque to everyone else.
    public let residue: (any Sendable)?

    /// Makes an outline from a reader's tables, whose first declaration must be the module.
    public init(
        file: SourceFile,
        encoding: SourceEncoding,
        layout: (lineEnding: LineEnding, indentationUnit: String),
        tables: Tables,
        residue: (any Sendable)? = nil
    ) {
        self.file = file
        self.encoding = encoding
        lineEnding = layout.lineEnding
        indentationUnit = layout.indentationUnit
        self.tables = tables
        self.residue = residue
    }

    /// All declarations in file order, the module first.
    public var declarations: LazyMapCollection<Range<Int>, Declaration> {
        tables.declarations.indices.lazy.map { Declaration(outline: self, row: $0) }
    }

    /// The text of a range.
    public func text(_ range: ByteRange) -> String {
        guard !range.isEmpty, range.offsets.upperBound <= file.bytes.count else { return "" }
        return encoding.decode(file.bytes[range.offsets])
    }

    /// The line and the byte column of an offset, both counted from 1.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let starts = tables.lineStarts
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return (1, offset + 1) }
        return (low, offset - Int(starts[low - 1]) + 1)
    }
}
