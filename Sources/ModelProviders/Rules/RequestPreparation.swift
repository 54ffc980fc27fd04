import LanguageModels

/// Fits a request to what a model takes: drops with a warning, or fails where the options are strict.
struct RequestPreparation {
    /// The request as it is to be sent.
    private(set) var request: ModelRequest
    /// What was changed.
    private(set) var warnings: [RequestWarning] = []
    /// Whom the errors name.
    let identity: ModelIdentity

    /// Begins with the request as the caller made it.
    init(_ request: ModelRequest, for identity: ModelIdentity) {
        self.request = request
        self.identity = identity
    }

    /// Changes the request and says so: `option` as the caller knows it, `reason` in one line without a full stop.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported` where the options are strict.
    mutating func change(_ option: String, _ reason: String, by edit: (inout ModelRequest) -> Void) throws {
        guard !request.options.isStrict else { throw unsupported("\(option): \(reason)") }
        edit(&request)
        warn(option, reason)
    }

    /// Notes what was changed elsewhere than in the request; what was done in several places, once.
    mutating func warn(_ option: String, _ reason: String) {
        let warning = RequestWarning(option: option, reason: reason)
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    /// Changes the request where the change makes no difference to the answer.
    mutating func silently(_ edit: (inout ModelRequest) -> Void) {
        edit(&request)
    }

    /// Removes an option that was given.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported` where the options are strict.
    @inline(__always)  // Else the path is followed while the program runs, which takes a hundred times as long.
    mutating func drop<Value>(
        _ option: WritableKeyPath<RequestOptions, Value?>,
        named name: String,
        because reason: String
    ) throws {
        guard request.options[keyPath: option] != nil else { return }
        try change(name, reason) { $0.options[keyPath: option] = nil }
    }

    /// The error for what can be neither sent nor dropped.
    func unsupported(_ message: String) -> ModelError {
        ModelError(.unsupported, message, identity: identity)
    }
}

/// Rows of data by the beginning of a model's name; the first row that fits counts, so the longer beginnings stand
/// first.
struct PrefixTable<Row: Sendable>: Sendable {
    private let rows: [(prefix: String, row: Row)]

    /// A table of rows; names are compared in lower case.
    init(_ rows: [(String, Row)]) {
        self.rows = rows.map { (prefix: $0.0, row: $0.1) }
    }

    /// The first row whose prefix begins the name, the name's own prefixes such as `models/` taken off.
    func row(for model: String) -> Row? {
        let name = model.lowercased()
        return rows.first { name.hasPrefix($0.prefix) }?.row
    }
}
