// OpenAI batches: https://platform.openai.com/docs/guides/batch

import HTTPTransport
import LanguageModels

extension OpenAIService: BatchResponding {
    func submit(_ requests: [BatchRequest]) async throws -> Batch {
        try chat.named { try check(requests) }
        // All lines of a batch go to one interface.
        let usesResponses = requests.contains { self.usesResponses(for: $0.request) }
        let path = usesResponses ? "/v1/responses" : "/v1/chat/completions"
        var lines: [UInt8] = []
        var warnings: [String: [RequestWarning]] = [:]
        for request in requests {
            let encoded = try chat.named {
                usesResponses
                    ? try responses.format.encode(request.request, isStream: false)
                    : try chat.format.encode(request.request, isStream: false)
            }
            let line: JSONValue = [
                "custom_id": .string(request.id), "method": "POST", "url": .string(path), "body": encoded.body,
            ]
            lines += line.bytes + [UInt8(ascii: "\n")]
            try chat.named { try batchLimits.check(bytes: lines.count) }
            if !encoded.warnings.isEmpty { warnings[request.id] = encoded.warnings }
        }
        let file = try await upload(lines)
        let body: JSONValue = ["input_file_id": .string(file), "endpoint": .string(path), "completion_window": "24h"]
        let created = EncodedRequest(path: "/batches\(batchQuery)", body: body)
        var batch = try batch(chat.checked(try await chat.endpoint.post(created, for: identity)))
        batch.warnings = warnings
        return batch
    }

    private func check(_ requests: [BatchRequest]) throws {
        try batchLimits.check(requests: requests.count)
        var ids = Set<String>()
        for request in requests where !ids.insert(request.id).inserted {
            throw ModelError(.invalidRequest, "two requests of the batch have the id \(request.id)")
        }
    }

    /// Uploads the lines of a batch; gives the file's id.
    private func upload(_ lines: [UInt8]) async throws -> String {
        let form = MultipartForm(purpose: "batch", fileName: "batch.jsonl", file: lines)
        let answer = try await chat.endpoint.upload(
            form.body,
            type: form.type,
            to: "/files\(batchQuery)",
            for: identity
        )
        let json = try chat.checked(answer)
        guard let id = json["id"]?.string else {
            throw ModelError(.undecodableAnswer, "the uploaded file has no id", text: json)
        }
        return id
    }

    func batch(id: String) async throws -> Batch {
        try batch(try await chat.json("GET", "/batches/\(id.pathEncoded)\(batchQuery)"))
    }

    func cancel(_ batch: Batch) async throws -> Batch {
        var cancelled = try self.batch(
            try await chat.json("POST", "/batches/\(batch.id.pathEncoded)/cancel\(batchQuery)")
        )
        cancelled.warnings = batch.warnings
        return cancelled
    }

    private func batch(_ json: JSONValue) throws -> Batch {
        guard let id = json["id"]?.string else {
            throw ModelError(.undecodableAnswer, "the batch has no id", text: json)
        }
        let status = json["status"]?.string ?? ""
        var batch = Batch(id: id, status: Self.statuses[status] ?? .running, raw: json)
        let counts = json["request_counts"]
        // Before it is checked, a batch says that it has none.
        batch.total = counts?["total"]?.count.flatMap { $0 > 0 ? $0 : nil }
        if batch.total != nil {
            batch.succeeded = counts?["completed"]?.count
            batch.failed = counts?["failed"]?.count
        }
        let faults = json["errors"]?["data"]?.elements ?? []
        let words = faults.prefix(3).compactMap { fault in
            fault["message"]?.string.map { text in fault["line"]?.integer.map { "line \($0): \(text)" } ?? text }
        }
        batch.failure = words.isEmpty ? nil : FailedAnswer.sentence(words.joined(separator: " "))
        return batch
    }

    private static let statuses: [String: Batch.Status] = [
        "validating": .pending, "in_progress": .running, "finalizing": .running, "completed": .completed,
        "failed": .failed, "expired": .expired, "cancelling": .cancelling, "cancelled": .cancelled,
    ]

    func results(of batch: Batch) -> BatchResults {
        BatchResults { [self] in
            let cursor = OpenAIBatchCursor(service: self, batch: batch)
            return { try await cursor.next() }
        }.noting(batch.warnings)
    }

    /// What a line of an output or error file says.
    func result(_ line: JSONValue) -> BatchResult? {
        guard let id = line["custom_id"]?.string else { return nil }
        return BatchResult(id: id, result: Result { try response(line) }.mapError(named))
    }

