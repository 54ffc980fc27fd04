import LanguageModels

/// What is wrong with a list of models: everything, not only the first.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// Where in the list, such as `models[3].price.input`.
        public var place: String
        /// What was expected.
        public var message: String
        /// Where the same stands a first time, where that is the problem.
        public var firstPlace: String?
        /// The line in the list's file, counted from 1, where it is known.
        public var line: Int?
        /// The line of ``firstPlace``.
        public var firstLine: Int?

        /// A problem at a place.
        public init(place: String, message: String, firstPlace: String? = nil) {
            self.place = place
            self.message = message
            self.firstPlace = firstPlace
        }

        /// `place: message`.
        public var description: String {
            let line = firstLine.map { " in line \($0)" } ?? ""
            let text = message + (firstPlace.map { ", after \($0)\(line)" } ?? "")
            return place.isEmpty ? text : "\(place): \(text)"
        }
    }

    /// Where the list comes from, such as a file's name, where the reader was told.
    public var source: String?
    /// What is wrong, in the list's order; never empty.
    public var problems: [Problem]

    /// An error of these problems.
    public init(_ problems: [Problem], source: String? = nil) {
        self.problems = problems
        self.source = source
    }

    /// A line for each problem.
    public var description: String {
        problems.map { problem in
            let start = [source, problem.line.map(String.init)].compactMap(\.self).joined(separator: ":")
            return start.isEmpty ? "\(problem)" : "\(start): \(problem)"
        }.joined(separator: "\n")
    }

    /// The error with the lines of its problems.
    ///
    /// - Parameter lines: The line of each place in the list's file; where one has none, that of what it is in counts.
    /// - Returns: The same error, and where to look.
    public func located(in lines: [String: Int]) -> CatalogError {
        var error = self
        for index in error.problems.indices {
            error.problems[index].line = Self.line(of: problems[index].place, lines)
            error.problems[index].firstLine = problems[index].firstPlace.flatMap { Self.line(of: $0, lines) }
        }
        error.problems.sort(by: \.line)
        return error
    }

    /// What is known of a place, or of what it is in.
    fileprivate static func line(of place: String, _ lines: [String: Int]) -> Int? {
        var place = place[...]
        while true {
            if let line = lines[String(place)] { return line }
            guard let cut = place.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            place = place[..<cut]
        }
    }
}

extension [CatalogError.Problem] {
    /// Orders problems by a number; those of the same number, or of none, stay as they are to each other.
    fileprivate mutating func sort(by number: (Element) -> Int?) {
        let numbered = enumerated().map { (number: number($0.element) ?? 0, index: $0.offset, problem: $0.element) }
        self = numbered.sorted { ($0.number, $0.index) < ($1.number, $1.index) }.map(\.problem)
    }
}

/// What has been found wrong so far.
struct CatalogReport {
    var source: String?
    /// Whether members and words that nobody knows are wrong; they are in a user's list, where they are misspelled.
    var isStrict = false
    private(set) var problems: [CatalogError.Problem] = []

    init(source: String? = nil, isStrict: Bool = false) {
        self.source = source
        self.isStrict = isStrict
    }

    mutating func add(_ place: String, _ message: String, after first: String? = nil) {
        problems.append(.init(place: place, message: message, firstPlace: first))
    }

    /// Throws what was found wrong in a list, in the list's order.
    func finish(_ list: JSONValue) throws(CatalogError) {
        guard !problems.isEmpty else { return }
        let numbers = list.numbersOfPlaces
        var problems = problems
        problems.sort { CatalogError.line(of: $0.place, numbers) }
        throw CatalogError(problems, source: source)
    }
}

extension JSONValue {
    /// All places inside, such as `models[0].id`, numbered as they follow each other.
    fileprivate var numbersOfPlaces: [String: Int] {
        var numbers: [String: Int] = [:]
        var open: [(place: String, value: JSONValue)] = [("", self)]
        while let (place, value) = open.popLast() {
            numbers[place] = numbers.count
            var inside = value.elements.enumerated().map { (place: "\(place)[\($0.offset)]", value: $0.element) }
            for (key, value) in value.object?.members ?? [] {
                inside.append((place.isEmpty ? key : "\(place).\(key)", value))
            }
            open += inside.reversed()
        }
        return numbers
    }
}
