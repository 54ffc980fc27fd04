/// An amount of US dollars, exact: a whole number of millionths of a millionth of a dollar.
///
/// Prices are stated for a million tokens with at most six decimals, so that the price of one token, and any sum of
/// them, is a whole number of these.
public struct Money: Hashable, Comparable, Sendable {
    /// Millionths of a millionth of a dollar.
    public let picodollars: Int128

    /// So many millionths of a millionth of a dollar.
    public init(picodollars: Int128) {
        self.picodollars = picodollars
    }

    /// Nothing.
    public static let zero = Money(picodollars: 0)

    /// The largest price of a token that a list may state, a thousand dollars: no sum of real counts overflows.
    static let largestPrice = Money(picodollars: 1_000_000_000_000_000)

    /// The price of one token, from the price of a million in dollars as decimal text, such as `0.0375`.
    ///
    /// - Returns: `nil` for text that is no decimal number, or has more than six decimals that are not zero.
    public init?(dollarsForMillion text: String) {
        guard let picodollars = Self.scaled(text, decimals: 6) else { return nil }
        self.init(picodollars: picodollars)
    }

    /// The sum.
    public static func + (left: Money, right: Money) -> Money {
        Money(picodollars: left.picodollars + right.picodollars)
    }

    /// The price of so many tokens.
    public static func * (left: Money, right: Int) -> Money {
        Money(picodollars: left.picodollars * Int128(right))
    }

    /// Whether one amount is less than another.
    public static func < (left: Money, right: Money) -> Bool {
        left.picodollars < right.picodollars
    }

    /// Scales a decimal number by a power of ten; exponents count, too.
    ///
    /// - Returns: `nil` for text that is no decimal number, for results that are not whole, and for those beyond 10³⁶.
    static func scaled(_ text: String, decimals: Int) -> Int128? {
        var number = DecimalText()
        for byte in text.utf8 { guard number.read(byte) else { return nil } }
        return number.scaled(decimals: decimals)
    }
}

/// A decimal number that is read byte by byte.
private struct DecimalText {
    private var digits: Int128 = 0
    private var count = 0
    private var isNegative = false
    private var fraction: Int?
    private var exponent: Int?
    private var exponentIsNegative = false
    private var hasExponentDigits = false
    private var isStart = true

    mutating func read(_ byte: UInt8) -> Bool {
        defer { isStart = byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return add(Int(byte - UInt8(ascii: "0")))
        case UInt8(ascii: "-"), UInt8(ascii: "+"): return isStart && sign(byte == UInt8(ascii: "-"))
        case UInt8(ascii: "."):
            guard fraction == nil, exponent == nil, count > 0 else { return false }
            fraction = 0
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            guard exponent == nil, count > 0 else { return false }
            exponent = 0
        default: return false
        }
        return true
    }

    private mutating func add(_ digit: Int) -> Bool {
        if let known = exponent {
            exponent = known * 10 + digit
            hasExponentDigits = true
            return known < 100
        }
        digits = digits * 10 + Int128(digit)
        count += 1
        fraction = fraction.map { $0 + 1 }
        return count <= 36
    }

    private mutating func sign(_ isMinus: Bool) -> Bool {
        if exponent != nil { exponentIsNegative = isMinus } else { isNegative = isMinus }
        return true
    }

    func scaled(decimals: Int) -> Int128? {
        guard count > 0, exponent == nil || hasExponentDigits else { return nil }
        let power = (exponent ?? 0) * (exponentIsNegative ? -1 : 1)
        var shift = decimals + power - (fraction ?? 0)
        var value = isNegative ? -digits : digits
        while shift > 0, value != 0 {
            let product = value.multipliedReportingOverflow(by: 10)
            guard !product.overflow else { return nil }
            value = product.partialValue
            shift -= 1
        }
        while shift < 0, value != 0 {
            guard value.isMultiple(of: 10) else { return nil }
            value /= 10
            shift += 1
        }
        return value
    }
}

extension Money: CustomStringConvertible {
    /// The amount in dollars with six decimals, rounded to the nearest, such as `$0.024880`.
    public var description: String { formatted(decimals: 6) }

    /// The amount in dollars with so many decimals (0 to 12), rounded to the nearest.
    public func formatted(decimals: Int) -> String {
        var unit: Int128 = 1
        for _ in 0..<(12 - decimals) { unit *= 10 }
        let rounded = (picodollars.magnitude + UInt128(unit) / 2) / UInt128(unit)
        var digits = String(rounded)
        while digits.count <= decimals { digits = "0" + digits }
        let sign = picodollars < 0 && rounded > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)$\(digits)" }
        return "\(sign)$\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
    }
}
