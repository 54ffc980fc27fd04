/// Turns the inline code of a style into neutral text, where code stands in backticks; verbatim zones stay.
struct NeutralText {
    let markup: InlineMarkup

    /// The neutral form of a text.
    func callAsFunction(_ text: String) -> String {
        guard text.utf8.contains(where: isTelling) else { return text }
        var text = text
        return text.withUTF8 { source in
            var blocks = TextBlocks(source)
            var result: [UInt8] = []
            result.reserveCapacity(source.count)
            var done = 0
            while let block = blocks.next() {
                guard block.kind == .prose else { continue }
                result += source[done..<block.range.lowerBound]
                neutralize(source, block.range, into: &result)
                done = block.range.upperBound
            }
            result += source[done...]
            return String(decoding: result, as: UTF8.self)
        }
    }

    private func isTelling(_ byte: UInt8) -> Bool {
        switch markup {
        case .epytext: byte == UInt8(ascii: "{")
        case .reST: byte == .backtick || byte == UInt8(ascii: "\\")
        case .singleBackticks, .doubleBackticks: byte == .backtick
        }
    }

    private func neutralize(_ source: Bytes, _ range: Range<Int>, into result: inout [UInt8]) {
        var position = range.lowerBound
        while position < range.upperBound {
            let rest = source[position..<range.upperBound]
            if case .epytext = markup {
                position += readEpytext(rest, into: &result)
            } else {
                position += readBackticks(rest, into: &result)
            }
        }
    }

    /// Takes what a text begins with and tells how many bytes that was.
    private func readBackticks(_ rest: Slice<Bytes>, into result: inout [UInt8]) -> Int {
        if case .reST = markup, rest.first == UInt8(ascii: "\\"), rest.count > 1 {
            let escaped = rest[rest.startIndex + 1]
            if !escaped.isWhitespace { result.append(escaped) }
            return 2
        }
        let run = rest.prefix { $0 == .backtick }.count
        guard run > 0 else {
            result.append(rest[rest.startIndex])
            return 1
        }
        guard run == 2, let length = spanLength(rest.dropFirst(2)) else {
            result += rest.prefix(run)
            return run
        }
        appendCode(rest.dropFirst(2).prefix(length), to: &result)
        return length + 4
    }

    /// The bytes before the next two backticks.
    private func spanLength(_ rest: Slice<Bytes>) -> Int? {
        var here = rest.startIndex
        while here + 1 < rest.endIndex {
            if rest[here] == .backtick, rest[here + 1] == .backtick, here > rest.startIndex {
                var end = here
                while end + 2 < rest.endIndex, rest[end + 2] == .backtick { end += 1 }
                return end - rest.startIndex
            }
            here += 1
        }
        return nil
    }

    private func appendCode(_ code: some Collection<UInt8>, to result: inout [UInt8]) {
        var code = Array(code)
        guard code.contains(.backtick) else {
            result += [.backtick] + code + [.backtick]
            return
        }
        if code.first == .blank { code.removeFirst() }
        if code.last == .blank { code.removeLast() }
        let opening = code.first == .backtick ? "`` " : "``"
        result += Array(opening.utf8) + code + Array((code.last == .backtick ? " ``" : "``").utf8)
    }

    private func readEpytext(_ rest: Slice<Bytes>, into result: inout [UInt8]) -> Int {
        let start = rest.startIndex
        guard rest.count > 2, rest[start + 1] == UInt8(ascii: "{"), let length = groupLength(rest.dropFirst(1)) else {
            result.append(rest[start])
            return 1
        }
        let content = rest[start + 2..<start + length]
        switch rest[start] {
        case UInt8(ascii: "C"): appendCode(unescaped(content), to: &result)
        case UInt8(ascii: "E"): result += unescaped(rest[start..<start + length + 1])
        default:
            result.append(rest[start])
            return 1
        }
        return length + 1
    }

    /// The bytes from an opening brace to its partner.
    private func groupLength(_ rest: Slice<Bytes>) -> Int? {
        var depth = 0
        for (offset, byte) in rest.enumerated() {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return offset + 1 }
        }
        return nil
    }

    /// Bytes with `E{lb}`, `E{rb}` and `E{x}` resolved.
    private func unescaped(_ code: Slice<Bytes>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = code[...]
        while let first = rest.first {
            if rest.starts(with: "E{lb}".utf8) || rest.starts(with: "E{rb}".utf8) {
                result.append(rest[rest.startIndex + 2] == UInt8(ascii: "l") ? UInt8(ascii: "{") : UInt8(ascii: "}"))
                rest = rest.dropFirst(5)
            } else if rest.count >= 4, rest.starts(with: "E{".utf8), rest[rest.startIndex + 3] == UInt8(ascii: "}") {
                result.append(rest[rest.startIndex + 2])
                rest = rest.dropFirst(4)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
