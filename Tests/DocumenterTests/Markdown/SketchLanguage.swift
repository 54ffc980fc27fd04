import SourceCode

/// A reader for the small, plainly laid out Python texts of these tests: a header ends at the first line that ends with
/// a colon, a docstring is a `"""` literal on the line behind it, and traits come from the last word of each decorator.
struct SketchLanguage: SourceLanguage {
    let fileExtensions = ["py", "pyi"]
    let stubExtensions = ["pyi"]

    func read(_ file: SourceFile) -> SourceOutline {
        var reader = SketchReader(file)
        reader.read()
        return SourceOutline(
            file: file,
            encoding: .utf8,
            layout: (.lineFeed, "    "),
            tables: reader.tables
        )
    }

    func likelyDocstrings(in file: SourceFile) -> [ByteRange] { [] }

    func docstring(of declaration: Declaration) -> String? {
        guard declaration.hasDocstring else { return nil }
        let lines = outdented(declaration.outline.text(declaration.record.docstring).dropFirst(3).dropLast(3))
        return lines.joined(separator: "\n")
    }

    func placements(of docstrings: [Int: String], in outline: SourceOutline, options: PlacementOptions) -> Placements {
        Placements()
    }

    func codeDifference(between before: SourceOutline, and after: SourceOutline) -> String? { nil }

    private func outdented(_ text: Substring) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let margin =
            lines.dropFirst().filter { !$0.allSatisfy { $0 == " " } }
            .map { $0.prefix { $0 == " " }.count }.min() ?? 0
        for row in lines.indices.dropFirst() { lines[row] = lines[row].dropFirst(margin) }
        while let last = lines.last, last.allSatisfy({ $0 == " " }) { lines.removeLast() }
        return lines
    }
}

private struct SketchReader {
    var tables = SourceOutline.Tables()
    private let bytes: [UInt8]
    private var lines: [Range<Int>] = []
    private var row = 0
    private var open: [(indentation: Int, declaration: Int)] = [(-1, 0)]
    private var decorators: (start: Int, ranges: [ByteRange])?
    private var seen: [String: Int32] = [:]

