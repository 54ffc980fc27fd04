/// Spans and moments as services write them in headers and messages. Moments are counted from 1970.
extension Duration {
    /// A decimal number of units, by default seconds; `nil` for what is no number, negative, or beyond a hundred years.
    init?(decimal text: some StringProtocol, unit: Double = 1) {
        guard let number = Double(text), number >= 0, number * unit < 3.2e9 else { return nil }
        self = .nanoseconds(Int64((number * unit * 1e9).rounded()))
    }

    /// A duration as the Go language writes it: `12ms`, `1.78s`, `6m0s`, `1h2m3s`.
    init?(go text: some StringProtocol) {
        var sum = Duration.zero
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !$0.isNumber && $0 != "." }
            rest = rest.dropFirst(unit.count)
            guard let seconds = Self.units[String(unit)], let span = Duration(decimal: number, unit: seconds) else {
                return nil
            }
            sum += span
        }
        self = sum
    }

    private static let units: [String: Double] = [
        "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86400,
    ]

    /// A date of HTTP (`Wed, 19 Aug 2026 14:34:11 GMT`) or one of its two obsolete spellings.
    init?(httpDate text: String) {
        let words = text.split { " ,-".contains($0) }
        switch words.count {
        case 6 where words[5] == "GMT" || words[5] == "UTC":
            self.init(day: words[1], month: words[2], year: words[3], time: words[4])
        case 5:
            self.init(day: words[2], month: words[1], year: words[4], time: words[3])
        default:
            return nil
        }
    }

    private init?(day: Substring, month: Substring, year: Substring, time: Substring) {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        guard let month = months.firstIndex(of: month.lowercased()), let day = Int(day), var number = Int(year),
            let clock = Duration(clock: time)
        else { return nil }
        if year.count == 2 { number += number < 70 ? 2000 : 1900 }
        self.init(year: number, month: month + 1, day: day, clock: clock)
    }

    /// A moment by RFC 3339: `2026-08-19T14:34:11Z`, with a fraction or an offset where there is one.
    init?(rfc3339 text: String) {
        let halves = text.split(maxSplits: 1) { "Tt ".contains($0) }
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(separator: "-").compactMap { Int($0) }
        let time = halves[1].prefix { $0.isNumber || $0 == ":" || $0 == "." }
        guard date.count == 3, let clock = Duration(clock: time),
            let offset = Duration(offset: halves[1].dropFirst(time.count)),
            let moment = Duration(year: date[0], month: date[1], day: date[2], clock: clock)
        else { return nil }
        self = moment - offset
    }

    /// `Z`, `+02:00` or `-0330`.
    private init?(offset text: Substring) {
        guard text.lowercased() != "z" else {
            self = .zero
            return
        }
        let digits = text.dropFirst().filter(\.isNumber)
        guard let sign = text.first, sign == "+" || sign == "-", digits.count == 4, let number = Int(digits) else {
            return nil
        }
        self = .seconds((number / 100 * 3600 + number % 100 * 60) * (sign == "-" ? -1 : 1))
    }

    private init?(clock text: Substring) {
        let parts = text.split(separator: ":")
        guard parts.count == 3, let hours = Int(parts[0]), let minutes = Int(parts[1]), 0..<24 ~= hours,
            0..<60 ~= minutes, let seconds = Duration(decimal: parts[2]), seconds < .seconds(61)
        else { return nil }
        self = .seconds(hours * 3600 + minutes * 60) + seconds
    }

    /// A day of the Gregorian calendar, its days counted from 1970 (after Howard Hinnant's `days_from_civil`).
    private init?(year: Int, month: Int, day: Int, clock: Duration) {
        guard 1970...9999 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self = .seconds((era * 146_097 + dayOfEra - 719_468) * 86_400) + clock
    }
}
