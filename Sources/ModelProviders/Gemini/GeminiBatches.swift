import HTTPTransport
import LanguageModels

extension GeminiService: BatchResponding {
    /// Hands in requests, 20 MB at most, each with its id as its key.
    func submit(_ requests: [BatchRequest]) async throws -> Batch {
        try service.named { try batchLimits.check(requests: requests.count) }
        var warnings: [String: [RequestWarning]] = [:]
        var size = 0
        let encoded = try requests.map { item in
            let (body, dropped) = try service.named { try service.format.namedBody(of: item.request) }
            if !dropped.isEmpty { warnings[item.id] = dropped }
            let entry: JSONValue = ["request": body, "metadata": ["key": .string(item.id)]]
            size += entry.bytes.count + 1
            try service.named { try batchLimits.check(bytes: size) }
            return entry
        }
        let body: JSONValue = [
            "batch": [
                "displayName": .string("\(requests.count) requests"),
                "inputConfig": ["requests": ["requests": .array(encoded)]],
            ]
        ]
        let request = service.format.encode(method: "batchGenerateContent", body: body)
        var batch = try described(try await service.endpoint.post(request, for: identity))
        batch.warnings = warnings
        return batch
    }

    /// How a batch stands; its id is `batches/…`.
    func batch(id: String) async throws -> Batch {
        let endpoint = service.endpoint
        // Not as a question that is answered at once: the answer may hold all results.
        let question = try await endpoint.request("GET", "\(endpoint.baseURL)/\(GeminiSurface.escaped(id))")
        return try described(try await endpoint.sent(question, for: identity))
    }

    /// What came of a batch, in the order in which the requests were handed in.
    ///
    /// The service keeps no record of requests that it never answered: for a batch that was stopped, has expired or
    /// failed, the results end with an error that says so, behind those that there are.
    func results(of batch: Batch) -> BatchResults {
        BatchResults {
            let results = GeminiBatchResults(service: self, batch: batch)
            return { try await results.next() }
        }.noting(batch.warnings)
    }

    /// Asks the service to stop a batch.
    func cancel(_ batch: Batch) async throws -> Batch {
        let path = "/\(GeminiSurface.escaped(batch.id)):cancel"
        let answer = try await service.endpoint.post(EncodedRequest(path: path, body: [:]), for: identity)
        _ = try service.checked(answer)
        var cancelled = try await self.batch(id: batch.id)
        cancelled.warnings = batch.warnings
        return cancelled
    }

    /// Reads a long-running operation; one that failed carries an `error` that is the batch's, not the answer's.
    private func described(_ answer: HTTPResponse) throws -> Batch {
        guard 200..<300 ~= answer.status, let json = try? JSONValue(parsing: answer.body),
            let name = json["name"]?.string
        else {
            _ = try service.checked(answer)
            throw undecodable(answer, "the answer describes no batch")
        }
        return Batch(gemini: json, name: name)
    }
}

extension Batch {
    /// A batch from the operation that stands for it.
    init(gemini json: JSONValue, name: String) {
        let facts = json["metadata"] ?? json
        self.init(id: name, status: Self.status(facts["state"]?.string ?? json["state"]?.string, json), raw: json)
        let stats = facts["batchStats"]
        total = stats?["requestCount"]?.count
        succeeded = stats?["successfulRequestCount"]?.count
        failed = stats?["failedRequestCount"]?.count
        failure = json["error"]?["message"]?.string.map(FailedAnswer.sentence)
    }

    private static func status(_ state: String?, _ json: JSONValue) -> Status {
        switch state?.split(separator: "_").last {
        case "PENDING", "QUEUED": .pending
        case "RUNNING": .running
        case "CANCELLING": .cancelling
        case "SUCCEEDED": .completed
        case "FAILED": .failed
        case "CANCELLED": .cancelled
        case "EXPIRED": .expired
        default: json["done"]?.bool != true ? .pending : json["error"] != nil ? .failed : .completed
        }
    }
}
