import Docstrings
import SourceCode

/// The keys of `[tool.docent]`.
struct SettingsSection {
    /// A mistake and where it stands.
    struct Problem {
        let line: Int
        let message: String
    }

    private enum Key: String, CaseIterable {
        case style, types, include, exclude, nested, tests, overwrite, stubs, jobs
        case lineLength = "line-length"
        case isPrivate = "private"
        case initializers = "init"
        case oneLineSuites = "one-line-suites"
        case runtimeDocstrings = "runtime-docstrings"
    }

    /// What the keys say, the defaults for others.
    private(set) var settings = Settings()
    /// Every mistake.
    private(set) var problems: [Problem] = []
    private let folder: String

    /// Reads a table; relative globs are those of a folder.
    init(_ table: TOMLTable, folder: String) {
        self.folder = folder
        for (name, entry) in table.entries.sorted(by: { $0.key < $1.key }) {
            if let key = Key(rawValue: name) {
                read(key, entry)
            } else {
                let question = Suggestion.question(for: name, among: Key.allCases.map(\.rawValue))
                note("unknown key `\(name)` in [tool.docent]\(question)", entry.line)
            }
        }
    }

    private mutating func read(_ key: Key, _ entry: TOMLEntry) {
        switch key {
        case .style: readStyle(entry)
        case .types: set(choice(key, entry)) { $0.types = $1 }
        case .oneLineSuites: set(choice(key, entry)) { $0.oneLineSuites = $1 }
        case .include: set(globs(key, entry)) { $0.include = $1 }
        case .exclude: set(globs(key, entry)) { $0.exclude = $1 }
        case .nested: set(flag(key, entry)) { $0.documentsNested = $1 }
        case .tests: set(flag(key, entry)) { $0.documentsTests = $1 }
        case .overwrite: set(flag(key, entry)) { $0.overwrites = $1 }
        case .stubs: set(flag(key, entry)) { $0.documentsStubs = $1 }
        case .isPrivate: set(flag(key, entry)) { $0.documentsPrivate = $1 }
        case .initializers: set(flag(key, entry)) { $0.documentsInitializers = $1 }
        case .runtimeDocstrings: set(flag(key, entry)) { $0.documentsRuntimeData = $1 }
        case .jobs: set(number(key, entry, in: Settings.jobCounts)) { $0.jobs = $1 }
        case .lineLength: set(number(key, entry, in: Settings.lineLengths)) { $0.lineLength = $1 }
        }
    }

    private mutating func set<Value>(_ value: Value?, _ change: (inout Settings, Value) -> Void) {
        if let value { change(&settings, value) }
    }

    private mutating func note(_ message: String, _ line: Int) {
        problems.append(Problem(line: line, message: message))
    }

    private mutating func noteKind(_ key: Key, _ entry: TOMLEntry, expected: String) {
        note("`\(key.rawValue)` must be \(expected), not \(entry.value.kind)", entry.line)
    }

    // MARK: - Values

    private mutating func readStyle(_ entry: TOMLEntry) {
        guard case .string(let name) = entry.value else { return noteKind(.style, entry, expected: "a string") }
        guard let problem = Settings.problem(style: name) else {
            settings.style = Settings.plainStyle(name)
            return
        }
        note(problem, entry.line)
    }

    private mutating func flag(_ key: Key, _ entry: TOMLEntry) -> Bool? {
        if case .boolean(let value) = entry.value { return value }
        noteKind(key, entry, expected: "true or false")
        return nil
    }

    private mutating func number(_ key: Key, _ entry: TOMLEntry, in range: ClosedRange<Int>) -> Int? {
        guard case .integer(let value) = entry.value else {
            noteKind(key, entry, expected: "an integer")
            return nil
        }
        if let problem = Settings.problem(key.rawValue, value, in: range) { note(problem, entry.line) }
        return value
    }

    private mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: Key,
        _ entry: TOMLEntry
    ) -> Choice? {
        guard case .string(let name) = entry.value else {
            noteKind(key, entry, expected: "a string")
            return nil
        }
        let choices = Choice.allCases.map(\.rawValue)
        if let problem = Settings.problem(key.rawValue, name, among: choices) { note(problem, entry.line) }
        return Choice(rawValue: name)
    }

    private mutating func globs(_ key: Key, _ entry: TOMLEntry) -> [String]? {
        guard case .array(let values) = entry.value else {
            noteKind(key, entry, expected: "an array of strings")
            return nil
        }
        let globs = values.compactMap { value -> String? in
            guard case .string(let text) = value else { return nil }
            return text
        }
        if globs.count < values.count { note("`\(key.rawValue)` must hold strings only", entry.line) }
        for problem in GlobList.problems(in: globs) { note("`\(key.rawValue)`: \(problem)", entry.line) }
        return globs.map { GlobList.anchored($0, to: folder) }
    }
}
