import HTTPTransport
import LanguageModels

/// A model behind a service: sends what a wire format writes, and has the format read what comes.
///
/// Sending, statuses, what headers say and errors are written here once for all services.
struct ServiceModel<Format: WireFormat>: Sendable {
    let format: Format
    let endpoint: ServiceEndpoint
    let identity: ModelIdentity

    /// Sends a request and reads the whole answer; once more where the service refused what can be left out.
    func respond(to request: ModelRequest) async throws -> ModelResponse {
        let encoded = try named { try format.encode(request, isStream: false) }
        let answer = try await endpoint.post(encoded, timeout: request.options.timeout, for: identity)
        do {
            guard let mended = mended(encoded, for: request, after: answer) else {
                return try response(of: answer, warnings: encoded.warnings)
            }
            return try await again {
                let answer = try await endpoint.post(mended, timeout: request.options.timeout, for: identity)
                return try response(of: answer, warnings: mended.warnings)
            }
        } catch {
            throw await endpoint.withoutKeys(error)
        }
    }

    /// A request without what the service has just refused; `nil` where nothing can be mended, or shall be.
    func mended(_ encoded: EncodedRequest, for request: ModelRequest, after answer: HTTPResponse) -> EncodedRequest? {
        guard 400..<500 ~= answer.status, !request.options.isStrict else { return nil }
        let failed = FailedAnswer(status: answer.status, headers: answer.headers, body: answer.body)
        return format.mended(encoded, after: failed)
    }

    /// Runs an attempt that follows another, which its answer or its error counts.
    private func again(_ attempt: () async throws -> ModelResponse) async throws -> ModelResponse {
        do {
            var response = try await attempt()
            response.attempts += 1
            return response
        } catch var error as ModelError {
            error.attempts += 1
            throw error
        }
    }

    /// Reads a whole answer to a request of which something may have been dropped.
    func response(of answer: HTTPResponse, warnings: [RequestWarning]) throws -> ModelResponse {
        var response = try checked(answer) { body in try named(answer) { try format.decode(body) } }
        response.warnings.insert(contentsOf: warnings, at: 0)
        response.limits = ServiceLimits(answer.headers)
        response.requestID = answer.headers.requestID
        response.rawBody = answer.body
        return response
    }

    /// A stream that sends the request when it is iterated.
    func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream(batches: { ServiceEvents(model: self, request: request) })
    }

    /// The body of an answer that reports no failure.
    func checked(_ answer: HTTPResponse) throws -> JSONValue {
        try checked(answer, \.value)
    }

    /// What is read in the body of an answer that reports no failure.
    private func checked<Value>(_ answer: HTTPResponse, _ read: (JSONView) throws -> Value) throws -> Value {
        guard 200..<300 ~= answer.status else { throw failure(answer) }
        do {
            return try JSONReader.read(answer.body) { json in
                guard !json.reportsError || json["status"]?.isString("failed") == true else { throw failure(answer) }
                return try read(json)
            }
        } catch let error as JSONSyntaxError {
            throw undecodable(answer, because: error)
        }
    }

    /// What a failed answer says, completed with what all services say alike.
    func failure(_ answer: HTTPResponse) -> ModelError {
        let failed = FailedAnswer(status: answer.status, headers: answer.headers, body: answer.body)
        var error = format.failure(failed)
        error.identity = identity
        error.status = answer.status
        error.requestID = error.requestID ?? answer.headers.requestID
        error.retryAfter = error.retryAfter ?? answer.headers.retryAfter
        error.shouldRetry = error.shouldRetry ?? answer.headers.shouldRetry
        error.limits = ServiceLimits(answer.headers)
        return error
    }

    /// The error that a stream's status and body stand for.
    func failure(_ stream: HTTPStream) async throws -> ModelError { failure(try await answer(stream)) }

    /// What a stream that failed said, its beginning as its body.
    func answer(_ stream: HTTPStream) async throws -> HTTPResponse {
        let body = try await endpoint.connected(to: identity) { try await stream.body.prefixed(by: 64 << 10) }
        return HTTPResponse(status: stream.status, headers: stream.headers, body: body)
    }

    private func undecodable(_ answer: HTTPResponse, because error: any Error) -> ModelError {
        let failed = FailedAnswer(status: answer.status, body: answer.body)
        let words = answer.body.trimmed.isEmpty ? failed.facts.message : failed.page ?? "\(error)"
        var error = ModelError(.undecodableAnswer, words, identity: identity, status: answer.status)
        error.requestID = answer.headers.requestID
        error.answerText = String(decoding: answer.body.prefix(4096), as: UTF8.self)
        return error
    }

    /// Runs a pure step and puts the model's name, and what is known of the answer, into its error.
    func named<Value>(_ answer: HTTPResponse? = nil, _ step: () throws -> Value) throws -> Value {
        do {
            return try step()
        } catch var error as ModelError {
            error.identity = error.identity ?? identity
            error.status = error.status ?? answer?.status
            error.requestID = error.requestID ?? answer?.headers.requestID
            if error.kind == .undecodableAnswer, error.answerText == nil {
                error.answerText = answer.map { String(decoding: $0.body.prefix(4096), as: UTF8.self) }
            }
            throw error
        }
    }
}
