extension ModelConfiguration {
    /// What the environment's variables say on top of a configuration.
    ///
    /// Beside each service's own variables (its key, its address) these count: `AI_MODEL_TYPE`, `DOCENT_MODEL`,
    /// `MAX_TOKENS`, `TEMPERATURE`, `REQUEST_TIMEOUT`, `MAX_RETRIES` and `RETRY_DELAY`.
    mutating func read(_ environment: [String: String], problems: inout [ConfigurationProblem]) {
        var variables = EnvironmentReader(environment: environment)
        defaultProvider = variables.text("AI_MODEL_TYPE").map { $0.lowercased() } ?? defaultProvider
        defaultModel = variables.text("DOCENT_MODEL") ?? defaultModel
        maximumTokens = variables.integer("MAX_TOKENS", 1...Int(Int32.max)) ?? maximumTokens
        temperature = variables.number("TEMPERATURE", 0...2) ?? temperature
        timeout = variables.number("REQUEST_TIMEOUT", 0.001...86_400).map { .seconds($0) } ?? timeout
        maximumRetries = variables.integer("MAX_RETRIES", 0...100) ?? maximumRetries
        retryDelay = variables.number("RETRY_DELAY", 0...86_400).map { .seconds($0) } ?? retryDelay
        problems += variables.problems
    }
}

/// Reads variables, and collects those that hold something else than they should.
private struct EnvironmentReader {
    let environment: [String: String]
    var problems: [ConfigurationProblem] = []

    func text(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func integer(_ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = text(name) else { return nil }
        if let value = Int(text), range.contains(value) { return value }
        report(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)", not: text)
        return nil
    }

    mutating func number(_ name: String, _ range: ClosedRange<Double>) -> Double? {
        guard let text = text(name) else { return nil }
        if let value = Double(text), range.contains(value) { return value }
        report(name, "must be a number from \(range.lowerBound) to \(range.upperBound)", not: text)
        return nil
    }

    private mutating func report(_ name: String, _ message: String, not text: String) {
        let found = text.count > 40 ? "a text of \(text.count) characters" : "\"\(text.maskingKeys())\""
        problems.append(ConfigurationProblem(source: name, message: message + ", not " + found))
    }
}
