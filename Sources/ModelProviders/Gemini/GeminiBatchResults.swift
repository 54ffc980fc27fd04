import HTTPTransport
import LanguageModels

/// The results of one batch, from the operation itself or from the file that it names.
actor GeminiBatchResults {
    private enum Source {
        case batch(Batch)
        case list(ArraySlice<JSONValue>)
        case file(HTTPBody, JSONLinesFraming, ArraySlice<ServerSentEvent>)
        case lastLines(ArraySlice<ServerSentEvent>)
        case ended
    }

    private let model: GeminiModel
    private let batch: Batch
    private var source: Source
    private var count = 0

    init(model: GeminiModel, batch: Batch) {
        self.model = model
        self.batch = batch
        source = .batch(batch)
    }

    /// The next result; `nil` at the end.
    func next() async throws -> BatchResult? {
        while true {
            let current = source
            // The source gives up its hold, so that changing it copies nothing.
            source = .ended
            switch current {
            case .batch(let batch):
                source = try await open(batch)
            case .list(var items):
                guard let item = items.popFirst() else { return try ended() }
                source = .list(items)
                return result(of: item)
            case .file(let body, let framing, var lines):
                guard let line = lines.popFirst() else {
                    source = try await read(body, framing)
                    continue
                }
                source = .file(body, framing, lines)
                return result(of: try parsed(line.data))
            case .lastLines(var lines):
                guard let line = lines.popFirst() else { return try ended() }
                source = .lastLines(lines)
                return result(of: try parsed(line.data))
            case .ended:
                return nil
            }
        }
    }

    /// Waits for the next piece of a file.
    private func read(_ body: HTTPBody, _ framing: JSONLinesFraming) async throws -> Source {
        var (framing, pieces) = (framing, body.makeAsyncIterator())
        let piece = try await model.service.model.endpoint.connected(to: model.identity) { try await pieces.next() }
        guard let piece else { return .lastLines(try framing.finish()[...]) }
        let lines = try framing.consume(piece)
        return .file(body, framing, lines[...])
    }

    private func open(_ batch: Batch) async throws -> Source {
        if let source = try await results(in: batch.raw) { return source }
        let current = try await model.batch(id: batch.id)
        return try await results(in: current.raw) ?? .list([])
    }

    private func results(in operation: JSONValue) async throws -> Source? {
        for place in [operation["response"], operation["metadata"]?["output"], operation["output"]] {
            if let list = place?["inlinedResponses"]?["inlinedResponses"] { return .list(list.elements[...]) }
            guard let file = place?["responsesFile"]?.string else { continue }
            return .file(try await download(file), JSONLinesFraming(), [])
        }
        return nil
    }

    private func download(_ file: String) async throws -> HTTPBody {
        let service = model.service.model
        let path = "/\(GeminiSurface.escaped(file)):download?alt=media"
        var request = HTTPRequest(
            "GET",
            GeminiModel.downloadURL(service.endpoint.baseURL) + path,
            headers: try await service.endpoint.credentials()
        )
        request.timeouts = service.endpoint.timeouts
        request.timeouts.total = nil
        request.timeouts.betweenBytes = request.timeouts.betweenBytes ?? .seconds(600)
        request.maximumBodyBytes = 4 << 30
        let sent = request
        let stream = try await service.endpoint.connected(to: model.identity) {
            try await service.endpoint.transport.open(sent)
        }
        guard 200..<300 ~= stream.status else {
            let body = try await stream.body.prefixed(by: 64 << 10)
            throw service.failure(HTTPResponse(status: stream.status, headers: stream.headers, body: body))
        }
        return stream.body
    }

    private func parsed(_ line: [UInt8]) throws -> JSONValue {
        do {
            return try JSONValue(parsing: line)
        } catch {
            var failure = ModelError(.undecodableAnswer, error.description, identity: model.identity)
            failure.answerText = String(decoding: line.prefix(4096), as: UTF8.self)
            throw failure
        }
    }

    private func result(of item: JSONValue) -> BatchResult {
        defer { count += 1 }
        let metadata = item["metadata"]
        let id = item["key"]?.string ?? metadata?["key"]?.string ?? metadata?["custom_id"]?.string ?? String(count)
        return BatchResult(id: id, result: Result { try answer(item) }.mapError(described))
    }

    private func answer(_ item: JSONValue) throws -> ModelResponse {
        let service = model.service.model
        guard let response = item["response"] else {
            let error = item["error"] ?? item["status"] ?? ["message": "the service gave neither answer nor error"]
            throw service.format.failure(FailedAnswer(inStream: ["error": error]))
        }
        return try service.format.decode(response)
    }

    private func described(_ error: any Error) -> ModelError {
        var error = error as? ModelError ?? ModelError(.undecodableAnswer, "\(error)")
        error.identity = error.identity ?? model.identity
        return error
    }

    /// The end; an error where results are missing.
    private func ended() throws -> BatchResult? {
        source = .ended
        let kind: ModelError.Kind? =
            switch batch.status {
            case .failed: .serverError
            case .cancelled: .cancelled
            case .expired: .timeout(.total)
            case .completed: batch.total.map { $0 > count } == true ? .undecodableAnswer : nil
            case .pending, .running, .cancelling: count == 0 ? .invalidRequest : nil
            }
        guard let kind, batch.total.map({ $0 > count }) ?? (count == 0) else { return nil }
        let words = "\(batch.id) is \(batch.status.rawValue): \(count) of \(batch.total ?? 0) requests have a result"
        throw ModelError(kind, batch.failure.map { "\(words): \($0)" } ?? words, identity: model.identity)
    }
}

extension GeminiModel {
    /// The address for downloads: `/download` stands before the version.
    static func downloadURL(_ baseURL: String) -> String {
        guard let slash = baseURL.lastIndex(of: "/") else { return baseURL }
        return "\(baseURL[..<slash])/download\(baseURL[slash...])"
    }
}
