/// Replaces a range of bytes to put one docstring in place.
public struct SourceEdit: Hashable, Sendable {
    /// The row of the declaration it documents.
    public let declaration: Int
    /// The bytes that go; empty for an insertion.
    public let range: ByteRange
    /// The bytes that come.
    public let replacement: [UInt8]
    /// The docstring that must be read back, cleaned.
    public let text: String

    /// Makes an edit.
    public init(declaration: Int, range: ByteRange, replacement: [UInt8], text: String) {
        self.declaration = declaration
        self.range = range
        self.replacement = replacement
        self.text = text
    }
}

/// The splices for some docstrings, and those that cannot be placed.
public struct Placements: Sendable {
    /// In file order, without overlaps; a text that stands in its place already needs none.
    public var edits: [SourceEdit] = []
    /// The row of each declaration left out, with the reason.
    public var refusals: [(declaration: Int, reason: String)] = []

    /// No placements.
    public init() {}
}

extension SourceFile {
    /// The file with edits applied, which must be in file order and must not overlap.
    public func applying(_ edits: [SourceEdit]) -> SourceFile {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
        var position = 0
        for edit in edits {
            result += bytes[position..<edit.range.offsets.lowerBound]
            result += edit.replacement
            position = edit.range.offsets.upperBound
        }
        result += bytes[position...]
        return SourceFile(path: path, bytes: result)
    }
}
