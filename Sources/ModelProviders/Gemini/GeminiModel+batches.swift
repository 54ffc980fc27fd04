import HTTPTransport
public import LanguageModels

extension GeminiModel: BatchResponding {
    /// The most bytes of requests that the service takes at once.
    private static let maximumBytes = 20_000_000

    /// Hands in requests, 20 MB at most, each with its id as its key.
    public func submit(_ requests: [BatchRequest]) async throws -> Batch {
        let model = service.model
        let encoded = try requests.map { item in
            let body = try model.named { try model.format.namedBody(of: item.request) }
            return ["request": body, "metadata": ["key": .string(item.id)]] as JSONValue
        }
        let body: JSONValue = [
            "batch": [
                "displayName": .string("\(requests.count) requests"),
                "inputConfig": ["requests": ["requests": .array(encoded)]],
            ]
        ]
        let bytes = body.bytes.count
        guard bytes <= Self.maximumBytes else {
            let words = "the batch has \(bytes) bytes where \(Self.maximumBytes) are taken: hand it in in parts"
            throw ModelError(.unsupported, words, identity: identity)
        }
        let request = model.format.encode(method: "batchGenerateContent", body: body)
        return try described(try await model.endpoint.post(request, for: identity))
    }

    /// How a batch stands; its id is `batches/…`.
    public func batch(id: String) async throws -> Batch {
        let path = "/\(GeminiSurface.escaped(id))"
        return try described(try await service.model.endpoint.ask("GET", path, for: identity))
    }

    /// What came of a batch, in the order in which the requests were handed in.
    ///
    /// The service keeps no record of requests that it never answered: for a batch that was stopped, has expired or
    /// failed, the results end with an error that says so, behind those that there are.
    public func results(of batch: Batch) -> BatchResults {
        BatchResults {
            let results = GeminiBatchResults(model: self, batch: batch)
            return { try await results.next() }
        }
    }

    /// Asks the service to stop a batch.
    public func cancel(_ batch: Batch) async throws -> Batch {
        let path = "/\(GeminiSurface.escaped(batch.id)):cancel"
        let answer = try await service.model.endpoint.post(EncodedRequest(path: path, body: [:]), for: identity)
        _ = try service.model.checked(answer)
        return try await self.batch(id: batch.id)
    }

    /// Reads a long-running operation; one that failed carries an `error` that is the batch's, not the answer's.
    private func described(_ answer: HTTPResponse) throws -> Batch {
        guard 200..<300 ~= answer.status, let json = try? JSONValue(parsing: answer.body),
            let name = json["name"]?.string
        else {
            _ = try service.model.checked(answer)
            throw service.undecodable(answer, "the answer describes no batch")
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
