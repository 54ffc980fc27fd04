/// Numbers, booleans and dates, each from its text.
enum TOMLScalar {
    /// The value that a text without quotes stands for; `nil` for none.
    static func value(of text: String) -> TOMLValue? {
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "inf", "+inf": return .float(.infinity)
        case "-inf": return .float(-.infinity)
        case "nan", "+nan", "-nan": return .float(.nan)
        default: break
        }
        let bytes = Array(text.utf8)
        if isDate(bytes) { return .date(text) }
        if let integer = integer(bytes) { return .integer(integer) }
        return float(bytes).map(TOMLValue.float)
    }

    // MARK: - Numbers

    private static func integer(_ bytes: [UInt8]) -> Int? {
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0"), let radix = radix(of: bytes[1]) {
            return plainDigits(bytes[2...]).flatMap { Int($0, radix: radix) }
        }
        let digits = withoutSign(bytes[...])
        guard isDecimal(digits), let plain = plainDigits(digits) else { return nil }
        return Int(bytes.first == UInt8(ascii: "-") ? "-" + plain : plain)
    }

    private static func radix(of letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private static func withoutSign(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
    }

    /// Digits without a zero in front of others.
    private static func isDecimal(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.first?.isDigit == true && (digits.first != UInt8(ascii: "0") || digits.count == 1)
    }

    /// Digits without their underscores, each of which must stand between two of them.
    private static func plainDigits(_ digits: ArraySlice<UInt8>) -> String? {
        let parts = digits.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isWordByte && $0 != UInt8(ascii: "_") } }
        return isPlain ? String(decoding: parts.joined(), as: UTF8.self) : nil
    }

    private static func float(_ bytes: [UInt8]) -> Double? {
        var rest = withoutSign(bytes[...])
        let whole = rest.prefix { $0.isDigit || $0 == UInt8(ascii: "_") }
        guard isDecimal(whole), plainDigits(whole) != nil else { return nil }
        rest = rest[whole.endIndex...]
        let hasFraction = rest.first == UInt8(ascii: ".")
        if hasFraction {
            let fraction = rest.dropFirst().prefix { $0.isDigit || $0 == UInt8(ascii: "_") }
            guard plainDigits(fraction) != nil else { return nil }
            rest = rest[fraction.endIndex...]
        }
        guard hasFraction || !rest.isEmpty, isExponent(rest) else { return nil }
        return Double(String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self))
    }

    private static func isExponent(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let letter = bytes.first else { return true }
        let digits = withoutSign(bytes.dropFirst())
        return letter | 0x20 == UInt8(ascii: "e") && plainDigits(digits) != nil
            && digits.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    // MARK: - Dates

    /// Whether a text is `1979-05-27`, `07:32:00.5`, or both with `T` or a blank between and an offset behind or not.
    private static func isDate(_ bytes: [UInt8]) -> Bool {
        if bytes.count > 2, bytes[2] == UInt8(ascii: ":") { return timeEnd(bytes[...]) == bytes.count }
        guard isDay(bytes.prefix(10)) else { return false }
        guard bytes.count > 10 else { return true }
        let separator = bytes[10]
        guard separator | 0x20 == UInt8(ascii: "t") || separator == UInt8(ascii: " ") else { return false }
        guard let end = timeEnd(bytes[11...]) else { return false }
        return isOffset(bytes[end...])
    }

    private static func isDay(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let numbers = numbers(in: bytes, shape: "dddd-dd-dd"), (1...12).contains(numbers[1]) else { return false }
        let (year, month) = (numbers[0], numbers[1])
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return year > 0 && (1...lengths[month - 1]).contains(numbers[2])
    }

    /// Where a time of day ends that stands at the front.
    private static func timeEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let numbers = numbers(in: bytes.prefix(8), shape: "dd:dd:dd") else { return nil }
        guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        let rest = bytes.dropFirst(8)
        guard rest.first == UInt8(ascii: ".") else { return rest.startIndex }
        let digits = rest.dropFirst().prefix(while: \.isDigit)
        return digits.isEmpty ? nil : digits.endIndex
    }

    private static func isOffset(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        if first | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 }
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return false }
        guard let numbers = numbers(in: bytes.dropFirst(), shape: "dd:dd") else { return false }
        return numbers[0] < 24 && numbers[1] < 60
    }

    /// The numbers of a text of digits and separators; `nil` when it has another shape.
    private static func numbers(in bytes: ArraySlice<UInt8>, shape: StaticString) -> [Int]? {
        guard bytes.count == shape.utf8CodeUnitCount else { return nil }
        var numbers = [0]
        for (byte, expected) in zip(bytes, UnsafeBufferPointer(start: shape.utf8Start, count: bytes.count)) {
            if expected == UInt8(ascii: "d"), byte.isDigit {
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
            } else if expected == byte {
                numbers.append(0)
            } else {
                return nil
            }
        }
        return numbers
    }
}
