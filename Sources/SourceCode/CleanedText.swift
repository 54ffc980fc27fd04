/// A docstring as readers see it: what `inspect.cleandoc` of CPython 3.12 and older makes of a literal's value.
///
/// Tabs are expanded to stops of eight characters, the first line loses its leading blanks, the other lines what they
/// have in common, and empty lines at both ends go. Lines end at `\n` only. Trailing blanks stay, as in CPython.
public func cleanedDocstring(_ text: String) -> String {
    var text = text
    text.makeContiguousUTF8()
    let utf8 = text.utf8
    if let cleaned = utf8.withContiguousStorageIfAvailable(cleaned) { return cleaned ?? text }
    return text
}

/// The cleaned text, or `nil` where it equals the original.
private func cleaned(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if bytes.contains(UInt8(ascii: "\t")) {
        return expandingTabs(bytes).withUnsafeBufferPointer { cleaned($0) ?? String(decoding: $0, as: UTF8.self) }
    }
    guard let firstEnd = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
        let start = leadingBlanks(bytes, from: 0, to: bytes.count).end
        return start == 0 ? nil : String(decoding: bytes[start...], as: UTF8.self)
    }
    return String(decoding: joinedLines(bytes, firstEnd: firstEnd), as: UTF8.self)
}

/// All lines without their common margin, and without empty lines at both ends.
private func joinedLines(_ bytes: UnsafeBufferPointer<UInt8>, firstEnd: Int) -> [UInt8] {
    let margin = commonMargin(bytes, from: firstEnd + 1)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    let start = leadingBlanks(bytes, from: 0, to: firstEnd).end
    result += bytes[start..<firstEnd]
    var position = firstEnd + 1
    while position <= bytes.count {
        let end = lineEnd(bytes, from: position)
        let content = leadingBlanks(bytes, from: position, to: end, atMost: margin).end
        if !result.isEmpty { result.append(UInt8(ascii: "\n")) }
        result += bytes[content..<end]
        position = end + 1
    }
    while result.last == UInt8(ascii: "\n") { result.removeLast() }
    return result
}

/// The characters of white space that every line with content begins with.
private func commonMargin(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var margin = Int.max
    var position = start
    while position < bytes.count {
        let end = lineEnd(bytes, from: position)
        let blanks = leadingBlanks(bytes, from: position, to: end)
        if blanks.end < end { margin = min(margin, blanks.count) }
        position = end + 1
    }
    return margin == Int.max ? 0 : margin
}

private func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
}

/// The number of white-space characters at the start of a line, and the offset behind them.
private func leadingBlanks(
    _ bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    to end: Int,
    atMost limit: Int = Int.max
) -> (count: Int, end: Int) {
    var position = start
    var count = 0
    while position < end, count < limit {
        let width = blankWidth(bytes, at: position, to: end)
        if width == 0 { break }
        position += width
        count += 1
    }
    return (count, position)
}

/// The bytes of the white-space character, by Python's `str.isspace`, at an offset; 0 if there is another character.
private func blankWidth(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int, to end: Int) -> Int {
    switch bytes[position] {
    case 0x20, 0x09...0x0D, 0x1C...0x1F: return 1
    case 0xC2:
        guard position + 1 < end else { return 0 }
        return bytes[position + 1] == 0x85 || bytes[position + 1] == 0xA0 ? 2 : 0
    case 0xE1, 0xE2, 0xE3:
        guard position + 2 < end else { return 0 }
        return isWideBlank(bytes[position], bytes[position + 1], bytes[position + 2]) ? 3 : 0
    default: return 0
    }
}

/// Whether three bytes are one of U+1680, U+2000–200A, U+2028, U+2029, U+202F, U+205F, U+3000.
private func isWideBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second, third) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
        (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
        true
    default: false
    }
}

/// The text with every tab replaced by blanks up to the next stop of eight characters.
private func expandingTabs(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    var column = 0
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "\t"):
            let blanks = 8 - column % 8
            result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: blanks))
            column += blanks
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            result.append(byte)
            column = 0
        default:
            result.append(byte)
            if byte & 0xC0 != 0x80 { column += 1 }
        }
    }
    return result
}
