/// How SentencePiece writes spaces: as U+2581, with one before the text, without needless ones.
struct SpaceMarks: Sendable {
    /// Where a mark is put before a text.
    enum Prefix: Sendable {
        case never
        case always
        /// Where the text does not begin with one.
        case whereMissing
        /// Where the text does not begin with one, at the beginning of the whole text only.
        case atBeginning
    }

    static let mark = Array("\u{2581}".utf8)

    let prefix: Prefix
    /// Whether spaces at both ends go, and of several only one stays.
    var removesExtra = false
    /// Whether spaces become marks at all.
    var marksSpaces = true
    /// Texts that are taken as one character.
    var symbols: SpecialTokenFinder?

    private var space: [UInt8] { marksSpaces ? Self.mark : [0x20] }

    /// The text with its spaces marked; empty where it is empty.
    func marked(_ buffer: UnsafeBufferPointer<UInt8>, isBeginning: Bool) -> [UInt8] {
        var index = 0
        if removesExtra {
            while index < buffer.count, buffer[index] == 0x20, symbols?.length(in: buffer, at: index) ?? 1 == 1 {
                index += 1
            }
        }
        guard index < buffer.count else { return [] }
        var output: [UInt8] = []
        output.reserveCapacity(buffer.count + buffer.count / 3 + 3)
        var isAfterSpace = removesExtra
        while index < buffer.count {
            let end = index + (symbols?.length(in: buffer, at: index) ?? Self.length(of: buffer[index]))
            var place = index
            while isAfterSpace, place < min(end, buffer.count), buffer[place] == 0x20 { place += 1 }
            if place < end {
                for byte in buffer[place..<min(end, buffer.count)] {
                    if byte == 0x20 { output += space } else { output.append(byte) }
                }
                isAfterSpace = removesExtra && buffer[min(end, buffer.count) - 1] == 0x20
            }
            index = end
        }
        if needsPrefix(output, isBeginning: isBeginning) { output.insert(contentsOf: space, at: 0) }
        if removesExtra {
            while output.count >= space.count, output.suffix(space.count).elementsEqual(space) {
                output.removeLast(space.count)
            }
        }
        return output
    }

    private static func length(of lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    }

    private func needsPrefix(_ output: [UInt8], isBeginning: Bool) -> Bool {
        switch prefix {
        case .never: false
        case .always: true
        case .whereMissing: !output.starts(with: space)
        case .atBeginning: isBeginning && !output.starts(with: space)
        }
    }

    /// The bytes of tokens with spaces for marks, without the one that was put before the text.
    func unmarked(_ bytes: [UInt8]) -> [UInt8] {
        guard marksSpaces else { return bytes }
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let isMark = bytes[index...].starts(with: Self.mark)
            output.append(isMark ? 0x20 : bytes[index])
            index += isMark ? Self.mark.count : 1
        }
        if case .never = prefix { return output }
        return output.first == 0x20 ? Array(output.dropFirst()) : output
    }
}
