/// Cuts a stream that is one JSON array into its elements, however it is laid out: each is the data of an event.
///
/// An object in place of the array is taken for its only element. Only the array's own structure is read; whether the
/// elements are JSON is for their reader to see.
public struct JSONArrayFraming: StreamFraming {
    private enum Place {
        case beforeArray
        /// Behind the opening bracket: an element or the end.
        case beforeFirst
        /// Behind a comma: an element.
        case beforeElement
        case inElement
        /// Behind an element: a comma or the end.
        case behindElement
        case behindArray
    }

    private let maximumEventBytes: Int
    private var place = Place.beforeArray
    private var element: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isBare = false
    /// The bytes of a byte order mark that have come.
    private var markBytes = 0

    /// A framing at the beginning of a stream, whose elements have at most so many bytes; 64 MiB by default.
    public init(maximumEventBytes: Int = 64 << 20) {
        self.maximumEventBytes = maximumEventBytes
    }

    /// Takes the next bytes, however they were cut, and hands on the elements that they complete.
    ///
    /// - Throws: ``FramingError`` where the bytes are no array, or an element is too large; what `take` throws.
    public mutating func consume(_ bytes: [UInt8], _ take: (ServerSentEvent) throws -> Void) throws {
        try bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                if place == .inElement {
                    try advance(in: bytes, &position, take)
                } else {
                    try between(bytes[position], &position)
                }
            }
        }
    }

    /// Ends the stream; an array without its closing bracket is taken, if no element was begun.
    ///
    /// - Throws: ``FramingError`` where the stream ended inside an element.
    public mutating func finish() throws -> [ServerSentEvent] {
        guard place == .inElement else { return [] }
        throw FramingError("the stream ended inside an element of its JSON array")
    }

    /// Reads a byte outside the elements; the position stays where an element begins.
    private mutating func between(_ byte: UInt8, _ position: inout Int) throws {
        guard !isMark(byte), !byte.isJSONSpace else { return position += 1 }
        switch (place, byte) {
        case (.beforeArray, UInt8(ascii: "[")):
            place = .beforeFirst
            position += 1
        case (.beforeArray, UInt8(ascii: "{")):
            isBare = true
            place = .inElement
        case (.beforeArray, _):
            throw FramingError("the stream is no JSON array: it begins with \(Self.quoted(byte))")
        case (.behindElement, UInt8(ascii: ",")):
            place = .beforeElement
            position += 1
        case (.beforeFirst, UInt8(ascii: "]")), (.behindElement, UInt8(ascii: "]")):
            place = .behindArray
            position += 1
        case (.behindElement, _), (.behindArray, _), (_, UInt8(ascii: ",")), (_, UInt8(ascii: "]")),
            (_, UInt8(ascii: "}")):
            throw FramingError("the stream's JSON array is broken: \(Self.quoted(byte)) stands where it cannot")
        default:
            place = .inElement
        }
    }

    /// Whether a byte belongs to a byte order mark at the very beginning.
    private mutating func isMark(_ byte: UInt8) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard place == .beforeArray, markBytes < 3, byte == mark[markBytes] else { return false }
        markBytes += 1
        return true
    }

    /// Reads on inside an element, to its end or to that of the bytes.
    private mutating func advance(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ take: (ServerSentEvent) throws -> Void
    ) throws {
        let start = position
        var isComplete = false
        while position < bytes.count, !isComplete {
            if depth == 0, !isInString, Self.ends(bytes[position]), position > start || !element.isEmpty {
                isComplete = true
            } else {
                step(bytes[position])
                position += 1
                isComplete = depth == 0 && isClosed(bytes[position - 1])
            }
        }
        guard element.count + position - start <= maximumEventBytes else {
            throw FramingError.tooLarge(maximumEventBytes)
        }
        element.append(contentsOf: bytes[start..<position])
        guard isComplete else { return }
        let event = ServerSentEvent(data: element)
        element = []
        place = isBare ? .behindArray : .behindElement
        try take(event)
    }

    private mutating func step(_ byte: UInt8) {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
    }

    /// Whether the byte that was just read ends an element by itself.
    private func isClosed(_ byte: UInt8) -> Bool {
        guard !isInString else { return false }
        return byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "\"")
    }

    /// Whether a byte ends a number or a name in front of it.
    private static func ends(_ byte: UInt8) -> Bool {
        byte.isJSONSpace || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    private static func quoted(_ byte: UInt8) -> String {
        0x21...0x7E ~= byte ? "`\(Character(UnicodeScalar(byte)))`" : "the byte \(byte)"
    }
}
