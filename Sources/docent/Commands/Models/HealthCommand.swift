import LanguageModels

/// `docent health`: asks all configured services how they do.
struct HealthCommand: ModelChoosing {
    static let name = "health"
    static let operandsLimit = 0
    static let options: [Option<HealthCommand>] =
        [
            .flag("json", "A line of JSON for each service") { $0.writesJSON = $1 }
        ] + modelOptions

    static let manual = Manual(
        summary: "Check keys, addresses and models of all configured services",
        text: """
            Asks each service that has a key or an address, all at once and without using
            tokens, and tells how long it took and what to fix.
            """,
        sections: [
            Manual.Section(
                "Exit codes",
                """
                0    all is well
                2    the command line or the configuration is wrong, or names no service
                3    something is to be fixed, or the output could not be written
                141  whoever read the output has stopped, as 'head' does
                """
            )
        ]
    )

    var operands: [String] = []
    var choice = ModelChoice()
    /// JSON instead of a table.
    var writesJSON = false

    func run(in context: CommandContext) async -> ExitCode {
        do {
            let access = try context.services.models(choice)
            guard !access.providers.isEmpty else {
                context.console.say("no service is configured; set a key such as OPENAI_API_KEY, or see --model-config")
                return .usage
            }
            let reports = await Self.reports(of: access)
            await access.close()
            let lines = writesJSON ? reports.map { $0.json.text } : Self.table(reports)
            let delivery = context.console.output.write(lines.joined(separator: "\n") + "\n")
            guard delivery == .complete else { return delivery.exitCode }
            return reports.allSatisfy(\.isHealthy) ? .done : .someFailed
        } catch {
            context.console.say("\(error)")
            return .usage
        }
    }

    private static func reports(of access: ModelAccess) async -> [HealthReport] {
        await withTaskGroup(of: (Int, HealthReport).self) { group in
            for (index, provider) in access.providers.enumerated() {
                group.addTask { (index, await access.health(provider)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func table(_ reports: [HealthReport]) -> [String] {
        let rows = reports.map { report in
            let name = report.identity.model.isEmpty ? report.identity.provider : report.identity.description
            return [name, report.isHealthy ? "ok" : "trouble", report.latencyText, report.advice]
        }
        return TextTable(rows).lines
    }
}

extension HealthReport {
    fileprivate var latencyText: String {
        latency.map { "\(Int(($0 / .milliseconds(1)).rounded())) ms" } ?? ""
    }

    /// What is wrong and what to do.
    fileprivate var advice: String {
        guard var problem else { return "" }
        problem.identity = nil
        let names = suggestions.joined(separator: ", ")
        return VisibleText.of(names.isEmpty ? "\(problem)" : "\(problem); there is \(names)")
    }

    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["provider"] = .string(identity.provider)
        object["model"] = identity.model.isEmpty ? nil : .string(identity.model)
        object["healthy"] = .bool(isHealthy)
        object["latency_ms"] = latency.map { .double($0 / .milliseconds(1)) }
        object["problem"] = isHealthy ? nil : .string(advice)
        return .object(object)
    }
}
