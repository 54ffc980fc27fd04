/// A file cut into lines, each with its line end.
struct LineTable {
    /// Where lines end.
    enum Separators: Sendable {
        /// At line feeds only, as patches count lines.
        case lineFeeds
        /// At line feeds, carriage returns or both, as editors show lines.
        case all
    }

    let bytes: [UInt8]
    private let starts: [Int]

    /// Cuts some bytes into lines.
    init(_ bytes: [UInt8], at separators: Separators) {
        self.bytes = bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() {
            let isFeed = byte == UInt8(ascii: "\n")
            let isReturn = separators == .all && byte == UInt8(ascii: "\r")
            let isPair = isReturn && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if isFeed || (isReturn && !isPair) { starts.append(index + 1) }
        }
        if starts.last != bytes.count { starts.append(bytes.count) }
        self.starts = starts
    }

    /// The number of lines; an empty file has none.
    var count: Int { starts.count - 1 }

    /// A line with its end.
    subscript(index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }
}
