import HTTPTransport
import Synchronization

/// A transport that keeps what it was asked, and answers as Chat Completions after some failures.
final class Asked: Sendable {
    private let kept: Mutex<(requests: [HTTPRequest], statuses: [Int])>

    init(statuses: [Int] = []) {
        kept = Mutex(([], statuses))
    }

    var requests: [HTTPRequest] { kept.withLock { $0.requests } }

    var transport: StubTransport {
        StubTransport { request in
            let status = self.kept.withLock { kept in
                kept.requests.append(request)
                return kept.statuses.isEmpty ? 200 : kept.statuses.removeFirst()
            }
            let answer = #"{"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}"#
            return HTTPResponse(status: status, body: Array((status == 200 ? answer : "{}").utf8))
        }
    }
}
