/// A day of the calendar, such as 2027-01-14.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// A day from `YYYY-MM-DD`; `nil` for anything else, and for days that no month has.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isNumeric = parts.joined().allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard isNumeric, parts.map(\.count) == [4, 2, 2] else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        guard 1...12 ~= numbers[1], 1...Self.days(inMonth: numbers[1], of: numbers[0]) ~= numbers[2] else { return nil }
        year = numbers[0]
        month = numbers[1]
        day = numbers[2]
    }

    private init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day on which so many seconds have passed since 1970-01-01, in Greenwich.
    public init(secondsSince1970 seconds: Int) {
        // After Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in March.
        let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1
        )
    }

    /// The days from this one to another; negative where the other is earlier.
    public func days(until other: CalendarDay) -> Int { other.number - number }

    /// Whether one day comes before another.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let padded = [(year, 4), (month, 2), (day, 2)].map { number, width in
            String(repeating: "0", count: max(width - String(number).count, 0)) + String(number)
        }
        return padded.joined(separator: "-")
    }

    /// Days since a day long ago.
    private var number: Int {
        let year = month <= 2 ? year - 1 : year
        let shifted = month > 2 ? month - 3 : month + 9
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
