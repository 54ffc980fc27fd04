/// A Unicode normalization that an encoding asks for.
///
/// By Unicode 14.0; characters of later versions stay as they are. The standard library has no NFKC, and Foundation's
/// would bring ICU.
enum Normalization: Sendable {
    case nfc
    case nfkc
    /// Spaces are written as U+2581, as SentencePiece does.
    case spaces(SpaceMarks)

    /// The normalized text; `nil` where it stays what it is, as ASCII does in the forms of Unicode.
    ///
    /// `isBeginning` says whether the buffer is at the beginning of the text.
    func normalized(_ buffer: UnsafeBufferPointer<UInt8>, isBeginning: Bool = true) -> [UInt8]? {
        switch self {
        case .nfc: Self.normalized(buffer, isCompatible: false)
        case .nfkc: Self.normalized(buffer, isCompatible: true)
        case .spaces(let marks): marks.marked(buffer, isBeginning: isBeginning)
        }
    }

    private static func normalized(_ buffer: UnsafeBufferPointer<UInt8>, isCompatible: Bool) -> [UInt8]? {
        guard buffer.contains(where: { $0 >= 0x80 }) else { return nil }
        var normalizer = Normalizer(isCompatible: isCompatible, capacity: buffer.count)
        var decoder = UTF8()
        var bytes = buffer.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) { normalizer.append(scalar.value) }
        return normalizer.finish()
    }
}

/// Normalizes a text segment by segment: nothing before an ASCII character composes with it or what follows.
private struct Normalizer {
    private let table = NormalizationTable()
    private let isCompatible: Bool
    private var segment: [UInt32] = []
    private var output: [UInt8] = []

    init(isCompatible: Bool, capacity: Int) {
        self.isCompatible = isCompatible
        output.reserveCapacity(capacity)
    }

    mutating func append(_ value: UInt32) {
        if value < 0x80 { flush() }
        table.decompose(value, isCompatible: isCompatible, into: &segment)
    }

    mutating func finish() -> [UInt8] {
        flush()
        return output
    }

    private mutating func flush() {
        if segment.count == 1, segment[0] < 0x80 {
            output.append(UInt8(segment[0]))
        } else if !segment.isEmpty {
            let classes = sortMarks()
            for value in composed(classes) {
                output.append(contentsOf: Unicode.Scalar(value).flatMap(UTF8.encode).map(Array.init) ?? [])
            }
        }
        segment.removeAll(keepingCapacity: true)
    }

    /// Brings marks between two starters into the order of their classes.
    private mutating func sortMarks() -> [UInt8] {
        var classes = segment.map(table.combiningClass)
        var start = 0
        while start < segment.count {
            var end = start
            while end < segment.count, classes[end] != 0 { end += 1 }
            if end > start + 1 {
                let order = (start..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }
                let (marks, markClasses) = (order.map { segment[$0] }, order.map { classes[$0] })
                segment.replaceSubrange(start..<end, with: marks)
                classes.replaceSubrange(start..<end, with: markClasses)
            }
            start = end + 1
        }
        return classes
    }

    private func composed(_ classes: [UInt8]) -> [UInt32] {
        var result: [UInt32] = []
        var starter: Int?
        var lastClass: UInt8 = 0
        for (value, kind) in zip(segment, classes) {
            let isAdjacent = starter.map { $0 == result.count - 1 } ?? false
            if let place = starter, isAdjacent || (lastClass < kind && lastClass != 0),
                let composite = table.composition(of: result[place], value)
            {
                result[place] = composite
                continue
            }
            if kind == 0 { starter = result.count }
            lastClass = kind
            result.append(value)
        }
        return result
    }
}
