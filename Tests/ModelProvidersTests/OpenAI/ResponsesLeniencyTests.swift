import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// What servers do otherwise than Responses has it.
struct ResponsesLeniencyTests {
    private static let end = #"{"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}"#

    @Test func `puts items together that have no numbers`() throws {
        let response = try decoded(
            ResponsesStreamDecoder(),
            [
                #"{"type":"response.output_item.added","item":{"type":"message","id":"m1"}}"#,
                #"{"type":"response.output_text.delta","item_id":"m1","delta":"a"}"#,
                #"{"type":"response.output_item.added","item":{"type":"function_call","id":"f1","call_id":"c1","name":"f"}}"#,
                #"{"type":"response.output_item.added","item":{"type":"function_call","id":"f2","call_id":"c2","name":"g"}}"#,
                #"{"type":"response.function_call_arguments.delta","item_id":"f1","delta":"{\"x\":1}"}"#,
                #"{"type":"response.function_call_arguments.delta","item_id":"f2","delta":"{}"}"#,
                #"{"type":"response.output_text.delta","item_id":"m1","delta":"b"}"#,
                Self.end,
            ]
        )

        #expect(response.text == "ab")
        #expect(
            response.toolCalls == [
                ToolCall(id: "c1", name: "f", arguments: #"{"x":1}"#), ToolCall(id: "c2", name: "g"),
            ]
        )
        #expect(response.finishReason == .toolCalls)
    }

    @Test func `knows a refusal of which pieces alone came`() throws {
        let delta = #"{"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"No"}"#

        let response = try decoded(ResponsesStreamDecoder(), [delta, Self.end])

        #expect(response.refusal == "No")
        #expect(response.finishReason == .refusal)
    }

    @Test func `keeps pieces that the finished item leaves out`() throws {
        let response = try decoded(
            ResponsesStreamDecoder(),
            [
                #"{"type":"response.reasoning_text.delta","output_index":0,"delta":"hm"}"#,
                #"{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs","summary":[]}}"#,
                #"{"type":"response.output_text.delta","output_index":1,"delta":"a"}"#,
                #"{"type":"response.output_item.done","output_index":1,"item":{"type":"message","id":"m","content":[]}}"#,
                Self.end,
            ]
        )

        #expect(response.reasoning == "hm")
        #expect(response.text == "a")
        #expect(response.message.parts.contains { $0.replay?.value["item"]?["id"] == "rs" })
    }

    @Test func `takes words that were sent whole, without pieces`() throws {
        let response = try decoded(
            ResponsesStreamDecoder(),
            [
                #"{"type":"response.output_text.done","output_index":0,"content_index":0,"text":"a"}"#,
                #"{"type":"response.output_text.delta","output_index":0,"content_index":1,"delta":"b"}"#,
                #"{"type":"response.output_text.done","output_index":0,"content_index":1,"text":"b"}"#,
                #"{"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","call_id":"c","name":"f"}}"#,
                #"{"type":"response.function_call_arguments.done","output_index":1,"arguments":"{\"x\":1}"}"#,
                Self.end,
            ]
        )

        #expect(response.text == "ab")
        #expect(response.toolCalls == [ToolCall(id: "c", name: "f", arguments: #"{"x":1}"#)])
    }

    @Test func `does not pass over an error in an event that nobody knows`() {
        #expect {
            try decoded(
                ResponsesStreamDecoder(),
                [#"{"type":"response.error","error":{"code":"server_is_overloaded","message":"Busy"}}"#]
            )
        } throws: {
            ($0 as? ModelError)?.kind == .overloaded
        }
    }

    @Test func `reads content that is a text`() throws {
        let answer = try JSONValue(
            parsing: #"{"status":"completed","output":[{"type":"message","content":"Hi"}]}"#
        )

        #expect(try ResponsesAnswer.response(answer).text == "Hi")
    }

