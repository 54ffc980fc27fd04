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
    static func scaled(_ text: String, decimals: Int) -> Int128? {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) < 30 else {
            return nil
        }
        let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard number.count <= 2, let whole = number.first, !whole.isEmpty else { return nil }
        let fraction = number.count == 2 ? number[1] : ""
        guard var digits = Int128(whole + fraction) else { return nil }
        var shift = decimals + exponent - fraction.count
        while shift > 0 {
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            digits = product
            shift -= 1
        }
        while shift < 0 {
            guard digits.isMultiple(of: 10) else { return nil }
            digits /= 10
            shift += 1
        }
        return digits
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
