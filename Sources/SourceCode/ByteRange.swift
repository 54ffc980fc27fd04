/// A half-open range of byte offsets in a source file, eight bytes small.
///
/// Files of more than 4 GiB are refused before any range is made.
public struct ByteRange: Hashable, Sendable, BitwiseCopyable {
    /// The offset of the first byte.
    public let start: UInt32
    /// The offset behind the last byte.
    public let end: UInt32

    /// Makes a range from two offsets; an end before the start gives an empty range.
    @inlinable
    public init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: max(start, end))
    }

    /// The empty range at offset 0, used where a fact is absent.
    public static let none = ByteRange(0, 0)

    /// Whether the range holds no byte.
    @inlinable public var isEmpty: Bool { start == end }

    /// The number of bytes.
    @inlinable public var count: Int { Int(end) - Int(start) }

    /// The offsets as a range of `Int`, for subscripts.
    @inlinable public var offsets: Range<Int> { Int(start)..<Int(end) }
}

/// A run of rows in one of an outline's flat tables.
public struct RowRange: Hashable, Sendable, BitwiseCopyable {
    /// The index of the first row.
    public let start: Int32
    /// The index behind the last row.
    public let end: Int32

    /// Makes a run from two row indices.
    @inlinable
    public init(_ start: Int, _ end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// No rows.
    public static let none = RowRange(0, 0)

    /// The row indices, for subscripts.
    @inlinable public var rows: Range<Int> { Int(start)..<Int(end) }
}
