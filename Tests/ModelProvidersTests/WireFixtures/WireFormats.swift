import HTTPTransport
import LanguageModels

@testable import ModelProviders

/// How the recordings of one wire format are judged.
///
/// A new format is a value here and a line in ``all``.
struct JudgedFormat: Sendable {
    /// The `api` of the expected facts.
    let api: String
    /// Whether a recording without that fact (an error) is of this format.
    let owns: @Sendable (WireFixture) -> Bool
    /// The model of a recording, behind a transport.
    let model: @Sendable (WireFixture, any Transport) -> any LanguageModel
    /// The request that a recorded body stands for; `nil` where the body asks for what requests cannot say.
    let request: @Sendable (WireFixture, JSONValue) throws -> ModelRequest?
    /// A body, recorded or ours, without the differences that mean nothing; the documented list stands there.
    let normalized: @Sendable (JSONValue) -> JSONValue
    /// Whether a recording's reasoning is compared.
    var comparesReasoning: @Sendable (WireFixture) -> Bool = { _ in true }

    /// Every format; the first that owns a recording judges it.
    static let all: [JudgedFormat] = [.openAIResponses, .openAIChat, .anthropic, .cohere, .gemini]

    /// The folders of answers and errors that are judged.
    static let folders = ["openai-chat", "openai-responses", "azure", "compatible", "anthropic", "cohere", "gemini"]

    static func format(of fixture: WireFixture) -> JudgedFormat? {
        let api = fixture.expected["api"]?.string
        return all.first { api.map { [format = $0] in $0 == format.api } ?? $0.owns(fixture) }
    }
}
