import CVocabularies

/// The classes of characters that the patterns of encodings tell apart, by Unicode 16.0 as tiktoken has it.
///
/// The standard library's own tables are newer (4,644 letters more), so they are never asked.
struct CharacterClass: OptionSet {
    let rawValue: UInt8

    /// Letters (L).
    static let letter = CharacterClass(rawValue: 1)
    /// Numbers (N).
    static let number = CharacterClass(rawValue: 2)
    /// White space.
    static let space = CharacterClass(rawValue: 4)
    /// What may begin a word of o200k's pattern: Lu, Lt, Lm, Lo, M.
    static let upper = CharacterClass(rawValue: 8)
    /// What may go on in a word of o200k's pattern: Ll, Lm, Lo, M.
    static let lower = CharacterClass(rawValue: 16)

    /// Letters, numbers and white space: what is none of these is punctuation, a symbol or a mark.
    static let plain: CharacterClass = [.letter, .number, .space]
}

/// A look-up of classes: pages of 256 characters, which many share.
///
/// The tables are part of the binary.
struct CharacterClasses: @unchecked Sendable {
    // Unchecked: the memory is never written, so no lock is needed.
    private let pageNumbers: UnsafePointer<UInt8>
    private let pages: UnsafePointer<UInt8>

    init() {
        let table = docent_classes()
        pageNumbers = table.bytes
        pages = table.bytes + 0x1100
    }

    /// The class of a code point up to U+10FFFF.
    @inline(__always)
    func ofScalar(_ value: UInt32) -> CharacterClass {
        let page = pageNumbers[Int(value &>> 8)]
        return CharacterClass(rawValue: pages[Int(page) &<< 8 | Int(value & 0xFF)])
    }

    /// The class of an ASCII character: the first page is the first 256 code points.
    @inline(__always)
    func ofASCII(_ byte: UInt8) -> CharacterClass {
        CharacterClass(rawValue: pages[Int(byte)])
    }
}
