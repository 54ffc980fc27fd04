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
        report.suggestions = NamesLike(wanted).among(names)
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
                maximumInputTokens: (input ?? entry["max_context_length"])?.count,
                maximumOutputTokens: output?.count
            )
        }
    }
}
