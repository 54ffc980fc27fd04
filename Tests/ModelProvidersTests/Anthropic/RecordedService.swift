import HTTPTransport
import LanguageModels
import Synchronization

@testable import ModelProviders

/// A transport that answers by method and path, and keeps what was asked.
final class RecordedService: Transport {
    private let answers: [String: HTTPResponse]
    private let asked = Mutex<[HTTPRequest]>([])

    /// Answers by `GET https://…`; everything else is 404.
    init(_ answers: [String: HTTPResponse]) {
        self.answers = answers
    }

    /// Answers that are JSON with status 200.
    convenience init(json answers: [String: String]) {
        self.init(answers.mapValues { HTTPResponse(status: 200, body: Array($0.utf8)) })
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        asked.withLock { $0.append(request) }
        return answers["\(request.method) \(request.url)"] ?? HTTPResponse(status: 404)
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let response = try await send(request)
        // Three bytes at a time, so that every line is cut.
        let pieces = Mutex(response.body[...])
        let body = HTTPBody {
            pieces.withLock { rest in
                guard !rest.isEmpty else { return nil }
                defer { rest = rest.dropFirst(3) }
                return Array(rest.prefix(3))
            }
        }
        return HTTPStream(status: response.status, headers: response.headers, body: body)
    }

    func close() async {}
}

extension StreamDecoder {
    /// The answer that a stream makes, each line of the text the data of an event.
    mutating func answer(to lines: String) throws -> ModelResponse {
        var accumulator = ResponseAccumulator()
        for line in lines.split(separator: "\n") {
            for event in try decode(ServerSentEvent(data: Array(line.utf8))) { accumulator.add(event) }
        }
        for event in try finish() { accumulator.add(event) }
        return accumulator.response
    }
}
