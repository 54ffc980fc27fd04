import HTTPTransport
import LanguageModels
import ModelProviders
import Testing

/// What we write is what the services' own Python packages would write, by their types.
struct ServiceKitTests {
    /// A model whose requests are judged.
    private struct Subject {
        var label: String
        /// Numbers that the service takes beside what the package that judges it knows.
        var extra: [JSONValue] = []
        /// Whether the judging package is another service's.
        var isForeign = false
        var model: any LanguageModel
    }

    @Test(.enabled(if: ServiceKits.python != nil, ServiceKits.areMissing))
    func `the services' own packages accept our requests and catch wrong ones`() async throws {
        var lines: [String] = []
        var refused: [String] = []
        let answers = CannedAnswers()
        for subject in Self.subjects(answers.transport) {
            for (name, request) in RequestMatrix.cases {
                do {
                    _ = try await subject.model.respond(to: request)
                    _ = try? await subject.model.stream(request).response()
                } catch let error as ModelError where error.kind == .unsupported {
                    refused.append("\(subject.label), \(name)")
                }
                lines += Self.lines(answers.take(), subject, about: name)
            }
            lines += try await Self.secondTurn(subject, answers)
            lines += try await Self.others(subject, answers)
        }

        let verdict = try ServiceKits.verdict("judge_requests.py", on: lines.joined(separator: "\n"))

        let summary = verdict.output.split(separator: "\n").last.map(String.init) ?? ""
        print("requests, judged by the services' own packages:", summary, "- refused before sending:", refused.count)
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(summary.hasPrefix("\(lines.count) accepted, 0 rejected, "), "\(verdict.output)")
        #expect(summary.hasSuffix(", 0 missed"), "\(verdict.output)")
        #expect(lines.count > 2000)
        #expect(refused.count < lines.count / 10, "\(refused)")
        let caught = summary.split(separator: " ").dropLast(3).last.flatMap { Int($0) } ?? 0
        #expect(caught >= 20, "\(summary)")
    }

    private static func secondTurn(_ subject: Subject, _ answers: CannedAnswers) async throws -> [String] {
        var request = RequestMatrix.weather
        if subject.label.hasPrefix("anthropic") { request.options.reasoning = .budget(tokens: 2000) }
        let answer = try await subject.model.respond(to: request)
        _ = answers.take()
        let results = answer.toolCalls.map { ToolResult(of: $0, "sunny") }
        let next = request.followed(by: answer, then: .results(results))
        _ = try await subject.model.respond(to: next)
        #expect(results.count == 2, "\(subject.label)")
        return lines(answers.take(), subject, about: "tools, turn two")
    }

    private static func others(_ subject: Subject, _ answers: CannedAnswers) async throws -> [String] {
        if let counting = subject.model as? any TokenCounting,
            subject.model is OpenAIModel || subject.model is AnthropicModel
        {
            _ = try await counting.countTokens(of: RequestMatrix.weather)
        }
        if let model = subject.model as? AnthropicModel {
            _ = try await model.submit([
                BatchRequest(id: "a", request: RequestMatrix.weather),
                BatchRequest(id: "b", request: ModelRequest("?")),
            ])
        }
        return lines(answers.take(), subject, about: "tools, turn two")
    }

    private static func lines(_ requests: [HTTPRequest], _ subject: Subject, about name: String) -> [String] {
        requests.map { request in
            let line: JSONValue = [
                "case": .string("\(subject.label): \(name)"),
                "base": .string(subject.isForeign ? "" : name),
                "format": .string(request.format),
                "extra": .array(subject.extra),
                "body": (try? JSONValue(parsing: request.body ?? [])) ?? nil,
            ]
            return line.text
        }
    }

    private static func subjects(_ transport: StubTransport) -> [Subject] {
        openAI(transport) + azure(transport) + compatible(transport)
            + [
                "claude-3-5-haiku-latest", "claude-3-7-sonnet-latest", "claude-sonnet-4-5", "claude-opus-4-6",
                "claude-opus-4-7", "claude-haiku-4-5",
            ].map { name in
                // From 2.0 on the package leaves out what models before Claude Opus 4.7 still take.
                let model = AnthropicModel(name, key: "k", transport: transport)
                return Subject(label: "anthropic/\(name)", extra: ["temperature", "top_p", "top_k"], model: model)
            }
            + ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-pro-preview"].flatMap { name in
                [
                    Subject(label: "gemini/\(name)", model: GeminiModel(name, key: "k", transport: transport)),
                    Subject(
                        label: "vertex/\(name)",
                        model: VertexModel(name, project: "p", location: "global", transport: transport) { "token" }
                    ),
                ]
            }
            + [
                "command-a-03-2025", "command-r-plus-08-2024", "command-a-reasoning-08-2025",
                "command-a-vision-07-2025",
            ].map { Subject(label: "cohere/\($0)", model: CohereModel($0, key: "k", transport: transport)) }
    }

    private static func openAI(_ transport: StubTransport) -> [Subject] {
        let endpoint = ServiceEndpoint.openAI(key: "k", transport: transport)
        let names = [
            "gpt-4o", "gpt-4.1-mini", "gpt-4o-audio-preview", "o3-mini", "o4-mini", "gpt-5", "gpt-5.1", "gpt-5.2",
        ]
        return names.flatMap { name in
            OpenAIInterface.allCases.map { interface in
                let model = OpenAIModel(name, endpoint: endpoint, interface: interface)
                return Subject(label: "openai/\(name) \(interface)", model: model)
            }
        }
    }

    private static func azure(_ transport: StubTransport) -> [Subject] {
        let address = "https://me.openai.azure.com"
        return [nil, "2024-10-21"].map { version in
            let account = AzureAccount(address, version: version, credential: .key("k"), transport: transport)
            let model = AzureModel("mine", account: account, model: "gpt-4o")
            return Subject(label: "azure/\(version ?? "v1")", model: model)
        }
    }

    private static func compatible(_ transport: StubTransport) -> [Subject] {
        [CompatibleService.groq, .xAI, .together, .ollama, .vLLM].map { service in
            let model = CompatibleModel("m", service: service, key: "k", transport: transport)
            return Subject(label: "\(service.name)/m", extra: ["top_k"], isForeign: true, model: model)
        }
    }
}