    @Test func `keeps the order of items that come in turns`() throws {
        let reasoning = #"{"type":"reasoning","id":"rs","summary":[]}"#
        let search = #"{"type":"web_search_call","id":"ws"}"#
        let first = #"{"type":"message","id":"m1","content":[{"type":"output_text","text":"a"}]}"#
        let second = #"{"type":"message","id":"m2","content":[{"type":"output_text","text":"b"}]}"#
        let items = [reasoning, search, first, second]
        let begun = items.enumerated().map {
            #"{"type":"response.output_item.added","output_index":\#($0),"item":\#($1)}"#
        }
        let done = items.enumerated().reversed().map {
            #"{"type":"response.output_item.done","output_index":\#($0),"item":\#($1)}"#
        }
        let pieces = [
            #"{"type":"response.output_text.delta","output_index":3,"content_index":0,"delta":"b"}"#,
            #"{"type":"response.output_text.delta","output_index":2,"content_index":0,"delta":"a"}"#,
        ]
        let whole = #"{"id":"r","status":"completed","output":[\#(items.joined(separator: ","))]}"#

        let response = try decoded(ResponsesStreamDecoder(), begun + pieces + done + [Self.end])

        #expect(response == (try ResponsesAnswer.response(JSONValue(parsing: whole))))
    }

    @Test func `reads an error that is plain text`() {
        #expect {
            try decoded(ResponsesStreamDecoder(), ["The engine is overloaded"], name: "error")
        } throws: {
            ($0 as? ModelError)?.kind == .overloaded
        }
    }

    @Test func `tells items apart that all have the number 0`() throws {
        let items = [
            #"{"type":"message","id":"m","content":[{"type":"output_text","text":"a"}]}"#,
            #"{"type":"function_call","id":"f1","call_id":"c1","name":"f","arguments":"{}"}"#,
            #"{"type":"function_call","id":"f2","call_id":"c2","name":"g","arguments":"{\"x\":1}"}"#,
        ]
        let deltas = [
            #"{"type":"response.output_text.delta","output_index":0,"delta":"a"}"#,
            #"{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{}"}"#,
            #"{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\"x\":1}"}"#,
        ]
        let events = zip(items, deltas).flatMap { item, delta in
            [
                #"{"type":"response.output_item.added","output_index":0,"item":\#(item)}"#, delta,
                #"{"type":"response.output_item.done","output_index":0,"item":\#(item)}"#,
            ]
        }
        let whole = #"{"id":"r","status":"completed","output":[\#(items.joined(separator: ","))]}"#

        let end = #"{"type":"response.completed","response":\#(whole)}"#
        let response = try decoded(ResponsesStreamDecoder(), events + [end])

        #expect(response == (try ResponsesAnswer.response(JSONValue(parsing: whole))))
    }

    @Test func `keeps the usage of an answer that failed`() async throws {
        let failed =
            #"{"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"server_error","message":"x"},"#
            + #""usage":{"input_tokens":3,"output_tokens":2}}}"#
        let delta = #"{"type":"response.output_text.delta","output_index":0,"delta":"a"}"#
        let transport = ScriptedTransport("data: \(delta)\n\ndata: \(failed)\n\ndata: \(Self.end)\n\n")
        let endpoint = ServiceEndpoint.openAI(key: "k", transport: transport)
        let model = OpenAIModel("gpt-5", endpoint: endpoint, interface: .responses)

        let error = try #require(
            await #expect(throws: ModelError.self) { try await model.stream(ModelRequest("?")).response() }
        )

        #expect(error.kind == .serverError)
        #expect(error.partialResponse?.text == "a")
        #expect(error.partialResponse?.usage == Usage(inputTokens: 3, outputTokens: 2))
    }

    @Test func `keeps the words of an item whose end has none`() throws {
        let part = #"{"type":"output_text","text":""}"#
        let response = try decoded(
            ResponsesStreamDecoder(),
            [
                #"{"type":"response.output_text.delta","output_index":0,"delta":"a"}"#,
                #"{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[\#(part)]}}"#,
                Self.end,
            ]
        )

        #expect(response.text == "a")
    }

    @Test func `takes an empty refusal for none`() throws {
        let part = #"{"type":"output_text","text":"Hi","refusal":""}"#
        let answer = try JSONValue(parsing: #"{"output":[{"type":"message","content":[\#(part)]}]}"#)

        let response = try ResponsesAnswer.response(answer)

        #expect(response.text == "Hi")
        #expect(response.finishReason == .stop)
    }

    @Test func `sends no reasoning back that nothing follows`() throws {
        let answer = try JSONValue(
            parsing:
                #"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"reasoning","id":"rs","summary":[]}]}"#
        )
        let response = try ResponsesAnswer.response(answer)
        let request = ModelRequest("?").followed(by: response, then: Message(.user, "Go on"))
        let format = ResponsesFormat(identity: ModelIdentity(provider: "openai", model: "gpt-5"))

        let input = try format.encode(request, isStream: false).body["input"]

        #expect(input == [["role": "user", "content": "?"], ["role": "user", "content": "Go on"]])
    }
}
