import LanguageModels
import ModelCatalog

/// What a file's text comes to.
struct TextCount: Sendable {
    let path: String
    var tokens = 0
    /// Characters as Unicode has them (scalar values).
    var characters = 0
    var bytes = 0
    var method = ""
    /// What answers have taught, where the count goes by it.
    var calibration: Calibration.Ratio?

    static func + (left: TextCount, right: TextCount) -> TextCount {
        var sum = left
        sum.tokens += right.tokens
        sum.characters += right.characters
        sum.bytes += right.bytes
        return sum
    }
}

/// Lays counts out for people or for programs.
struct CountPage {
    let writesJSON: Bool
    let method: CountingMethod

    /// A line for each file, and for people a total where there are several.
    func text(_ counts: [TextCount]) -> String {
        writesJSON ? counts.map { json($0).text + "\n" }.joined() : table(counts)
    }

    private func json(_ count: TextCount) -> JSONValue {
        var object = JSONObject([
            ("file", .string(count.path)), ("tokens", .integer(count.tokens)), ("exact", .bool(method.isExact)),
            ("method", .string(count.method)),
        ])
        object["calibration"] = count.calibration?.json
        object["characters"] = .integer(count.characters)
        object["bytes"] = .integer(count.bytes)
        return .object(object)
    }

    private func table(_ counts: [TextCount]) -> String {
        guard !counts.isEmpty else { return "" }
        var rows = counts
        if counts.count > 1 { rows.append(counts.reduce(TextCount(path: "total"), +)) }
        let mark = method.isExact ? "" : "~"
        let head =
            method.isExact
            ? ["tokens", "characters", "bytes", "file"]
            : ["tokens (estimate)", "characters", "bytes", "file", "counted"]
        let cells = rows.map {
            [
                "\(mark)\($0.tokens)", "\($0.characters)", "\($0.bytes)",
                $0.path == "-" ? "" : VisibleText.of($0.path), $0.method,
            ]
        }.map { method.isExact ? $0.dropLast() : $0 }
        return TextTable([head] + cells, right: [0, 1, 2]).lines.map { $0 + "\n" }.joined()
    }
}
