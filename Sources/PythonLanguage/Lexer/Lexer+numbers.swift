/// Number literals, checked as CPython checks them.
extension Lexer {
    /// CPython's default for `sys.set_int_max_str_digits`.
    private static let maximumDecimalDigits = 4300

    mutating func lexNumber() throws(SyntaxFailure) {
        let start = position
        if base[position] == 0x30, let digits = radixDigits(base[position + 1]) {
            position += 2
            try lexRadixDigits(digits)
        } else {
            try lexDecimal()
        }
        try checkEndOfNumber()
        tokens.append(Token(.number, start, position))
    }

    private func radixDigits(_ letter: UInt8) -> ((UInt8) -> Bool)? {
        switch letter | 0x20 {
        case UInt8(ascii: "x"): { $0.isHexDigit }
        case UInt8(ascii: "o"): { $0 &- 0x30 < 8 }
        case UInt8(ascii: "b"): { $0 &- 0x30 < 2 }
        default: nil
        }
    }

    private mutating func lexRadixDigits(_ isDigit: (UInt8) -> Bool) throws(SyntaxFailure) {
        repeat {
            if base[position] == 0x5F { position += 1 }
            guard isDigit(base[position]) else { throw SyntaxFailure(at: position, "invalid number literal") }
            while isDigit(base[position]) { position += 1 }
        } while base[position] == 0x5F
        if base[position].isDigit { throw SyntaxFailure(at: position, "invalid digit in number literal") }
    }

    private mutating func lexDecimal() throws(SyntaxFailure) {
        let start = position
        if base[position].isDigit { try lexDigits() }
        let integerEnd = position
        var isInteger = true
        if base[position] == 0x2E {
            isInteger = false
            position += 1
            if base[position].isDigit { try lexDigits() }
        }
        if base[position] | 0x20 == 0x65, hasExponent(at: position + 1) {
            isInteger = false
            position += base[position + 1].isDigit ? 1 : 2
            try lexDigits()
        }
        if base[position] | 0x20 == 0x6A {
            isInteger = false
            position += 1
        }
        if isInteger { try checkInteger(start, integerEnd) }
    }

    private func hasExponent(at index: Int) -> Bool {
        let sign = base[index]
        return sign.isDigit || ((sign == 0x2B || sign == 0x2D) && base[index + 1].isDigit)
    }

    /// Digits with single underscores between them.
    @inline(__always)
    private mutating func lexDigits() throws(SyntaxFailure) {
        while true {
            while base[position].isDigit { position += 1 }
            guard base[position] == 0x5F else { return }
            position += 1
            guard base[position].isDigit else { throw SyntaxFailure(at: position, "invalid decimal literal") }
        }
    }

    @inline(__always)
    private func checkInteger(_ start: Int, _ end: Int) throws(SyntaxFailure) {
        if base[start] == 0x30, end - start > 1 { try checkZeros(start, end) }
        if end - start > Self.maximumDecimalDigits { try checkLength(start, end) }
    }

    private func checkZeros(_ start: Int, _ end: Int) throws(SyntaxFailure) {
        for index in start..<end where base[index] != 0x30 && base[index] != 0x5F {
            throw SyntaxFailure(at: start, "leading zeros in decimal integer literals are not permitted")
        }
    }

    private func checkLength(_ start: Int, _ end: Int) throws(SyntaxFailure) {
        let digits = (start..<end).reduce(0) { base[$1] == 0x5F ? $0 : $0 + 1 }
        if digits > Self.maximumDecimalDigits {
            throw SyntaxFailure(at: start, "an integer literal of more than \(Self.maximumDecimalDigits) digits")
        }
    }

    /// Nothing that goes on with a name may follow, but for the keywords that CPython still tolerates there.
    @inline(__always)
    private func checkEndOfNumber() throws(SyntaxFailure) {
        if continuesName[Int(base[position])] { try checkKeywordBehindNumber() }
    }

    private func checkKeywordBehindNumber() throws(SyntaxFailure) {
        let tolerated = ["and", "else", "for", "if", "in", "is", "not", "or"]
        let isTolerated = tolerated.contains { word in
            word.utf8.enumerated().allSatisfy { base[position + $0.offset] == $0.element }
        }
        if !isTolerated { throw SyntaxFailure(at: position, "invalid number literal") }
    }
}
