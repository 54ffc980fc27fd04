import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// What gateways say in a service's place, to every format alike.
struct GatewayTests {
    private static let names = ["chat", "responses", "anthropic", "gemini", "cohere"]
    private static let page =
        "<!DOCTYPE html>\n<html><head><title>Log in</title></head>\n<body>data: none</body></html>\n"
    private static let bodies = [
        "", " \n", "{}", "null", "[]", "\"no\"", "17", "no healthy server", "{\"broken\":", page,
        #"{"error":null}"#, #"{"error":{}}"#, #"{"error":""}"#, #"{"error":{"message":null}}"#,
    ]
    private static let statuses: [(Int, ModelError.Kind, Bool)] = [
        (400, .invalidRequest, false), (401, .unauthorized, false), (402, .quotaExhausted, false),
        (403, .permissionDenied, false), (404, .notFound, false), (405, .invalidRequest, false),
        (408, .timeout(.total), true), (409, .serverError, true), (413, .invalidRequest, false),
        (415, .invalidRequest, false), (422, .invalidRequest, false), (429, .rateLimited, true),
        (498, .contentFiltered, false), (499, .cancelled, false), (500, .serverError, true),
        (501, .invalidRequest, false), (502, .serverError, true), (503, .overloaded, true), (504, .serverError, true),
        (520, .serverError, true), (529, .overloaded, true), (302, .notFound, false),
    ]

    private static func errors(_ name: String, status: Int, _ body: String) async -> [ModelError?] {
        let transport = StubTransport(pieceBytes: 9) { _ in HTTPResponse(status: status, body: Array(body.utf8)) }
        let model = FormatModels.model(name, transport)
        var errors: [ModelError?] = []
        for isStream in [true, false] {
            do {
                _ =
                    isStream
                    ? try await model.stream(ModelRequest("?")).response()
                    : try await model.respond(to: ModelRequest("?"))
                errors.append(nil)
            } catch {
                errors.append(error as? ModelError)
            }
        }
        return errors
    }

    @Test(arguments: names, statuses)
    func `knows by the status what a body does not say`(name: String, row: (Int, ModelError.Kind, Bool)) async {
        for body in Self.bodies {
            for error in await Self.errors(name, status: row.0, body) {
                #expect(error?.kind == row.1, "\(body)")
                #expect(error?.isRetryable == row.2, "\(body)")
                #expect(error?.status == row.0)
                #expect(error?.message.isEmpty == false)
            }
        }
    }

    @Test(arguments: names)
    func `takes no page for an answer`(name: String) async {
        for error in await Self.errors(name, status: 200, Self.page) {
            #expect(error?.kind == .undecodableAnswer)
            #expect(error?.message == "the service answered with a web page: Log in")
            #expect(error?.answerText == Self.page)
        }
    }

    @Test(arguments: names, ["upstream connect error", #"{"unknown":1}"#, "[1]", "17"])
    func `takes no words for an answer`(name: String, body: String) async {
        for error in await Self.errors(name, status: 200, body) {
            #expect(error?.kind == .undecodableAnswer)
            #expect(error?.answerText?.isEmpty == false)
        }
    }

    @Test(arguments: names, ["", " \n"])
    func `says that an answer is empty`(name: String, body: String) async {
        let transport = StubTransport { _ in HTTPResponse(status: 200, body: Array(body.utf8)) }

        let error = await #expect(throws: ModelError.self) {
            try await FormatModels.model(name, transport).respond(to: ModelRequest("?"))
        }

        #expect(error?.kind == .undecodableAnswer)
        #expect(error?.message == "the service answered with nothing")
    }

    @Test(arguments: names)
    func `takes a stream of nothing for one that broke off`(name: String) async {
        for body in ["", ": keep-alive\n\n", "event: ping\n\n", "retry: 5\n\n"] {
            let error = await Self.errors(name, status: 200, body).first ?? nil
            #expect(error?.kind == .truncatedStream && error?.isRetryable == true, "\(body)")
        }
    }

    @Test(arguments: names)
    func `reads an error that stands in a list`(name: String) async {
        let words = "API key not valid. Please pass one."
        let body = #"[{"error":{"code":400,"message":"\#(words)","status":"INVALID_ARGUMENT"}}]"#
        for status in [400, 200] {
            for error in await Self.errors(name, status: status, body) {
                #expect(error?.kind == .unauthorized, "\(status)")
                #expect(error?.message == "API key not valid. Please pass one", "\(status)")
            }
        }
    }
}
