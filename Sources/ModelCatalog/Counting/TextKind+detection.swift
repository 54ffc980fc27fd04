extension TextKind {
    /// The kind that a text most likely is, from at most 16 kB of it.
    public init(detecting text: String) {
        var text = text
        self = text.withUTF8 { Self.detected($0) }
    }

    private static func detected(_ bytes: UnsafeBufferPointer<UInt8>) -> TextKind {
        var sample = Sample()
        // Sixteen windows over the whole text, so that a licence at its head does not make prose of a program.
        let step = max(bytes.count / 16, 1024)
        for start in stride(from: 0, to: bytes.count, by: step) {
            sample.read(bytes[start..<min(start + 1024, bytes.count)])
        }
        return sample.kind
    }

    private struct Sample {
        var letters = 0
        var signs = 0
        var indents = 0
        var lines = 1
        var wide = 0
        var others = 0

        mutating func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
            var last: UInt8 = 0x0A
            for byte in bytes {
                switch byte {
                case 0x0A: lines += 1
                case 0x20 where last == 0x0A, 0x09 where last == 0x0A: indents += 1
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letters += 1
                case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
                    UInt8(ascii: "]"), UInt8(ascii: "="), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                    UInt8(ascii: "_"), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "+"),
                    UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "@"), UInt8(ascii: "#"):
                    signs += 1
                // The lead bytes of U+3000 to U+9FFF and U+A000 to U+DFFF, where the East Asian scripts are.
                case 0xE3...0xED: wide += 1
                case 0xC3, 0xC4, 0xC5: letters += 1
                case 0xC6...0xE2, 0xEE...0xF4: others += 1
                default: break
                }
                last = byte
            }
        }

        var kind: TextKind {
            let all = letters + wide + others
            guard all > 0 else { return signs > 0 ? .code : .other }
            if wide * 10 > all * 3 { return .cjk }
            if others * 10 > all * 3 { return .other }
            if signs * 100 > letters * 6 || indents * 10 > lines * 4 && signs * 100 > letters * 3 { return .code }
            return .prose
        }
    }
}
