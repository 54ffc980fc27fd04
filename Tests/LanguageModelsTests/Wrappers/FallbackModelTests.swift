import LanguageModels
import TestSupport
import Testing

struct FallbackModelTests {
    private let other = ScriptedModel([.text("from the other")])

    @Test(arguments: [
        (ModelError.Kind.rateLimited, true), (.quotaExhausted, true), (.overloaded, true), (.serverError, true),
        (.timeout(.total), true), (.connection, true), (.truncatedStream, true), (.unauthorized, true),
        (.permissionDenied, true), (.regionUnsupported, true), (.notFound, true), (.unsupported, true),
        (.contextTooLong(limit: 1, count: 2), true), (.undecodableAnswer, true), (.invalidRequest, false),
        (.contentFiltered, false), (.refused, false), (.cancelled, false), (.configuration, false),
    ])
    func `asks the next by the kind of error`(kind: ModelError.Kind, asksNext: Bool) async {
        let model = FallbackModel(ScriptedModel([.failure(ModelError(kind, ""))]), otherwise: [other])

        let text = try? await model.respond(to: ModelRequest("?")).text

        #expect((text == "from the other") == asksNext)
        #expect(other.requests.count == (asksNext ? 1 : 0))
    }

    @Test func `counts the attempts of all`() async throws {
        let first = RetryingModel(
            ScriptedModel { _ in .failure(ModelError(.overloaded, "")) },
            clock: ManualClock(isEager: true)
        )
        let model = FallbackModel(first, otherwise: [other])

        #expect(try await model.respond(to: ModelRequest("?")).attempts == 5)
    }

    @Test func `fails with the last error and what was said before`() async {
        func failing(_ name: String, _ kind: ModelError.Kind) -> ScriptedModel {
            let identity = ModelIdentity(provider: "p", model: name)
            return ScriptedModel(identity: identity) { _ in .failure(ModelError(kind, "", identity: identity)) }
        }
        let model = FallbackModel(failing("a", .overloaded), otherwise: [failing("b", .notFound)])

        for isStream in [false, true] {
            let error = await #expect(throws: ModelError.self) {
                if isStream { return try await model.stream(ModelRequest("?")).response() }
                return try await model.respond(to: ModelRequest("?"))
            }

            #expect(error?.kind == .notFound && error?.attempts == 2)
            #expect(
                error?.description == "p/b: not found; check the model's name and the address; before that, p/a: the "
                    + "service is overloaded; try again later"
            )
        }
    }

    @Test func `goes over in a stream before the first piece only`() async throws {
        let broken = ModelError(.connection, "")
        let early = FallbackModel(
            ScriptedModel([.events([.started(id: "x", model: nil)], failure: broken)]),
            otherwise: [other]
        )
        let late = FallbackModel(
            ScriptedModel([.events([.delta(part: 0, .text("x"))], failure: broken)]),
            otherwise: [other]
        )

        let response = try await early.stream(ModelRequest("?")).response()
        #expect(response.text == "from the other" && response.id == nil && response.attempts == 2)

        await #expect(throws: broken) { try await late.stream(ModelRequest("?")).response() }
        #expect(other.requests.count == 1)
    }

    @Test func `follows another rule`() async throws {
        let model = FallbackModel(
            ScriptedModel([.failure(ModelError(.invalidRequest, ""))]),
            otherwise: [other],
            after: { $0.kind == .invalidRequest }
        )

        #expect(try await model.respond(to: ModelRequest("?")).text == "from the other")
    }

    @Test func `asks nobody else once it is cancelled`() async {
        let gate = Gate()
        let first = ScriptedModel { _ in
            try? await gate.pass()
            return .failure(ModelError(.connection, ""))
        }
        let task = Task { try await FallbackModel(first, otherwise: [other]).respond(to: ModelRequest("?")) }
        #expect(await eventually { gate.waiting == 1 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(other.requests.isEmpty)
    }
}
