import LanguageModels

/// What a service puts around the texts of a request.
enum RequestFraming: Sendable {
    case openAI(OpenAIFraming)
    case anthropic(AnthropicFraming)
    case gemini(MediaTokens)
    case cohere(MediaTokens)

    init(for profile: ModelProfile) {
        let media = MediaTokens(provider: profile.provider, model: profile.name)
        switch profile.provider {
        case "anthropic": self = .anthropic(AnthropicFraming(model: profile.name, media: media))
        case "gemini": self = .gemini(media)
        case "cohere": self = .cohere(media)
        default: self = .openAI(OpenAIFraming(model: profile.name, media: media))
        }
    }

    func add(_ request: ModelRequest, to tally: inout TokenTally) {
        switch self {
        case .openAI(let framing): framing.add(request, to: &tally)
        case .anthropic(let framing): framing.add(request, to: &tally)
        case .gemini(let media): Self.add(request, asFields: true, media, to: &tally)
        case .cohere(let media): Self.add(request, asFields: false, media, to: &tally)
        }
    }

    /// Whether the framing has been checked against the service for requests like this one.
    func isExact(for request: ModelRequest) -> Bool {
        guard case .openAI(let framing) = self else { return false }
        return framing.isChecked && request.output == .text
            && request.messages.allSatisfy { $0.role != .tool && $0.parts.allSatisfy { $0.text != nil } }
    }

    /// Gemini adds up the text fields, Cohere bills the texts; neither counts anything around them.
    private static func add(
        _ request: ModelRequest,
        asFields: Bool,
        _ media: MediaTokens,
        to tally: inout TokenTally
    ) {
        for message in request.messages { tally.add(message.parts, media) }
        for tool in request.tools {
            tally.add(tool.name)
            tally.add(tool.description)
            if asFields { tally.add(fieldsOf: tool.parameters) } else { tally.add(tool.parameters.text) }
        }
        guard case .schema(let schema) = request.output else { return }
        if asFields { tally.add(fieldsOf: schema.schema) } else { tally.add(schema.schema.text) }
    }
}

/// What Anthropic puts around a request: seven tokens around the first message, and a hidden prompt where there are
/// tools.
struct AnthropicFraming: Sendable {
    var model: String
    var media: MediaTokens

    func add(_ request: ModelRequest, to tally: inout TokenTally) {
        tally.add(tokens: 3 + 4 * request.messages.count { $0.role != .system })
        for message in request.messages { tally.add(message.parts, media) }
        if !request.tools.isEmpty { tally.add(tokens: toolPrompt(request.toolChoice)) }
        for tool in request.tools {
            let definition: JSONValue = [
                "name": .string(tool.name), "description": .string(tool.description), "input_schema": tool.parameters,
            ]
            tally.add(definition.text)
        }
        if case .schema(let schema) = request.output { tally.add(schema.schema.text) }
    }

    /// The tokens of the hidden prompt, as Anthropic's page gives them; models after 4.5 are taken to have the same.
    private func toolPrompt(_ choice: ToolChoice) -> Int {
        let (free, forced) =
            switch model {
            case _ where model.hasPrefix("claude-3-opus"): (530, 281)
            case _ where model.hasPrefix("claude-3-sonnet"): (159, 235)
            case _ where model.hasPrefix("claude-3-haiku"): (264, 340)
            default: (346, 313)
            }
        switch choice {
        case .automatic, .none: return free
        case .required, .tool: return forced
        }
    }
}

extension TokenTally {
    /// Adds the parts of a message: texts, calls and results as text, media by their rules.
    mutating func add(_ parts: [MessagePart], _ media: MediaTokens, depth: Int = 0) {
        for part in parts {
            switch part.content {
            case .text(let text), .reasoning(let text), .refusal(let text): add(text)
            case .image(let image): add(mediaTokens: media.image(image))
            case .audio(let sound): add(mediaTokens: media.audio(sound))
            case .document(let document): add(document, media)
            case .toolCall(let call):
                add(call.name)
                if media.provider == "gemini", let arguments = try? call.parsedArguments() {
                    add(valuesOf: arguments)
                } else {
                    add(call.arguments)
                }
            case .toolResult(let result) where depth < 8: add(result.content, media, depth: depth + 1)
            case .toolResult, .other: break
            @unknown default: break
            }
        }
    }

    private mutating func add(_ document: Media, _ media: MediaTokens) {
        if document.type?.hasPrefix("text/") == true, case .bytes(let bytes) = document.source {
            return add(String(decoding: bytes, as: UTF8.self))
        }
        add(mediaTokens: media.document(document))
    }

    /// Adds the names and texts of a call's arguments, as Gemini counts them.
    private mutating func add(valuesOf value: JSONValue, depth: Int = 0) {
        guard depth < 64 else { return }
        if let text = value.string { return add(text) }
        for element in value.elements { add(valuesOf: element, depth: depth + 1) }
        for (name, member) in value.object?.members ?? [] {
            add(name)
            add(valuesOf: member, depth: depth + 1)
        }
    }

    /// Adds the texts of a schema: the properties' names, descriptions, and the words of enumerations.
    mutating func add(fieldsOf schema: JSONValue, depth: Int = 0) {
        guard depth < 64 else { return }
        for name in ["title", "description", "format", "pattern"] { add(schema[name]?.string ?? "") }
        for word in schema["enum"]?.elements ?? [] { add(word.string ?? word.text) }
        for word in schema["required"]?.elements ?? [] { add(word.string ?? "") }
        for (name, property) in schema["properties"]?.object?.members ?? [] {
            add(name)
            add(fieldsOf: property, depth: depth + 1)
        }
        if let items = schema["items"] { add(fieldsOf: items, depth: depth + 1) }
        for option in schema["anyOf"]?.elements ?? [] { add(fieldsOf: option, depth: depth + 1) }
    }
}
