import LanguageModels
import Testing

struct ScriptedModelTests {
    @Test func `does one step after another and remembers the requests`() async throws {
        let failure = ModelError(.overloaded, "busy")
        let model = ScriptedModel([.text("one"), .failure(failure), .wait { .text("three") }])

        #expect(try await model.respond(to: ModelRequest("1")).text == "one")
        await #expect(throws: failure) { try await model.stream(ModelRequest("2")).response() }
        #expect(try await model.respond(to: ModelRequest("3")).text == "three")

        #expect(model.requests == ["1", "2", "3"].map { ModelRequest($0) })
    }

    @Test func `says when its script has ended`() async {
        let error = await #expect(throws: ModelError.self) {
            try await ScriptedModel([]).respond(to: ModelRequest("?"))
        }

        #expect(
            error?.description == "scripted/model: wrong configuration: the script has no step for request 1"
        )
    }

    @Test func `adds events up where it is asked for a whole answer`() async throws {
        let events: [ModelEvent] = [
            .delta(part: 0, .text("a")), .delta(part: 0, .text("b")), .finished(.stop, raw: nil),
        ]
        let broken = ModelError(.connection, "")
        let model = ScriptedModel([.events(events), .events(events, failure: broken)])

        #expect(try await model.respond(to: ModelRequest("?")).text == "ab")
        await #expect(throws: broken) { try await model.respond(to: ModelRequest("?")) }
    }

    @Test func `begins anew with each iteration`() async throws {
        let model = ScriptedModel([.text("one"), .text("two")])
        let stream = model.stream(ModelRequest("?"))

        #expect(try await stream.response().text == "one")
        #expect(try await stream.response().text == "two")
    }

    @Test func `answers nothing once it is closed`() async {
        let model = ScriptedModel([.text("one")])
        await model.close()
        await model.close()

        let error = await #expect(throws: ModelError.self) { try await model.respond(to: ModelRequest("?")) }
        #expect(error?.kind == .connection && model.requests.isEmpty)
    }

    @Test func `tells of what a model cannot do`() async {
        struct Plain: LanguageModel {
            let identity = ModelIdentity(provider: "p", model: "m")
            func respond(to request: ModelRequest) async throws -> ModelResponse { throw CancellationError() }
            func stream(_ request: ModelRequest) -> ModelStream { ModelStream([]) }
        }

        #expect(
            await Plain().health().problem?.description
                == "p/m: not supported by the model: the model has no health check"
        )
        let error = await #expect(throws: ModelError.self) { try await Plain().listedModels() }
        #expect(error?.kind == .unsupported)
        await Plain().closeAll()
    }
}
