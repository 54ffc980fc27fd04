public import SourceCode

/// Finds out how a Python file's bytes stand for text, as CPython does: byte-order mark, cookie, else UTF-8.
///
/// The whole file is checked at once, so what is accepted can be decoded everywhere. CPython lets malformed UTF-8
/// pass in comments in some of its ways to read a file; here it is refused.
public enum PythonEncoding {
    /// The encoding of a file's bytes and the offset at which its text begins: 3 behind a byte-order mark, else 0.
    public static func detect(
        _ bytes: [UInt8]
    ) -> Result<(encoding: SourceEncoding, contentStart: Int), EncodingProblem> {
        bytes.withUnsafeBufferPointer { buffer in
            detect(in: buffer).flatMap { found in
                guard let wrong = found.encoding.firstUndecodableOffset(in: buffer, from: found.contentStart) else {
                    return .success(found)
                }
                let reason = "byte 0x\(hexadecimal(buffer[wrong])) is not valid in \(found.encoding.name)"
                return .failure(EncodingProblem(at: wrong, in: buffer, reason: reason))
            }
        }
    }

    /// The encoding that a cookie's name means; `nil` for a name that is unknown or not supported.
    public static func named(_ name: String) -> SourceEncoding? {
        let bytes = Array(name.utf8)
        return bytes.withUnsafeBufferPointer { EncodingTables.encoding(named: normalized($0)) }
    }

    private static func detect(
        in buffer: UnsafeBufferPointer<UInt8>
    ) -> Result<(encoding: SourceEncoding, contentStart: Int), EncodingProblem> {
        let hasMark = buffer.count >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF
        let start = hasMark ? 3 : 0
        guard let cookie = EncodingCookie.find(in: buffer, from: start) else { return .success((.utf8, start)) }
        let written = UnsafeBufferPointer(rebasing: buffer[cookie])
        let name = normalized(written)
        if hasMark, name != "utf-8" {
            let reason = "encoding '\(text(written))' contradicts the byte-order mark, which says UTF-8"
            return .failure(EncodingProblem(at: cookie.lowerBound, in: buffer, reason: reason))
        }
        guard let encoding = EncodingTables.encoding(named: name) else {
            let reason = "encoding '\(text(written))' is not supported; convert the file to UTF-8"
            return .failure(EncodingProblem(at: cookie.lowerBound, in: buffer, reason: reason))
        }
        return .success((encoding, start))
    }

    private static func text(_ name: UnsafeBufferPointer<UInt8>) -> String { String(decoding: name, as: UTF8.self) }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// The name as CPython looks it up: `utf-8` and `iso-8859-1` where its tokenizer knows the spelling, which is all
    /// that it allows beside a byte-order mark; else in lower case with an underscore for each run of punctuation.
    static func normalized(_ name: UnsafeBufferPointer<UInt8>) -> String {
        let start = String(
            decoding: name.prefix(12).map { $0 == UInt8(ascii: "_") ? 0x2D : lowercased($0) },
            as: UTF8.self
        )
        for known in ["utf-8", "latin-1", "iso-8859-1", "iso-latin-1"]
        where start == known || start.utf8.starts(with: (known + "-").utf8) {
            return known == "utf-8" ? known : "iso-8859-1"
        }
        var result: [UInt8] = []
        var isBehindPunctuation = false
        for byte in name {
            guard byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") else {
                isBehindPunctuation = true
                continue
            }
            if isBehindPunctuation, !result.isEmpty { result.append(UInt8(ascii: "_")) }
            result.append(byte == UInt8(ascii: ".") ? UInt8(ascii: "_") : lowercased(byte))
            isBehindPunctuation = false
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}

/// Why a file's bytes cannot be read as text.
public struct EncodingProblem: Error, Hashable, Sendable {
    /// The offset of the first byte that is wrong, or of the cookie's name.
    public let offset: Int
    /// The line, counted from 1.
    public let line: Int
    /// The column, in bytes, counted from 1.
    public let column: Int
    /// What is wrong, without a full stop.
    public let reason: String

    init(at offset: Int, in buffer: UnsafeBufferPointer<UInt8>, reason: String) {
        self.offset = offset
        self.reason = reason
        var line = 1
        var lineStart = 0
        for index in 0..<offset {
            let isReturn = buffer[index] == 0x0D && !(index + 1 < buffer.count && buffer[index + 1] == 0x0A)
            guard isReturn || buffer[index] == 0x0A else { continue }
            line += 1
            lineStart = index + 1
        }
        self.line = line
        column = offset - lineStart + 1
    }
}
