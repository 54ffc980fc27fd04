import Glibc

/// The status and the headers of an answer, as they come line by line: those of interim answers are passed over.
///
/// The lines are taken apart when the headers are asked for, by whom the answer is for: the thread of transfers is the
/// one that has the most to do.
struct ResponseHead: Sendable {
    /// The most bytes of all headers together; at 300 KiB libcurl would call the connection broken.
    static let maximumBytes = 256 << 10

    private(set) var status = 0
    /// Whether anything of an answer has come.
    var hasBegun: Bool { bytes > 0 }
    /// Whether the final answer's headers have ended; trailers are passed over then.
    private(set) var isComplete = false
    /// What `Content-Length` says; `nil` where it is missing, or where the body is packed.
    private(set) var contentLength: Int?

    /// The headers' lines, each with a line feed at its end.
    private var lines: [UInt8] = []
    private var bytes = 0
    private var isPacked = false

    /// Makes room for the headers that most answers have.
    mutating func reserveRoom() {
        lines.reserveCapacity(512)
    }

    /// What a line has done.
    enum Step {
        case goesOn
        /// The final answer's headers have ended with it.
        case completes
        /// There are too many headers.
        case isTooMuch
    }

    /// Takes a line with its end.
    mutating func consume(_ line: UnsafeRawBufferPointer) -> Step {
        guard !isComplete else { return .goesOn }
        bytes += line.count
        guard bytes <= Self.maximumBytes else { return .isTooMuch }
        var end = line.count
        while end > 0, line[end - 1] == 10 || line[end - 1] == 13 { end -= 1 }
        let text = UnsafeRawBufferPointer(rebasing: line[..<end])
        switch text.first {
        case nil:
            isComplete = status >= 200
            if isPacked { contentLength = nil }
            return isComplete ? .completes : .goesOn
        case UInt8(ascii: "H") where text.starts(with: "HTTP/".utf8):
            begin(text)
        case let first?:
            // A line that begins with a blank goes on with the header before it: RFC 9112, section 5.2.
            if Self.isBlank(first), !lines.isEmpty { lines[lines.count - 1] = 32 }
            lines.append(contentsOf: text)
            lines.append(10)
            if first | 0x20 == UInt8(ascii: "c") { note(text) }
        }
        return .goesOn
    }

    /// The headers of the answer.
    var headers: HTTPHeaders {
        var headers = HTTPHeaders(capacity: 16)
        lines.withUnsafeBytes { lines in
            var rest = lines[...]
            while let end = rest.index(of: 10) {
                // A line without a name is no header: RFC 9110, section 5.1.
                if let (name, value) = Self.field(rest[..<end]), !name.isEmpty { headers.add(name, value) }
                rest = rest[(end + 1)...]
            }
        }
        return headers
    }

    private mutating func begin(_ line: UnsafeRawBufferPointer) {
        lines.removeAll(keepingCapacity: true)
        contentLength = nil
        isPacked = false
        let digits = line.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix { UInt8(ascii: "0")...0x39 ~= $0 }
        status = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Notes what is said of the body's length.
    private mutating func note(_ line: UnsafeRawBufferPointer) {
        if Self.isField("content-length", line) {
            contentLength = Self.field(line[...]).flatMap { Int($0.value) }
        } else if Self.isField("content-encoding", line) {
            isPacked = Self.field(line[...])?.value.lowercased() != "identity"
        }
    }

    /// Whether a line is the header of a name, which is given in small letters.
    private static func isField(_ name: StaticString, _ line: UnsafeRawBufferPointer) -> Bool {
        let length = name.utf8CodeUnitCount
        guard line.count > length, line[length] == UInt8(ascii: ":") else { return false }
        return (0..<length).allSatisfy { line[$0] | 0x20 == name.utf8Start[$0] }
    }

    private static func field(_ line: Slice<UnsafeRawBufferPointer>) -> (name: String, value: String)? {
        guard let colon = line.index(of: UInt8(ascii: ":")) else { return nil }
        return (trimmed(line[..<colon]), trimmed(line[(colon + 1)...]))
    }

    private static func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> String {
        var (start, end) = (text.startIndex, text.endIndex)
        while start < end, isBlank(text.base[start]) { start += 1 }
        while start < end, isBlank(text.base[end - 1]) { end -= 1 }
        return String(decoding: UnsafeRawBufferPointer(rebasing: text.base[start..<end]), as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Where a byte stands first.
    fileprivate func index(of byte: UInt8) -> Int? {
        guard let start = base.baseAddress, !isEmpty else { return nil }
        return memchr(start + startIndex, Int32(byte), count).map { UnsafeRawPointer($0) - start }
    }
}
