import HTTPTransport
import LanguageModels

/// Pulls the events of one streamed answer, all at once that have come: opens it, cuts it into events, has them decoded.
struct ServiceEvents<Format: WireFormat>: AsyncIteratorProtocol {
    private enum State {
        case waiting
        case reading(HTTPBody.AsyncIterator, any StreamFraming, Format.Decoder)
        /// The service has said that the answer is whole; its body may go on.
        case answered(HTTPBody.AsyncIterator)
        case ended
    }

    private let model: ServiceModel<Format>
    private let request: ModelRequest
    private var state = State.waiting
    private var pending: [ModelEvent] = []
    private var arrived = ResponseAccumulator()
    private var failure: (any Error)?
    private var hasOpened = false
    /// The body's beginning; `nil` once something of an answer has been found in it.
    private var beginning: [UInt8]?

    init(model: ServiceModel<Format>, request: ModelRequest) {
        self.model = model
        self.request = request
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> [ModelEvent]? {
        while pending.isEmpty {
            if let failure {
                self.failure = nil
                throw failure
            }
            do {
                guard try await advance() else { return nil }
            } catch {
                // What came before the failure is delivered first.
                failure = completed(hasOpened ? await model.endpoint.withoutKeys(error) : error)
            }
        }
        defer { pending = [] }
        return pending
    }

    /// Does the next step; `false` once the stream has ended.
    private mutating func advance() async throws -> Bool {
        let current = state
        // The state gives up its hold on the decoder, so that changing it copies nothing.
        state = .ended
        switch current {
        case .waiting:
            try await open()
        case .reading(var body, var framing, var decoder):
            let piece: [UInt8]?
            do {
                piece = try await model.endpoint.connected(to: model.identity) { try await body.next() }
            } catch let error as ModelError {
                // Some servers do not end their bodies, and hold or break the connection behind the last word.
                guard let rest = try? decoder.finish() else { throw error }
                take(rest)
                return true
            }
            if let count = beginning?.count { beginning? += piece?.prefix(4096 - count) ?? [] }
            try Self.framed {
                if let piece {
                    try framing.consume(piece) { try decode($0, with: &decoder, isCutOff: false) }
                } else {
                    for event in try framing.finish() { try decode(event, with: &decoder, isCutOff: true) }
                }
            }
            if let failure = decoder.failure { throw failure }
            if piece == nil { try finish(&decoder) }
            if piece != nil { state = arrived.isFinished ? .answered(body) : .reading(body, framing, decoder) }
        case .answered(let body):
            await model.endpoint.leave(body)
            return false
        case .ended:
            return false
        }
        return true
    }

    private mutating func open() async throws {
        var encoded = try model.format.encode(request, isStream: true)
        var stream = try await model.endpoint.open(encoded, timeout: request.options.timeout, for: model.identity)
        var details = ResponseDetails()
        if !(200..<300 ~= stream.status) {
            let answer = try await model.answer(stream)
            guard let mended = model.mended(encoded, for: request, after: answer) else { throw model.failure(answer) }
            details.attempts += 1
            (encoded, stream) = (mended, try await reopened(mended))
        }
        details.warnings = encoded.warnings
        details.limits = ServiceLimits(stream.headers)
        details.requestID = stream.headers.requestID
        take([.details(details)])
        hasOpened = true
        beginning = []
        let framing = model.format.makeFraming(stream.headers)
        state = .reading(stream.body.makeAsyncIterator(), framing, model.format.makeDecoder())
    }

    /// Opens the stream of a request that was mended after another had failed.
    private func reopened(_ encoded: EncodedRequest) async throws -> HTTPStream {
        do {
            let stream = try await model.endpoint.open(encoded, timeout: request.options.timeout, for: model.identity)
            guard 200..<300 ~= stream.status else { throw try await model.failure(stream) }
            return stream
        } catch var error as ModelError {
            error.attempts += 1
            throw error
        }
    }

    /// Reads an event; one that the end of the stream leaves unfinished was cut off, and the stream with it.
    private mutating func decode(_ event: ServerSentEvent, with decoder: inout Format.Decoder, isCutOff: Bool) throws {
        let count = pending.count
        do {
            try decoder.decode(event, into: &pending)
            noteArrival(since: count)
        } catch {
            pending.removeLast(pending.count - count)
            let isNotWhole = isCutOff && (error as? ModelError)?.kind == .undecodableAnswer && strange == nil
            if !isNotWhole { throw error }
        }
    }

    private mutating func finish(_ decoder: inout Format.Decoder) throws {
        do {
            take(try decoder.finish())
        } catch let error as ModelError where error.kind == .truncatedStream {
            throw strange ?? error
        }
    }

    /// The error for a body that never was a stream, such as a page to log in.
    private var strange: ModelError? {
        guard let beginning, let first = beginning.trimmed.first, !beginning.trimmed.looksLikeEvents else { return nil }
        let answer = FailedAnswer(status: 200, body: beginning)
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        let words = isJSON ? "the answer has nothing of what was asked for" : "the answer is no stream"
        var error = ModelError(.undecodableAnswer, answer.page ?? words)
        error.answerText = answer.text
        return error
    }

    private mutating func take(_ events: [ModelEvent]) {
        pending += events
        noteArrival(since: pending.count - events.count)
    }

    /// Adds up the events that came behind the first so many.
    private mutating func noteArrival(since count: Int) {
        guard pending.count > count else { return }
        beginning = nil
        for event in pending[count...] { arrived.add(event) }
    }

    private static func framed(_ step: () throws -> Void) throws {
        do {
            try step()
        } catch let error as FramingError {
            throw ModelError(.undecodableAnswer, error.description)
        }
    }

    /// An error with the model's name and what had arrived.
    private func completed(_ error: any Error) -> any Error {
        guard var error = error as? ModelError else { return error }
        error.identity = error.identity ?? model.identity
        error.requestID = error.requestID ?? arrived.response.requestID
        if arrived.hasContent { error.partialResponse = arrived.response }
        return error
    }
}

extension WireFormat {
    /// How the service cuts its streams: as server-sent events, unless the format knows better.
    func makeFraming(_ headers: HTTPHeaders) -> any StreamFraming {
        AnswerFraming()
    }
}

extension ArraySlice<UInt8> {
    /// Whether a body that begins like this is a stream of events.
    fileprivate var looksLikeEvents: Bool {
        let line = prefix { $0 != 0x0A && $0 != 0x0D && $0 != UInt8(ascii: ":") }
        let field = String(decoding: line, as: UTF8.self)
        return ["", "data", "event", "id", "retry", "\u{FEFF}data", "\u{FEFF}event", "\u{FEFF}"].contains(field)
    }
}

extension HTTPBody {
    /// The body's beginning, at most so many bytes.
    func prefixed(by count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self {
            bytes += piece.prefix(count - bytes.count)
            if bytes.count == count { break }
        }
        return bytes
    }
}
