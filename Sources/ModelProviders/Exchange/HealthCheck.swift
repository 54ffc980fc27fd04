import LanguageModels

/// Finds out, by asking for the list of models, whether a service can be used.
struct HealthCheck {
    /// The model in question.
    var identity: ModelIdentity
    /// Whether the model's name must be in the list; not so where names are the user's own, as Azure's deployments.
    var expectsName = true
    /// What measures the time.
    var clock: any Clock<Duration> = ContinuousClock()

    /// Asks for the list, and says what was found.
    func report(_ list: () async throws -> [AvailableModel]) async -> HealthReport {
        var (report, models) = await asked(list)
        if expectsName, let models { look(for: identity.model, in: models.map(\.name), &report) }
        return report
    }

    /// Asks for the model alone; names like its own are looked for in the list where there is none.
    func report(
        asking question: () async throws -> Void,
        list: () async throws -> [AvailableModel]
    ) async -> HealthReport {
        var (report, _) = await asked(question)
        if report.problem?.kind == .notFound, let names = try? await list().map(\.name) {
            report.suggestions = NamesLike(identity.model).among(names)
        }
        return report
    }

    private func asked<Answer>(_ question: () async throws -> Answer) async -> (HealthReport, Answer?) {
        var report = HealthReport(identity: identity)
        let time = Stopwatch(clock)
        do {
            let answer = try await question()
            report.latency = time()
            return (report, answer)
        } catch {
            report.problem = problem(error)
            // The service was there, whatever it said.
            if report.problem?.status != nil { report.latency = time() }
            return (report, nil)
        }
    }

    private func problem(_ error: any Error) -> ModelError {
        if let error = error as? ModelError { return error }
        if error is CancellationError { return ModelError(.cancelled, "the check was cancelled", identity: identity) }
        // What gives the key is the caller's own.
        let words = FailedAnswer.sentence("the credentials could not be had: \(error)")
        return ModelError(.configuration, words, identity: identity)
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

/// Tells how long ago it was made.
private struct Stopwatch {
    private let elapsed: () -> Duration

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
    }

    func callAsFunction() -> Duration { elapsed() }
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
