import LanguageModels

/// Finds out, by asking for the list of models, whether a service can be used.
struct HealthCheck {
    /// The model in question.
    var identity: ModelIdentity
    /// Whether the model's name must be in the list; not so where names are the user's own, as Azure's deployments.
    var expectsName = true
    /// What measures the time.
    var clock: any Clock<Duration> = ContinuousClock()

    /// Asks, and says what was found.
    func report(_ list: () async throws -> [AvailableModel]) async -> HealthReport {
        var report = HealthReport(identity: identity)
        do {
            let (latency, models) = try await timed(clock, list)
            report.latency = latency
            if expectsName { look(for: identity.model, in: models.map(\.name), &report) }
        } catch let error as ModelError {
            report.problem = error
        } catch {
            report.problem = ModelError(.cancelled, "the check was cancelled", identity: identity)
        }
        return report
    }

    private func timed<C: Clock<Duration>>(
        _ clock: C,
        _ list: () async throws -> [AvailableModel]
    ) async throws -> (Duration, [AvailableModel]) {
        let start = clock.now
        let models = try await list()
        return (start.duration(to: clock.now), models)
    }

    private func look(for name: String, in names: [String], _ report: inout HealthReport) {
        let wanted = Self.plain(name)
        guard !names.contains(where: { Self.plain($0) == wanted }) else { return }
        report.suggestions = Self.similar(to: wanted, in: names)
        let hint = report.suggestions.isEmpty ? "" : "; similar are \(report.suggestions.joined(separator: ", "))"
        report.problem = ModelError(.notFound, "the service lists no model \(name)\(hint)", identity: identity)
    }

    /// A name without what services put around it (`models/…`, `…:latest`).
    private static func plain(_ name: String) -> String {
        var name = name.lowercased()
        if name.hasPrefix("models/") { name.removeFirst("models/".count) }
        if name.hasSuffix(":latest") { name.removeLast(":latest".count) }
        return name
    }

    /// At most three names that are like one, the likest first.
    static func similar(to name: String, in names: [String]) -> [String] {
        let most = max(2, name.count / 3)
        let ranked = names.map { (name: $0, distance: distance(name, plain($0))) }
        return ranked.filter { $0.distance <= most || plain($0.name).hasPrefix(name) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// How many letters must be put in, taken out or replaced (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (line, letter) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}

extension AvailableModel {
    /// The models of a list in OpenAI's shape, `{"data": […]}` or the bare array.
    static func list(openAI json: JSONValue) -> [AvailableModel] {
        let entries = (json["data"] ?? json["models"] ?? json).elements
        return entries.compactMap { entry in
            guard let name = (entry["id"] ?? entry["name"] ?? entry["model"])?.string else { return nil }
            let input = entry["context_length"] ?? entry["max_model_len"] ?? entry["context_window"]
            let output = entry["max_completion_tokens"] ?? entry["top_provider"]?["max_completion_tokens"]
            return AvailableModel(
                name: name,
                displayName: (entry["display_name"] ?? entry["name"])?.string.flatMap { $0 == name ? nil : $0 },
                maximumInputTokens: (input ?? entry["max_context_length"])?.integer,
                maximumOutputTokens: output?.integer
            )
        }
    }
}
