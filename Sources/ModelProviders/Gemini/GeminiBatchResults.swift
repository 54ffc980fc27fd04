import HTTPTransport
import LanguageModels

/// The results of one batch, from the operation itself or from the file that it names.
actor GeminiBatchResults {
    private enum Source {
        case batch(Batch)
        case list(ArraySlice<JSONValue>)
        case file(ServiceLines)
        case ended
    }

    private let service: GeminiService
    private let batch: Batch
    private var source: Source
    private var count = 0

    init(service: GeminiService, batch: Batch) {
        self.service = service
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
            case .file(var lines):
                guard let item = try await lines.next() else { return try ended() }
                source = .file(lines)
                return result(of: item)
            case .ended:
                return nil
            }
        }
    }

    private func open(_ batch: Batch) async throws -> Source {
        if let source = try await results(in: batch.raw) { return source }
        let current = try await service.batch(id: batch.id)
        return try await results(in: current.raw) ?? .list([])
    }

    private func results(in operation: JSONValue) async throws -> Source? {
        for place in [operation["response"], operation["metadata"]?["output"], operation["output"]] {
            if let list = place?["inlinedResponses"]?["inlinedResponses"] { return .list(list.elements[...]) }
            guard let file = place?["responsesFile"]?.string else { continue }
            return .file(try await lines(of: file))
        }
        return nil
    }

    private func lines(of file: String) async throws -> ServiceLines {
        let model = service.service
        let base = Self.downloadURL(model.endpoint.baseURL)
        return try await model.lines(at: "\(base)/\(GeminiSurface.escaped(file)):download?alt=media")
    }

    private func result(of item: JSONValue) -> BatchResult {
        defer { count += 1 }
        let metadata = item["metadata"]
        let id = item["key"]?.string ?? metadata?["key"]?.string ?? metadata?["custom_id"]?.string ?? String(count)
        return BatchResult(id: id, result: Result { try answer(item) }.mapError(described))
    }

    private func answer(_ item: JSONValue) throws -> ModelResponse {
        let format = service.service.format
        guard let response = item["response"] else {
            let error = item["error"] ?? item["status"] ?? ["message": "the service gave neither answer nor error"]
            throw format.failure(FailedAnswer(inStream: ["error": error]))
        }
        return try GeminiAnswer.response(from: response)
    }

    private func described(_ error: any Error) -> ModelError {
        var error = error as? ModelError ?? ModelError(.undecodableAnswer, "\(error)")
        error.identity = error.identity ?? service.identity
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
        throw ModelError(kind, batch.failure.map { "\(words): \($0)" } ?? words, identity: service.identity)
    }

    /// The address for downloads: `/download` stands before the version.
    private static func downloadURL(_ baseURL: String) -> String {
        guard let slash = baseURL.lastIndex(of: "/") else { return baseURL }
        return "\(baseURL[..<slash])/download\(baseURL[slash...])"
    }
}
