/// Finds the comment that names a file's encoding: `# -*- coding: name -*-` and its relatives (PEP 263).
enum EncodingCookie {
    /// The range of the name in line 1, or in line 2 when line 1 is blank or a comment.
    static func find(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        let first = start..<lineEnd(in: buffer, from: start)
        guard let comment = commentStart(in: buffer, of: first) else { return nil }
        if let name = name(in: buffer, of: comment..<first.upperBound) { return name }
        let second = behindLineEnd(in: buffer, at: first.upperBound)
        let line = second..<lineEnd(in: buffer, from: second)
        guard let comment = commentStart(in: buffer, of: line) else { return nil }
        return name(in: buffer, of: comment..<line.upperBound)
    }

    /// The offset of the comment's `#`, or the line's end if it is blank; `nil` when the line holds anything else.
    private static func commentStart(in buffer: UnsafeBufferPointer<UInt8>, of line: Range<Int>) -> Int? {
        for index in line {
            let byte = buffer[index]
            if byte == UInt8(ascii: "#") { return index }
            guard byte == 0x20 || byte == 0x09 || byte == 0x0C else { return nil }
        }
        return line.upperBound
    }

    /// What follows `coding:` or `coding=` and blanks, where a name stands there.
    private static func name(in buffer: UnsafeBufferPointer<UInt8>, of comment: Range<Int>) -> Range<Int>? {
        let word: StaticString = "coding"
        let length = word.utf8CodeUnitCount
        guard comment.count > length else { return nil }
        for index in comment.lowerBound..<comment.upperBound - length where buffer[index] == word.utf8Start[0] {
            guard (1..<length).allSatisfy({ buffer[index + $0] == word.utf8Start[$0] }) else { continue }
            guard [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(buffer[index + length]) else { continue }
            var start = index + length + 1
            while start < comment.upperBound, buffer[start] == 0x20 || buffer[start] == 0x09 { start += 1 }
            var end = start
            while end < comment.upperBound, isNamePart(buffer[end]) { end += 1 }
            if end > start { return start..<end }
        }
        return nil
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    private static func lineEnd(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < buffer.count, buffer[index] != 0x0A, buffer[index] != 0x0D { index += 1 }
        return index
    }

    private static func behindLineEnd(in buffer: UnsafeBufferPointer<UInt8>, at end: Int) -> Int {
        guard end < buffer.count else { return end }
        let isPair = buffer[end] == 0x0D && end + 1 < buffer.count && buffer[end + 1] == 0x0A
        return end + (isPair ? 2 : 1)
    }
}
