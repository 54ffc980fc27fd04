import HTTPTransport
import LanguageModels

/// How one service writes requests and reads answers.
///
/// Pure: everything that waits is ``ServiceModel``'s.
protocol WireFormat: Sendable {
    associatedtype Decoder: StreamDecoder

    /// The name under which ``Replay/format`` and ``RequestOptions/providerFields`` know the format.
    static var name: String { get }

    /// Writes a request, dropping what the model does not take.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported` for what can be neither sent nor dropped, and for everything
    ///   that would be dropped where the options are strict.
    func encode(_ request: ModelRequest, isStream: Bool) throws -> EncodedRequest

    /// Reads the body of an answer with a 2xx status that carries no `error`.
    ///
    /// - Throws: ``ModelError``.
    func decode(_ answer: JSONView) throws -> ModelResponse

    /// How the bytes of a stream with these headers are cut into events.
    func makeFraming(_ headers: HTTPHeaders) -> any StreamFraming

    /// A reader for one stream.
    func makeDecoder() -> Decoder

    /// Reads what a service says when it fails: with a status that is not 2xx, or an `error` beside a 2xx status.
    func failure(_ answer: FailedAnswer) -> ModelError

    /// A request without the parameter that the service has just refused; `nil`, the default, where nothing can be
    /// mended.
    func mended(_ request: EncodedRequest, after answer: FailedAnswer) -> EncodedRequest?
}

extension WireFormat {
    func mended(_ request: EncodedRequest, after answer: FailedAnswer) -> EncodedRequest? { nil }

    /// Reads an answer that came alone, as a line of a batch may hold it.
    ///
    /// - Throws: ``ModelError``, or ``JSONSyntaxError``.
    func decode(_ body: [UInt8]) throws -> ModelResponse {
        try JSONReader.read(body, decode)
    }
}

/// A request as it is sent.
struct EncodedRequest: Sendable {
    /// Behind the service's address: path and query.
    var path: String
    /// Headers of this request alone.
    var headers: HTTPHeaders = [:]
    /// The body.
    var body: JSONValue
    /// What was dropped or changed.
    var warnings: [RequestWarning] = []
}

/// Reads one stream: events of the wire to events of the answer, line by line testable.
protocol StreamDecoder: Sendable {
    /// What an event reported beside what it added; thrown once that has been handed over.
    var failure: ModelError? { get }

    /// Puts what an event of the wire adds to the answer behind the events that are there.
    ///
    /// - Throws: ``ModelError`` where the event reports one or cannot be understood; nothing of it counts then.
    mutating func decode(_ event: ServerSentEvent, into events: inout [ModelEvent]) throws

    /// What is still to be said once the stream has ended.
    ///
    /// - Throws: ``ModelError`` of kind `truncatedStream` where the service never said that it was done.
    mutating func finish() throws -> [ModelEvent]
}

extension StreamDecoder {
    /// Nothing: most services report a failure in an event of its own.
    var failure: ModelError? { nil }

    /// What an event of the wire adds to the answer.
    ///
    /// - Throws: ``ModelError`` where the event reports one or cannot be understood.
    mutating func decode(_ event: ServerSentEvent) throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        try decode(event, into: &events)
        return events
    }
}

/// An answer that reports a failure.
struct FailedAnswer {
    /// The HTTP status; 200 for an error inside an answer or a stream.
    var status: Int
    /// The headers; empty inside a stream.
    var headers: HTTPHeaders = [:]
    /// The body, where it is JSON.
    var json: JSONValue?
    /// The beginning of the body as text, at most 4,096 bytes.
    var text: String

    /// Reads a body as JSON, where it is.
    init(status: Int, headers: HTTPHeaders = [:], body: [UInt8]) {
        self.status = status
        self.headers = headers
        json = (try? JSONValue(parsing: body)).map(Self.single)
        text = Self.beginning(body)
    }

    /// An error inside a stream.
    init(inStream json: JSONValue) {
        status = 200
        self.json = Self.single(json)
        text = Self.beginning(json.bytes)
    }

    private static func beginning(_ body: [UInt8]) -> String {
        String(String(decoding: body.prefix(4097), as: UTF8.self).beginning(upTo: 4096))
    }

    /// Gemini puts its errors into a list.
    private static func single(_ json: JSONValue) -> JSONValue {
        if case .array(let elements) = json, elements.count == 1 { elements[0] } else { json }
    }
}
