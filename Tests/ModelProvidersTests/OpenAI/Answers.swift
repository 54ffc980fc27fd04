import HTTPTransport
import LanguageModels
import Synchronization

@testable import ModelProviders

/// A transport that gives one answer after another and keeps what was asked.
final class ScriptedTransport: Transport {
    private let answers: Mutex<[HTTPResponse]>
    private let asked = Mutex<[HTTPRequest]>([])

    init(_ answers: [HTTPResponse]) {
        self.answers = Mutex(answers)
    }

    convenience init(_ bodies: String...) {
        self.init(bodies.map { HTTPResponse(status: 200, body: Array($0.utf8)) })
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }
    var lastBody: JSONValue? { requests.last?.body.flatMap { try? JSONValue(parsing: $0) } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        asked.withLock { $0.append(request) }
        let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw HTTPError(.connection, "no answer is left", host: "stub") }
        return answer
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let response = try await send(request)
        let rest = Mutex<[UInt8]?>(response.body)
        let body = HTTPBody {
            rest.withLock { rest in
                defer { rest = nil }
                return rest
            }
        }
        return HTTPStream(status: response.status, headers: response.headers, body: body)
    }

    func close() async {}
}

/// Answers of OpenAI's interfaces, of the tests' own writing.
enum Answers {
    static let chat =
        #"{"id":"c1","model":"m","choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}"#
    static let responses =
        #"{"id":"r1","model":"m","status":"completed","output":[{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"Hi"}]}]}"#
}

/// Reads a text where it stands.
func read<Result>(_ text: String, _ use: (JSONView) throws -> Result) throws -> Result {
    try JSONReader.read(Array(text.utf8), use)
}

/// Decodes chunks without transport or framing.
func decoded(_ decoder: some StreamDecoder, _ events: [String], name: String? = nil) throws -> ModelResponse {
    var decoder = decoder
    var accumulator = ResponseAccumulator()
    for event in events {
        for piece in try decoder.decode(ServerSentEvent(name: name, data: Array(event.utf8))) { accumulator.add(piece) }
    }
    for piece in try decoder.finish() { accumulator.add(piece) }
    return accumulator.response
}