    private func response(_ line: JSONValue) throws -> ModelResponse {
        if line.reportsError, let error = line["error"] { throw Self.failure(ofLine: error) }
        guard let answer = line["response"] else {
            throw ModelError(.undecodableAnswer, "the line has no answer", text: line)
        }
        let status = answer["status_code"]?.integer ?? 200
        let body = answer["body"] ?? .null
        let bytes = body == .null ? [] : body.bytes
        guard 200..<300 ~= status, !body.reportsError else {
            var error = OpenAIFailure.error(FailedAnswer(status: status, body: bytes))
            error.status = status
            error.requestID = answer["request_id"]?.nonEmptyString
            throw error
        }
        guard !bytes.isEmpty else { throw ModelError(.undecodableAnswer, "the line has no answer", text: line) }
        var response = body["choices"] == nil ? try responses.format.decode(bytes) : try chat.format.decode(bytes)
        response.requestID = answer["request_id"]?.string
        response.rawBody = bytes
        return response
    }

    private static func failure(ofLine error: JSONValue) -> ModelError {
        let code = error["code"]?.string ?? ""
        guard ["batch_expired", "batch_cancelled"].contains(code) else {
            return OpenAIFailure.error(inStream: ["error": error])
        }
        let kind: ModelError.Kind = code == "batch_expired" ? .timeout(.total) : .cancelled
        var failure = ModelError(kind, FailedAnswer.sentence(error["message"]?.string ?? code))
        failure.code = code
        return failure
    }

    private func named(_ error: any Error) -> ModelError {
        var error = error as? ModelError ?? ModelError(.undecodableAnswer, "\(error)")
        error.identity = error.identity ?? identity
        return error
    }
}

/// Reads a batch's files one after another: the answers, the errors, and then who was handed in but is in neither.
private actor OpenAIBatchCursor {
    private enum Step {
        case answers, errors, missing, ended
    }

    private let service: OpenAIService
    private var batch: Batch
    private var step: Step?
    private var lines: ServiceLines?
    private var seen = Set<String>()

    init(service: OpenAIService, batch: Batch) {
        self.service = service
        self.batch = batch
    }

    func next() async throws -> BatchResult? {
        while true {
            if let line = try await line() {
                if let result = result(line) { return result }
            } else if try await !advance() {
                return nil
            }
        }
    }

    /// The open file's next line.
    private func line() async throws -> JSONValue? {
        guard var open = lines else { return nil }
        lines = nil
        let line = try await open.next()
        if line != nil { lines = open }
        return line
    }

    private func result(_ line: JSONValue) -> BatchResult? {
        guard let id = line["custom_id"]?.string, step == .missing || seen.insert(id).inserted else { return nil }
        guard step == .missing else { return service.result(line) }
        guard !seen.contains(id) else { return nil }
        return BatchResult(id: id, result: .failure(unanswered))
    }

    private var unanswered: ModelError {
        let words = batch.failure.map { ": \($0)" } ?? ""
        let message = "the batch is \(batch.status.rawValue) without an answer to this request\(words)"
        let kind: ModelError.Kind =
            switch batch.status {
            case .failed: .invalidRequest
            case .expired: .timeout(.total)
            case .pending, .running, .cancelling, .completed, .cancelled: .cancelled
            }
        return ModelError(kind, message, identity: service.identity)
    }

    /// Goes to the next file; `false` after the last.
    private func advance() async throws -> Bool {
        switch step {
        case nil:
            try await refresh()
            step = .answers
            try await open("output_file_id")
        case .answers:
            step = .errors
            try await open("error_file_id")
        case .errors:
            step = .missing
            if batch.total.map({ $0 > seen.count }) ?? (batch.status != .completed) { try await open("input_file_id") }
        case .missing:
            step = .ended
        case .ended:
            return false
        }
        return true
    }

    /// A description from before the end does not name the files.
    private func refresh() async throws {
        if !batch.status.isFinal || batch.raw["output_file_id"] == nil && batch.raw["error_file_id"] == nil {
            batch = try await service.batch(id: batch.id)
        }
        guard batch.status.isFinal else {
            throw ModelError(
                .invalidRequest,
                "the batch \(batch.id) is still \(batch.status.rawValue); ask for results when it has ended",
                identity: service.identity
            )
        }
    }

    private func open(_ file: String) async throws {
        guard let id = batch.raw[file]?.string else { return }
        let base = service.chat.endpoint.baseURL
        lines = try await service.chat.lines(at: "\(base)/files/\(id.pathEncoded)/content\(service.batchQuery)")
    }
}

/// A form with a purpose and a file, as `multipart/form-data`.
struct MultipartForm {
    /// The media type, with the boundary.
    let type: String
    /// The form.
    let body: [UInt8]

    /// A form around a file; the boundary is one that the file does not have.
    init(purpose: String, fileName: String, file: [UInt8]) {
        let hash = file.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let boundary = "docent-\(String(hash, radix: 16))"
        let disposition = "Content-Disposition: form-data; name="
        let head = """
            --\(boundary)\r\n\(disposition)"purpose"\r\n\r\n\(purpose)\r\n--\(boundary)\r\n\
            \(disposition)"file"; filename="\(fileName)"\r\nContent-Type: application/jsonl\r\n\r\n
            """
        type = "multipart/form-data; boundary=\(boundary)"
        body = Array(head.utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}
