import Documenter

/// What options change in the project's settings: only what was given, in the order in which it was given.
struct SettingChanges: Sendable {
    private var changes: [@Sendable (inout Settings) -> Void] = []
    private var include: [String] = []

    /// Nothing changed.
    init() {}

    /// Sets a property.
    mutating func set<Value: Sendable>(_ property: any WritableKeyPath<Settings, Value> & Sendable, to value: Value) {
        changes.append { $0[keyPath: property] = value }
    }

    /// Adds a glob of files not to touch; those of the project stay.
    mutating func exclude(_ glob: String) {
        changes.append { $0.exclude.append(glob) }
    }

    /// Adds a glob to those that take the place of the project's.
    mutating func include(_ glob: String) {
        include.append(glob)
    }

    /// Settings with the changes made.
    func applied(to settings: Settings) -> Settings {
        var result = settings
        if !include.isEmpty { result.include = include }
        for change in changes { change(&result) }
        return result
    }
}
