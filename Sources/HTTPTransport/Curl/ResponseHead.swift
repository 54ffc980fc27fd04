import Glibc

/// The status and the headers of an answer, as they come line by line: those of interim answers are passed over.
struct ResponseHead {
    /// The most bytes of all headers together.
    static let maximumBytes = 512 << 10

    private(set) var status = 0
    private(set) var headers: HTTPHeaders = [:]
    /// Whether the final answer's headers have ended; trailers are passed over then.
    private(set) var isComplete = false
    /// What `Content-Length` says; `nil` where it is missing, or where the body is packed.
    private(set) var contentLength: Int?

    private var bytes = 0
    private var isPacked = false

    /// Takes a line with its end; `false` if there are too many.
    mutating func consume(_ line: UnsafeRawBufferPointer) -> Bool {
        guard !isComplete else { return true }
        bytes += line.count
        guard bytes <= Self.maximumBytes else { return false }
        var end = line.count
        while end > 0, line[end - 1] == 10 || line[end - 1] == 13 { end -= 1 }
        let text = UnsafeRawBufferPointer(rebasing: line[..<end])
        if text.isEmpty {
            isComplete = status >= 200
            if isPacked { contentLength = nil }
        } else if text.starts(with: "HTTP/".utf8) {
            begin(text)
        } else {
            add(text)
        }
        return true
    }

    private mutating func begin(_ line: UnsafeRawBufferPointer) {
        headers = [:]
        contentLength = nil
        isPacked = false
        let digits = line.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix { UInt8(ascii: "0")...0x39 ~= $0 }
        status = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func add(_ line: UnsafeRawBufferPointer) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = Self.trimmed(line[..<colon])
        let value = Self.trimmed(line[(colon + 1)...])
        let (nameText, valueText) = (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        headers.add(nameText, valueText)
        switch name.count {
        case 14 where nameText.lowercased() == "content-length": contentLength = Int(valueText)
        case 16 where nameText.lowercased() == "content-encoding": isPacked = valueText.lowercased() != "identity"
        default: break
        }
    }

    private static func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var text = text
        while let first = text.first, first == 32 || first == 9 { text = text.dropFirst() }
        while let last = text.last, last == 32 || last == 9 { text = text.dropLast() }
        return text
    }
}
