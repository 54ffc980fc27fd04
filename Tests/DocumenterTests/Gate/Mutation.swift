/// Spoils a file at random, in the same way for the same seed.
struct Mutation {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private static let pieces = [
        "(", ")", "[", "]", "{", "}", ":", ",", ";", "=", ":=", "*", "**", "\\", "\n", "\r", "\t", "    ", "\u{0C}",
        "#", "'", "\"",
        "'''", "\"\"\"", "f'", "{", "}", "lambda ", "if ", "else ", "for x in ", "yield ", "await ", "not ", "async ",
        "def ",
        "class ", "match ", "case ", "type ", "except ", "é", "\u{FEFF}", "\0", "0x", "1e", ".", "->", "@", "!", "\\\n",
    ].map { Array($0.utf8) }

    /// The bytes with one to three changes.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[place(in: bytes)] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place(in: bytes)] = UInt8.random(in: 0...255, using: &generator)
            case 2: changeLine(&bytes, times: 0)
            case 3: changeLine(&bytes, times: 2)
            case 4: removeBracket(&bytes)
            case 5: bytes.remove(at: place(in: bytes))
            case 6: bytes.removeLast(bytes.count - place(in: bytes))
            default: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: place(in: bytes))
            }
        }
        return bytes
    }

    private mutating func place(in bytes: [UInt8]) -> Int { Int.random(in: 0..<bytes.count, using: &generator) }

    /// Drops or doubles a line.
    private mutating func changeLine(_ bytes: inout [UInt8], times: Int) {
        let place = place(in: bytes)
        let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        let line = Array(bytes[start..<end])
        bytes.replaceSubrange(start..<end, with: Array(repeatElement(line, count: times).joined()))
    }

    private mutating func removeBracket(_ bytes: inout [UInt8]) {
        let brackets = bytes.indices.filter { "()[]{}".utf8.contains(bytes[$0]) }
        if let place = brackets.randomElement(using: &generator) { bytes.remove(at: place) }
    }
}
