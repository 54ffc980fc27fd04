/// Rows of words set in columns for people.
struct TextTable {
    /// The rows, each as wide as its columns ask for; the last column is not padded.
    let lines: [String]

    /// Sets rows of as many columns as the longest has; columns in `right` end at the same place.
    init(_ rows: [[String]], right: Set<Int> = []) {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        lines = rows.map { row in
            let cells = row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return right.contains(column) ? space + text : text + space
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