    init(_ file: SourceFile) {
        bytes = file.bytes
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
            lines.append(start..<end)
            start = end + 1
        }
    }

    mutating func read() {
        tables.lineStarts = lines.map { UInt32($0.lowerBound) }
        var module = DeclarationRecord()
        module.docstring = literal(at: 0)
        module.body = ByteRange(0, bytes.count)
        tables.declarations = [module]
        row = module.docstring.isEmpty ? 0 : line(of: Int(module.docstring.end)) + 1
        while row < lines.count { readLine() }
    }

    private mutating func readLine() {
        let indentation = lines[row].prefix { bytes[$0] == 32 }.count
        let start = lines[row].lowerBound + indentation
        if start < lines[row].upperBound { while (open.last?.indentation ?? -1) >= indentation { open.removeLast() } }
        let words = text(start..<lines[row].upperBound).split { " (:".contains($0) }
        if words.first?.hasPrefix("@") == true {
            decorators = (
                decorators?.start ?? start, (decorators?.ranges ?? []) + [ByteRange(start + 1, lines[row].upperBound)]
            )
        } else if words.first == "def" || words.first == "async" || words.first == "class" {
            readDeclaration(at: start, indentation: indentation, words: words)
        } else if !words.isEmpty, indentation == 0, text(lines[row]).hasPrefix("if ") {
            isConditional = true
        }
        row += 1
    }

    private var isConditional = false

    private mutating func readDeclaration(at start: Int, indentation: Int, words: [Substring]) {
        let first = row
        while row < lines.count - 1, bytes[lines[row].upperBound - 1] != 58 { row += 1 }
        var record = DeclarationRecord()
        record.kind = words[0] == "class" ? .class : .function
        record.parent = Int32(open.last?.declaration ?? 0)
        record.header = ByteRange(start, lines[row].upperBound)
        record.extent = ByteRange(decorators?.start ?? start, lines[row].upperBound)
        record.line = Int32(first + 1)
        let name = words[words[0] == "async" ? 2 : 1].prefix { $0 != "[" }
        let offset = start + text(start..<lines[first].upperBound).utf8.count
        record.name = firstRange(of: name, in: start..<offset)
        let count = tables.ranges.count
        tables.ranges += decorators?.ranges ?? []
        record.decorators = RowRange(count, tables.ranges.count)
        record.traits = traits(of: decorators?.ranges ?? [])
        decorators = nil
        if isConditional && indentation > 0 && record.parent == 0 { record.traits.insert(.isConditional) }
        if tables.declarations[Int(record.parent)].kind == .function { record.traits.insert(.isNested) }
        readArguments(of: &record)
        record.docstring = literal(at: row + 1)
        if !record.docstring.isEmpty { row = line(of: Int(record.docstring.end)) }
        tables.declarations.append(record)
        let path = Declaration(outline: outline, row: tables.declarations.count - 1).path
        seen[path, default: 0] += 1
        tables.declarations[tables.declarations.count - 1].ordinal = seen[path] ?? 1
        open.append((indentation, tables.declarations.count - 1))
    }

    private var outline: SourceOutline {
        SourceOutline(
            file: SourceFile(path: "", bytes: bytes),
            encoding: .utf8,
            layout: (.lineFeed, "    "),
            tables: tables
        )
    }

    private mutating func readArguments(of record: inout DeclarationRecord) {
        let header = record.header.offsets
        guard let left = bytes[header].firstIndex(of: 40), let right = bytes[header].lastIndex(of: 41) else { return }
        let first = record.kind == .class ? tables.ranges.count : tables.parameters.count
        for part in bytes[left + 1..<right].split(separator: 44) {
            let name = part.drop { $0 == 32 || $0 == 42 || $0 == 10 }.prefix { !" :=".utf8.contains($0) }
            guard !name.isEmpty else { continue }
            let range = ByteRange(name.startIndex, name.endIndex)
            if record.kind == .class {
                tables.ranges.append(range)
            } else {
                tables.parameters.append(ParameterRecord(kind: .positional, name: range))
            }
        }
        if record.kind == .class {
            record.bases = RowRange(first, tables.ranges.count)
        } else {
            record.parameters = RowRange(first, tables.parameters.count)
        }
    }

    private func traits(of decorators: [ByteRange]) -> DeclarationTraits {
        let known: [Substring: DeclarationTraits] = [
            "overload": .isOverload, "property": .isProperty, "setter": .isSetter, "deleter": .isDeleter,
            "register": .isRegistration, "override": .isOverride, "command": .hasRuntimeDocstring,
            "generated": .isGenerated, "protected": .isInProtectedZone, "selfmade": .setsDocstringItself,
        ]
        let words = decorators.compactMap { text($0.offsets).split { ".()".contains($0) }.last.map(Substring.init) }
        return words.reduce(into: []) { $0.formUnion(known[$1] ?? []) }
    }

    private func literal(at row: Int) -> ByteRange {
        guard row < lines.count else { return .none }
        let start = lines[row].lowerBound + lines[row].prefix { bytes[$0] == 32 }.count
        guard bytes[start...].starts(with: Array(#"""""#.utf8)) else { return .none }
        var end = start + 3
        while end < bytes.count, !bytes[end...].starts(with: Array(#"""""#.utf8)) { end += 1 }
        return ByteRange(start, end + 3)
    }

    private func line(of offset: Int) -> Int { (lines.firstIndex { $0.upperBound >= offset }) ?? lines.count - 1 }

    private func firstRange(of name: Substring, in range: Range<Int>) -> ByteRange {
        let wanted = Array(name.utf8)
        let start = range.dropFirst(4).first { bytes[$0...].starts(with: wanted) } ?? range.lowerBound
        return ByteRange(start, start + wanted.count)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
