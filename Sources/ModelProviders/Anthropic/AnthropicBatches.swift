import HTTPTransport
public import LanguageModels

extension AnthropicModel: BatchResponding {
    private static let path = "/v1/messages/batches"

    /// Hands in at most 100,000 requests, 256 MB together.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func submit(_ requests: [BatchRequest]) async throws -> Batch {
        try service.named { try check(requests) }
        var betas: [String] = []
        var warnings: [String: [RequestWarning]] = [:]
        var size = 0
        let entries: [JSONValue] = try requests.map { entry in
            let encoded = try service.named { try service.format.encode(entry.request, isStream: false) }
            let wanted = encoded.headers["anthropic-beta"]?.split(separator: ",").map(String.init) ?? []
            betas += wanted.filter { !betas.contains($0) }
            if !encoded.warnings.isEmpty { warnings[entry.id] = encoded.warnings }
            let line: JSONValue = ["custom_id": .string(entry.id), "params": encoded.body]
            size += line.bytes.count + 1
            try service.named { try batchLimits.check(bytes: size) }
            return line
        }
        var encoded = EncodedRequest(path: Self.path, body: ["requests": .array(entries)])
        if !betas.isEmpty { encoded.headers["anthropic-beta"] = betas.joined(separator: ",") }
        var batch = try batch(try await service.endpoint.post(encoded, for: identity))
        batch.warnings = warnings
        return batch
    }

    /// How a batch stands; its counts change only at its end.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func batch(id: String) async throws -> Batch {
        try batch(try await service.endpoint.ask("GET", "\(Self.path)/\(id.pathEncoded)", for: identity))
    }

    /// Asks the service to stop a batch; it ends some time later.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func cancel(_ batch: Batch) async throws -> Batch {
        let request = EncodedRequest(path: "\(Self.path)/\(batch.id.pathEncoded)/cancel", body: [:])
        var cancelled = try self.batch(try await service.endpoint.post(request, for: identity))
        cancelled.warnings = batch.warnings
        return cancelled
    }

    /// What came of a batch, read line by line while it comes; kept by the service for 29 days.
    public func results(of batch: Batch) -> BatchResults {
        BatchResults {
            let lines = AnthropicBatchLines(model: self, batch: batch)
            return { try await lines.next() }
        }.noting(batch.warnings)
    }

    private func check(_ requests: [BatchRequest]) throws {
        try batchLimits.check(requests: requests.count)
        var seen: Set<String> = []
        for id in requests.map(\.id) {
            let isTaken = id.utf8.allSatisfy { byte in
                0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || byte == 0x2D || byte == 0x5F
            }
            guard isTaken, 1...64 ~= id.utf8.count else {
                let reason = "the id \"\(id)\" is not taken; ids are up to 64 letters, digits, _ and -"
                throw ModelError(.unsupported, reason, identity: identity)
            }
            guard seen.insert(id).inserted else {
                throw ModelError(.unsupported, "the id \"\(id)\" stands twice in the batch", identity: identity)
            }
        }
    }

    private func batch(_ answer: HTTPResponse) throws -> Batch {
        let json = try service.checked(answer)
        guard let batch = Batch(anthropic: json) else {
            throw ModelError(.undecodableAnswer, "the answer describes no batch", identity: identity)
        }
        return batch
    }
}

extension Batch {
    /// A batch as Anthropic describes it.
    init?(anthropic json: JSONValue) {
        guard let id = json["id"]?.string, let word = json["processing_status"]?.string else { return nil }
        func count(_ key: String) -> Int { json["request_counts"]?[key]?.count ?? 0 }
        let (succeeded, errored) = (count("succeeded"), count("errored"))
        let (cancelled, expired) = (count("canceled"), count("expired"))
        let status: Status =
            switch word {
            case "canceling": .cancelling
            case "ended" where cancelled > 0: .cancelled
            case "ended" where expired > 0 && succeeded + errored == 0: .expired
            case "ended": .completed
            default: .running
            }
        self.init(id: id, status: status, raw: json)
        guard json["request_counts"] != nil else { return }
        total = count("processing") + succeeded + errored + cancelled + expired
        self.succeeded = succeeded
        failed = errored + cancelled + expired
    }
}
