import SourceCode

/// A name as bytes of a source file, compared without becoming text.
struct ByteName {
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    init(_ range: Range<Int>, in file: UnsafeBufferPointer<UInt8>) {
        bytes = UnsafeBufferPointer(rebasing: file[range])
    }

    static func == (name: ByteName, text: StaticString) -> Bool {
        name.bytes.count == text.utf8CodeUnitCount && name.hasPrefix(text)
    }

    func hasPrefix(_ text: StaticString) -> Bool { matches(text, at: 0) }

    func hasSuffix(_ text: StaticString) -> Bool { matches(text, at: bytes.count - text.utf8CodeUnitCount) }

    func isOne(of names: [StaticString]) -> Bool {
        for name in names where self == name { return true }
        return false
    }

    /// Whether one of the words between underscores is `doc`, `docs`, `docstring` or `docstrings`.
    var speaksOfDocstrings: Bool {
        var start = 0
        while start + 3 <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "_") { end += 1 }
            if bytes[start] == UInt8(ascii: "d"), bytes[start + 1] == UInt8(ascii: "o") {
                let word = ByteName(start..<end, in: bytes)
                if word == "doc" || word == "docs" || word == "docstring" || word == "docstrings" { return true }
            }
            start = end + 1
        }
        return false
    }

    private func matches(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, bytes.count - start >= length else { return false }
        for index in 0..<length where bytes[start + index] != text.utf8Start[index] { return false }
        return true
    }
}

/// The dotted name that an expression begins with: `app.cli.command` in `app.cli.command("x")`.
struct DottedName {
    /// The last part.
    let last: ByteName
    /// The part before the last; empty if there is one part only.
    let owner: ByteName
    /// Whether there are several parts.
    let isDotted: Bool

    init(startOf expression: ByteRange, in file: UnsafeBufferPointer<UInt8>) {
        var lastStart = expression.offsets.lowerBound
        var ownerRange = lastStart..<lastStart
        var end = lastStart
        while end < expression.offsets.upperBound {
            if file[end] == UInt8(ascii: ".") {
                ownerRange = lastStart..<end
                lastStart = end + 1
            } else if !isNameByte(file[end]) {
                break
            }
            end += 1
        }
        last = ByteName(lastStart..<end, in: file)
        owner = ByteName(ownerRange, in: file)
        isDotted = lastStart > expression.offsets.lowerBound
    }
}

/// Whether a byte can be part of a name; bytes above ASCII count as such.
func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
}
