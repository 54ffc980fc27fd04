import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// Streams of servers that have lost their mind: an answer or an error of ours, never a crash.
struct HostileStreamTests {
    private static let chat =
        #"{"id":"c","choices":[{"index":0,"delta":{"content":"a","reasoning_details":[{"index":0,"text":"x"}],"tool_calls":[{"index":0,"id":"i","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"completion_tokens_details":{"reasoning_tokens":1}}}"#
    private static let item =
        #"{"type":"response.output_item.done","output_index":3,"item":{"type":"message","content":[{"type":"output_text","text":"a"}],"summary":[{"text":"b"}]}}"#
    private static let end =
        #"{"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}],"usage":{"input_tokens":1,"output_tokens":2}}}"#
    private static let replacements = [
        "null", "[]", "{}", "\"\"", "-1", "9223372036854775807", "1e400", "true", "[[1]]",
    ]

    /// The text with each of its values in turn replaced by each of the replacements.
    static func mutations(of text: String) throws -> [String] {
        let json = try JSONValue(parsing: text)
        return try replacements.flatMap { word in
            mutations(of: json, by: try JSONValue(parsing: word)).map(\.text)
        }
    }

    private static func mutations(of value: JSONValue, by other: JSONValue) -> [JSONValue] {
        var found = [other]
        if let object = value.object {
            for (key, member) in object.members {
                found += mutations(of: member, by: other).map { changed in
                    var copy = object
                    copy[key] = changed
                    return .object(copy)
                }
            }
        }
        for (index, element) in value.elements.enumerated() {
            found += mutations(of: element, by: other).map { changed in
                var copy = value.elements
                copy[index] = changed
                return .array(copy)
            }
        }
        return found
    }

    @Test func `survives chunks in which anything is anything`() throws {
        let mutations = try Self.mutations(of: Self.chat)
        for mutation in mutations {
            let result = Result { try decoded(ChatStreamDecoder(), [Self.chat, mutation, Self.chat, "[DONE]"]) }
            if case .failure(let error) = result { #expect(error is ModelError) }
            _ = try? read(mutation) { ChatAnswer.parts(of: $0) }
        }
        #expect(mutations.count > 200)
    }

    @Test func `survives events in which anything is anything`() throws {
        for mutation in try Self.mutations(of: Self.item) + Self.mutations(of: Self.end) {
            let result = Result { try decoded(ResponsesStreamDecoder(), [Self.item, mutation, Self.end]) }
            if case .failure(let error) = result { #expect(error is ModelError) }
        }
    }
}
