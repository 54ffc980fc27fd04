/// What is wrong with a list of models: everything, not only the first.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// Where in the list, such as `models[3].price.input`.
        public var place: String
        /// What was expected.
        public var message: String

        /// A problem at a place.
        public init(place: String, message: String) {
            self.place = place
            self.message = message
        }

        /// `place: message`.
        public var description: String { place.isEmpty ? message : "\(place): \(message)" }
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
        problems.map { problem in source.map { "\($0): \(problem)" } ?? problem.description }.joined(separator: "\n")
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

    mutating func add(_ place: String, _ message: String) {
        problems.append(.init(place: place, message: message))
    }

    func finish() throws(CatalogError) {
        guard problems.isEmpty else { throw CatalogError(problems, source: source) }
    }
}
