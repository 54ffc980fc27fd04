/// The number of tokens of a text that grows: exact at every moment, without counting again what can no longer change.
///
/// Appending costs time in proportion to what is appended, but for a piece that never ends, such as a million letters,
/// and for encodings from files that see a text as one piece: these count all of it each time.
public struct GrowingTokenCount: ~Copyable {
    private var counter: TokenCounter
    private var settled = 0
    /// Bytes whose pieces may still change, normalized as the encoding wants them.
    private var pending: [UInt8] = []
    /// What follows them and is not normalized, because more may compose with it.
    private var unnormalized: [UInt8] = []
    /// The beginning of a character that is not there in full yet.
    private var incomplete: [UInt8] = []
    /// How many bytes are looked at again together at least.
    private let smallest: Int
    private var sizeToSettle: Int
    private var appended = 0
    /// About how many bytes the counter remembers pieces for.
    package private(set) var memory = 0

    /// A counter for so many bytes has all the memory that one can have.
    private static let enough = 1 << 20
    /// So many bytes at once are the beginning of more.
    private static let much = 1 << 18

    /// An empty text.
    public init(_ encoding: TokenEncoding) {
        self.init(encoding, settlingFrom: 4096)
    }

    package init(_ encoding: TokenEncoding, settlingFrom bytes: Int) {
        smallest = bytes
        sizeToSettle = bytes
        counter = TokenCounter(encoding, forBytes: 0)
    }

    /// The number of tokens of all that was appended; a character that is not complete counts as U+FFFD.
    public var count: Int {
        mutating get {
            settle()
            let last = unnormalized + (incomplete.isEmpty ? [] : Array("\u{FFFD}".utf8))
            guard counter.encoding.isLocal else { return last.withUnsafeBufferPointer { counter.count(utf8: $0) } }
            let rest = normalized(last)
            return settled + (pending + rest).withUnsafeBufferPointer { counter.count(normalized: $0) }
        }
    }

    /// Appends a text.
    public mutating func append(_ text: String) {
        append(bytes: text.utf8)
    }

    /// Appends bytes in UTF-8, which may end inside a character; what is no UTF-8 is repaired with U+FFFD.
    public mutating func append(bytes: some Sequence<UInt8>) {
        let known = incomplete.count
        incomplete.append(contentsOf: bytes)
        grow(by: incomplete.count - known)
        let complete = incomplete.count - UTF8Bytes.incompleteCount(atEndOf: incomplete)
        if incomplete[..<complete].withUnsafeBufferPointer({ UTF8Bytes.areValid($0) }) {
            unnormalized += incomplete[..<complete]
        } else {
            unnormalized += String(decoding: incomplete[..<complete], as: UTF8.self).utf8
        }
        incomplete.removeFirst(complete)
        normalize()
        if pending.count >= sizeToSettle { settle() }
    }

    /// Lets the counter remember more where more came than it was made for.
    ///
    /// What comes first is mostly all that comes. A new counter has to learn all pieces again, so that later ones are
    /// made for eight times what came.
    private mutating func grow(by bytes: Int) {
        let isFirst = appended == 0
        appended += bytes
        guard appended > memory, memory < Self.enough else { return }
        memory = isFirst && appended < Self.much ? appended : min(8 * appended, Self.enough)
        counter = TokenCounter(counter.encoding, forBytes: memory)
    }

    /// Normalizes up to the last place between two ASCII characters, which nothing composes across.
    private mutating func normalize() {
        guard counter.encoding.isLocal else { return }
        var end = unnormalized.count
        if counter.encoding.normalization != nil {
            end -= 1
            while end > 0, unnormalized[end] | unnormalized[end - 1] >= 0x80 { end -= 1 }
        }
        guard end > 0 else { return }
        pending += normalized(Array(unnormalized[..<end]))
        unnormalized.removeFirst(end)
    }

    private func normalized(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { counter.encoding.normalization?.normalized($0) } ?? bytes
    }

    /// Counts the pieces that nothing can change any more, and forgets their bytes.
    private mutating func settle() {
        let end = pending.withUnsafeBufferPointer { buffer in
            let (end, count) = counter.countFinal(utf8: buffer)
            settled += count
            return end
        }
        pending.removeFirst(end)
        sizeToSettle = max(smallest, 2 * pending.count)
    }
}

extension TokenCounter {
    /// The number of tokens of the pieces that stay what they are whatever is appended, and where they end.
    mutating func countFinal(utf8 buffer: UnsafeBufferPointer<UInt8>) -> (end: Int, count: Int) {
        let text = TextBytes(buffer, CharacterClasses())
        var count = 0
        var index = 0
        while index < text.count {
            let end = encoding.pattern.end(ofPieceAt: index, in: text)
            guard encoding.pattern.isFinal(pieceEndingAt: end, in: text) else { break }
            count += encoder.count(text, from: index, to: end)
            index = end
        }
        return (index, count)
    }
}
