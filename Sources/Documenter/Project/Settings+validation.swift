extension Settings {
    /// The line lengths that can be asked for.
    public static let lineLengths = 20...1000
    /// The numbers of jobs that can be asked for.
    public static let jobCounts = 1...1024
    /// The name that stands for the project's own majority style.
    public static let automaticStyle = "auto"
    /// The names that `style` takes; `sphinx` is taken for `rest`, too.
    public static let styleNames = [automaticStyle, "google", "numpy", "rest", "epytext"]

    /// These settings, checked, with `auto` for a style as `nil` and `sphinx` as `rest`.
    ///
    /// - Throws: `ProjectError` with a line for every setting that cannot be used.
    public func validated() throws(ProjectError) -> Settings {
        var problems: [String] = []
        if let style, let problem = Self.problem(style: style) { problems.append(problem) }
        if let lineLength, let problem = Self.problem("line-length", lineLength, in: Self.lineLengths) {
            problems.append(problem)
        }
        if let jobs, let problem = Self.problem("jobs", jobs, in: Self.jobCounts) { problems.append(problem) }
        problems += GlobList.problems(in: include).map { "`include`: \($0)" }
        problems += GlobList.problems(in: exclude).map { "`exclude`: \($0)" }
        guard problems.isEmpty else { throw ProjectError(problems.joined(separator: "\n")) }
        var settings = self
        settings.style = style.flatMap(Self.plainStyle)
        return settings
    }

    /// The style that a name stands for; `nil` for `auto`.
    static func plainStyle(_ name: String) -> String? {
        name == automaticStyle ? nil : name == "sphinx" ? "rest" : name
    }

    static func problem(style: String) -> String? {
        style == "sphinx" ? nil : problem("style", style, among: styleNames)
    }

    static func problem(_ name: String, _ value: Int, in range: ClosedRange<Int>) -> String? {
        range.contains(value)
            ? nil : "`\(name)` is \(value), but must be from \(range.lowerBound) to \(range.upperBound)"
    }

    static func problem(_ name: String, _ value: String, among choices: [String]) -> String? {
        guard !choices.contains(value) else { return nil }
        let list = choices.dropLast().joined(separator: ", ") + " or " + (choices.last ?? "")
        return "`\(name)` is `\(value)`, but must be \(list)\(Suggestion.question(for: value, among: choices))"
    }
}
