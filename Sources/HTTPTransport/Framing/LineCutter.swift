import Glibc

/// Cuts bytes into lines, however they come.
///
/// Each byte is looked at once or twice, and a line that comes whole is not copied. A byte order mark in front of the
/// first line is dropped.
struct LineCutter {
    /// The bytes that were not cut yet, and where the next ends of lines were found in them.
    struct Rest {
        let bytes: UnsafeBufferPointer<UInt8>
        var position = 0
        fileprivate var nextLineFeed = -1
        fileprivate var nextReturn = -1

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
        }

        /// The next line feed at or behind the position; the end if there is none.
        fileprivate mutating func lineFeed() -> Int {
            if nextLineFeed < position { nextLineFeed = index(of: UInt8(ascii: "\n")) }
            return nextLineFeed
        }

        /// The next carriage return likewise.
        fileprivate mutating func carriageReturn() -> Int {
            if nextReturn < position { nextReturn = index(of: UInt8(ascii: "\r")) }
            return nextReturn
        }

        private func index(of byte: UInt8) -> Int {
            guard position < bytes.count, let base = bytes.baseAddress else { return bytes.count }
            guard let found = memchr(base + position, Int32(byte), bytes.count - position) else { return bytes.count }
            return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
        }
    }

    let maximumBytes: Int
    private let endsAtCarriageReturn: Bool
    /// The beginning of a line whose end has not come.
    private var begun: [UInt8] = []
    /// Whether a carriage return came last: a line feed belongs to it.
    private var skipsLineFeed = false
    private var isFirst = true

    init(maximumBytes: Int, endsAtCarriageReturn: Bool) {
        self.maximumBytes = maximumBytes
        self.endsAtCarriageReturn = endsAtCarriageReturn
    }

    /// Cuts the next complete line and hands it on without its end; `false` if the bytes hold none.
    mutating func next(
        in rest: inout Rest,
        _ take: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws -> Bool {
        if skipsLineFeed, rest.position < rest.bytes.count {
            skipsLineFeed = false
            if rest.bytes[rest.position] == UInt8(ascii: "\n") { rest.position += 1 }
        }
        let end = endsAtCarriageReturn ? min(rest.lineFeed(), rest.carriageReturn()) : rest.lineFeed()
        let piece = UnsafeBufferPointer(rebasing: rest.bytes[rest.position..<end])
        guard begun.count + piece.count <= maximumBytes else { throw FramingError.tooLarge(maximumBytes) }
        guard end < rest.bytes.count else {
            rest.position = end
            begun.append(contentsOf: piece)
            return false
        }
        skipsLineFeed = rest.bytes[end] == UInt8(ascii: "\r")
        rest.position = end + 1
        try give(piece, to: take)
        return true
    }

    /// The last line, which has no end.
    mutating func finish() -> [UInt8] {
        let line = isFirst && begun.starts(with: Self.mark) ? Array(begun.dropFirst(3)) : begun
        begun = []
        isFirst = false
        return line
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private mutating func give(
        _ piece: UnsafeBufferPointer<UInt8>,
        to take: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard !begun.isEmpty else { return try take(unmarked(piece)) }
        begun.append(contentsOf: piece)
        var line = begun
        begun = []
        try line.withUnsafeBufferPointer { try take(unmarked($0)) }
        guard line.capacity <= 1 << 20 else { return }
        // The memory serves the next line that comes in pieces.
        line.removeAll(keepingCapacity: true)
        begun = line
    }

    private mutating func unmarked(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard isFirst else { return line }
        isFirst = false
        return line.starts(with: Self.mark) ? UnsafeBufferPointer(rebasing: line[3...]) : line
    }
}

extension FramingError {
    /// What says that an event has more bytes than are taken.
    static func tooLarge(_ maximumBytes: Int) -> FramingError {
        FramingError("an event of the stream has more than \(maximumBytes) bytes")
    }
}
