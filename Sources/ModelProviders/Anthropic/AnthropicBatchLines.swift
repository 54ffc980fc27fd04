import HTTPTransport
import LanguageModels

/// Reads the results of a batch, a line for each request, while they come.
actor AnthropicBatchLines {
    private let model: AnthropicModel
    private let batch: Batch
    private var lines: ServiceLines?
    private var hasEnded = false

    init(model: AnthropicModel, batch: Batch) {
        self.model = model
        self.batch = batch
    }

    /// The next result, `nil` at the end and after an error.
    func next() async throws -> BatchResult? {
        guard !hasEnded else { return nil }
        hasEnded = true
        var open = try await opened()
        lines = nil
        guard let line = try await open.next() else { return nil }
        let result = try result(of: line)
        lines = open
        hasEnded = false
        return result
    }

    private func opened() async throws -> ServiceLines {
        if let lines { return lines }
        let url = try await address()
        // The results may stand anywhere; the key goes to its service alone.
        let isOurs = Origin(url) == Origin(model.service.endpoint.baseURL)
        return try await model.service.lines(at: url, isOurs: isOurs)
    }

    private func result(of line: JSONValue) throws -> BatchResult {
        guard let id = line["custom_id"]?.string, let result = line["result"] else {
            var error = ModelError(.undecodableAnswer, "a line of the results is no result", text: line)
            error.identity = model.identity
            throw error
        }
        return BatchResult(id: id, result: outcome(result))
    }

    private func outcome(_ result: JSONValue) -> Result<ModelResponse, ModelError> {
        switch result["type"]?.string {
        case "succeeded":
            do {
                return .success(try AnthropicAnswer.response(result["message"] ?? [:]))
            } catch {
                return .failure(named(error as? ModelError ?? ModelError(.undecodableAnswer, "\(error)")))
            }
        case "canceled":
            return .failure(named(ModelError(.cancelled, "the batch was stopped before this request")))
        case "expired":
            return .failure(named(ModelError(.timeout(.total), "the batch expired before this request")))
        default:
            return .failure(named(AnthropicFailure.error(FailedAnswer(inStream: result["error"] ?? result))))
        }
    }

    private func named(_ error: ModelError) -> ModelError {
        var error = error
        error.identity = model.identity
        return error
    }

    private func address() async throws -> String {
        var url = batch.raw["results_url"]?.string
        if url == nil { url = try await model.batch(id: batch.id).raw["results_url"]?.string }
        guard let url else {
            throw ModelError(.invalidRequest, "batch \(batch.id) has no results yet", identity: model.identity)
        }
        return url.hasPrefix("/") && !url.hasPrefix("//") ? model.service.endpoint.baseURL + url : url
    }
}

/// Where an address leads: scheme, host and port.
struct Origin: Hashable {
    private let scheme: String
    private let authority: String

    /// The origin of an absolute address; `nil` for any other, and for one that names a user.
    init?(_ url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        scheme = url[..<mark.lowerBound].lowercased()
        let authority = url[mark.upperBound...].prefix { !"/?#\\".contains($0) }.lowercased()
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        let port = scheme == "https" ? ":443" : ":80"
        self.authority = authority.hasSuffix(port) ? String(authority.dropLast(port.count)) : authority
    }
}
