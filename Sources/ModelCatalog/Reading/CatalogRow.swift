import LanguageModels

/// An object of a catalogue, whose members must have the right types where they are.
struct CatalogRow {
    let json: JSONValue
    let place: String

    static let rootMembers: Set<String> = [
        "schema_version", "generated", "price_unit", "fields", "sources", "tokenizers", "models", "deployments",
    ]
    static let modelMembers: Set<String> = [
        "id", "provider", "context", "max_input", "max_output", "tokenizer", "tokenizer_certainty", "api", "price",
        "caps", "deprecation", "status", "src", "notes", "successor",
    ]

    init(_ json: JSONValue, at place: String) {
        self.json = json
        self.place = place
    }

    func isObject(_ report: inout CatalogReport) -> Bool {
        if json.object != nil { return true }
        report.add(place, "an object is expected")
        return false
    }

    /// Reports members that are not among these, where the list is a user's.
    func allow(_ known: Set<String>, _ report: inout CatalogReport) {
        guard report.isStrict else { return }
        for key in json.object?.keys ?? [] where !known.contains(key) {
            report.add(path(key), "there is no such member")
        }
    }

    func text(_ name: String, _ report: inout CatalogReport) -> String? {
        value(name, "a text", &report) { $0.string }
    }

    /// A word; others than these are reported in a user's list.
    func word(_ name: String, _ report: inout CatalogReport, among words: Set<String>) -> String? {
        guard let word = text(name, &report) else { return nil }
        if report.isStrict, !words.contains(word) {
            let known = words.sorted().joined(separator: ", ")
            report.add(path(name), "one of \(known) is expected, not \(word.prefix(40))")
        }
        return word
    }

    func count(_ name: String, _ report: inout CatalogReport) -> Int? {
        value(name, "a count of tokens", &report) { value in
            guard case .number = value, let count = value.integer, 0...1 << 52 ~= count else { return nil }
            return count
        }
    }

    func day(_ name: String, _ report: inout CatalogReport) -> CalendarDay? {
        value(name, "a day as YYYY-MM-DD", &report) { $0.string.flatMap { CalendarDay($0) } }
    }

    /// A number between 0 and 100 that is more than nothing.
    func factor(_ name: String, _ report: inout CatalogReport) -> Double? {
        value(name, "a number above 0 and at most 100", &report) { value in
            value.double.flatMap { $0 > 0 && $0 <= 100 ? $0 : nil }
        }
    }

    func price(_ name: String, _ report: inout CatalogReport) -> Money? {
        value(name, "a price in dollars for a million tokens, with at most six decimals,", &report) { value in
            guard case .number(let number) = value, let price = Money(dollarsForMillion: number.text) else {
                return nil
            }
            return price >= .zero && price <= Money.largestPrice ? price : nil
        }
    }

    func object(_ name: String, _ report: inout CatalogReport) -> JSONObject? {
        value(name, "an object", &report) { $0.object }
    }

    func array(_ name: String, _ report: inout CatalogReport) -> [JSONValue] {
        let elements: [JSONValue]? = value(name, "an array", &report) { value in
            guard case .array(let elements) = value else { return nil }
            return elements
        }
        return elements ?? []
    }

    /// The words of an array that a type knows; others are reported in a user's list.
    func words<Word: RawRepresentable<String>>(_ name: String, _ report: inout CatalogReport) -> [Word] {
        var words: [Word] = []
        for (index, element) in array(name, &report).enumerated() {
            if let word = element.string.flatMap(Word.init) {
                words.append(word)
            } else if report.isStrict {
                report.add("\(path(name))[\(index)]", "there is no such word: \(element.text.prefix(40))")
            }
        }
        return words
    }

    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    private func value<Value>(
        _ name: String,
        _ expected: String,
        _ report: inout CatalogReport,
        _ read: (JSONValue) -> Value?
    ) -> Value? {
        guard let json = json[name] else { return nil }
        if let value = read(json) { return value }
        report.add(path(name), "\(expected) is expected, not \(json.text.prefix(40))")
        return nil
    }
}
