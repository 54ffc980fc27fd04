import HTTPTransport
import LanguageModels

/// Reads the results of a batch, a line for each request, while they come.
actor AnthropicBatchLines {
    private let model: AnthropicModel
    private let batch: Batch
    private var body: HTTPBody?
    private var isAtEnd = false
    private var buffer: [UInt8] = []
    private var start = 0

    init(model: AnthropicModel, batch: Batch) {
        self.model = model
        self.batch = batch
    }

    /// The next result, `nil` at the end.
    func next() async throws -> BatchResult? {
        while true {
            while let line = nextLine() {
                if let result = try result(of: line) { return result }
            }
            guard !isAtEnd else { return nil }
            try await read()
        }
    }

    private func read() async throws {
        let source: HTTPBody
        if let body { source = body } else { source = try await open() }
        body = source
        var pieces = source.makeAsyncIterator()
        let piece = try await model.service.endpoint.connected(to: model.identity) { try await pieces.next() }
        buffer.removeFirst(start)
        start = 0
        if let piece { buffer += piece } else { isAtEnd = true }
    }

    /// The next whole line; the last may lack its end.
    private func nextLine() -> ArraySlice<UInt8>? {
        guard start < buffer.count else { return nil }
        if let end = buffer[start...].firstIndex(of: 0x0A) {
            defer { start = end + 1 }
            return buffer[start..<end]
        }
        guard isAtEnd else { return nil }
        defer { start = buffer.count }
        return buffer[start...]
    }

    private func result(of line: ArraySlice<UInt8>) throws -> BatchResult? {
        guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { return nil }
        guard let json = try? JSONValue(parsing: line), let id = json["custom_id"]?.string, let result = json["result"]
        else {
            var error = ModelError(.undecodableAnswer, "a line of the results is no result", identity: model.identity)
            error.answerText = String(decoding: line.prefix(4096), as: UTF8.self)
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

    private func open() async throws -> HTTPBody {
        let request = try await request()
        let endpoint = model.service.endpoint
        let stream = try await endpoint.connected(to: model.identity) { try await endpoint.transport.open(request) }
        guard 200..<300 ~= stream.status else {
            let body = try await stream.body.prefixed(by: 64 << 10)
            throw model.service.failure(HTTPResponse(status: stream.status, headers: stream.headers, body: body))
        }
        return stream.body
    }

    /// The key goes to the service's own origin alone, whatever address the service names.
    private func request() async throws -> HTTPRequest {
        let endpoint = model.service.endpoint
        let url = try await address()
        var request = HTTPRequest("GET", url)
        if Origin(url) == Origin(endpoint.baseURL) { request.headers = try await endpoint.credentials() }
        request.timeouts = endpoint.timeouts
        request.timeouts.total = nil
        request.timeouts.betweenBytes = request.timeouts.betweenBytes ?? .seconds(600)
        request.maximumBodyBytes = 4 << 30
        return request
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
