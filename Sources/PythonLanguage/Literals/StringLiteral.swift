public import SourceCode

/// Reads string literals as CPython does.
public enum StringLiteral {
    /// What a literal expression stands for.
    public struct Reading: Hashable, Sendable {
        /// The text, with U+FFFD for each lone surrogate, which no `String` can hold.
        public let text: String
        /// Whether escapes gave lone surrogates.
        public let hasSurrogates: Bool
    }

    /// A place in a literal that makes CPython refuse the file.
    public struct Mistake: Hashable, Sendable {
        /// The offset from the first byte given.
        public let offset: Int
        /// What is wrong, in CPython's words.
        public let message: String
    }

    /// The text of one or more adjacent string literals with whatever stands between and around them.
    ///
    /// - Returns: `nil` for bytes, f-strings and t-strings, for anything else than literals, and for literals that CPython
    ///   refuses. Lone surrogates become U+FFFD.
    public static func value(of bytes: UnsafeBufferPointer<UInt8>, encoding: SourceEncoding) -> String? {
        reading(of: bytes, encoding: encoding)?.text
    }

    /// The text of one or more adjacent string literals, from a part of a file's bytes.
    public static func value(of bytes: ArraySlice<UInt8>, encoding: SourceEncoding) -> String? {
        bytes.withUnsafeBufferPointer { reading(of: $0, encoding: encoding)?.text }
    }

    /// The text of one or more adjacent string literals, and whether it is the whole truth.
    public static func reading(of bytes: UnsafeBufferPointer<UInt8>, encoding: SourceEncoding) -> Reading? {
        var pieces = LiteralPieces(bytes)
        guard let first = pieces.next() else { return nil }
        if encoding.upperHalf == nil, pieces.isAtEnd, first.isText {
            let content = bytes[first.content]
            if !content.contains(where: { $0 == 0x0D || $0 == UInt8(ascii: "\\") && !first.isRaw }) {
                return Reading(text: String(decoding: content, as: UTF8.self), hasSurrogates: false)
            }
        }
        var text = LiteralText()
        guard text.append(first, of: bytes, encoding: encoding) else { return nil }
        while let piece = pieces.next() {
            guard text.append(piece, of: bytes, encoding: encoding) else { return nil }
        }
        return pieces.isBroken ? nil : Reading(text: text.string, hasSurrogates: text.hasSurrogates)
    }

    /// The first mistake in one literal with its prefix and quotes; f-strings' replacement fields are not looked at.
    public static func firstMistake(in literal: UnsafeBufferPointer<UInt8>) -> Mistake? {
        var pieces = LiteralPieces(literal)
        guard let piece = pieces.next() else { return nil }
        let content = UnsafeBufferPointer(rebasing: literal[piece.content])
        guard let found = firstMistake(inContent: content, isBytes: piece.isBytes, isRaw: piece.isRaw) else {
            return nil
        }
        return Mistake(offset: piece.content.lowerBound + found.offset, message: found.message)
    }

    /// The first mistake in what stands between a literal's quotes, or in a text part of an f-string.
    public static func firstMistake(
        inContent content: UnsafeBufferPointer<UInt8>,
        isBytes: Bool,
        isRaw: Bool = false
    ) -> Mistake? {
        if isBytes, let offset = content.firstIndex(where: { $0 >= 0x80 }) {
            return Mistake(offset: offset, message: "bytes can only contain ASCII literal characters")
        }
        guard !isRaw else { return nil }
        var index = 0
        while let backslash = content[index...].firstIndex(of: UInt8(ascii: "\\")) {
            let escape = EscapeSequence.read(in: content, at: backslash, isBytes: isBytes)
            if case .mistake(let message) = escape.meaning { return Mistake(offset: backslash, message: message) }
            index = min(escape.end, content.count)
        }
        return nil
    }
}

/// The text of literals as it grows, in UTF-8.
private struct LiteralText {
    private var utf8: [UInt8] = []
    private(set) var hasSurrogates = false

    var string: String { String(decoding: utf8, as: UTF8.self) }

    /// Adds one literal's text; `false` if it is no text or CPython refuses it.
    mutating func append(
        _ piece: LiteralPieces.Piece,
        of bytes: UnsafeBufferPointer<UInt8>,
        encoding: SourceEncoding
    ) -> Bool {
        guard piece.isText else { return false }
        let content = UnsafeBufferPointer(rebasing: bytes[piece.content])
        guard encoding.upperHalf != nil, content.contains(where: { $0 >= 0x80 }) else {
            return append(content, isRaw: piece.isRaw)
        }
        let decoded = Array(encoding.decode(content).utf8)
        return decoded.withUnsafeBufferPointer { append($0, isRaw: piece.isRaw) }
    }

    /// Adds a content in UTF-8: stretches without backslashes and carriage returns in one go.
    private mutating func append(_ content: UnsafeBufferPointer<UInt8>, isRaw: Bool) -> Bool {
        var index = 0
        var start = 0
        while index < content.count {
            let byte = content[index]
            guard byte == 0x0D || byte == UInt8(ascii: "\\") && !isRaw else {
                index += 1
                continue
            }
            utf8 += content[start..<index]
            if byte == 0x0D {
                utf8.append(0x0A)
                index += index + 1 < content.count && content[index + 1] == 0x0A ? 2 : 1
            } else {
                let escape = EscapeSequence.read(in: content, at: index, isBytes: false)
                guard append(escape.meaning) else { return false }
                index = escape.end
            }
            start = index
        }
        utf8 += content[start...]
        return true
    }

    private mutating func append(_ meaning: EscapeSequence) -> Bool {
        switch meaning {
        case .codePoint(let value) where value < 0x80: utf8.append(UInt8(value))
        case .codePoint(let value):
            let scalar = Unicode.Scalar(value)
            hasSurrogates = hasSurrogates || scalar == nil
            utf8 += UTF8.encode(scalar ?? "\u{FFFD}").map(Array.init) ?? []
        case .unknown: utf8.append(UInt8(ascii: "\\"))
        case .lineContinuation: break
        case .mistake: return false
        }
        return true
    }
}
