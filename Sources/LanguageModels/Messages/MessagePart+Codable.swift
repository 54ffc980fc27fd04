/// Encoded it is an object of `type`, what belongs to it, and `replay` where there is one:
///
/// | `type` | beside it |
/// |---|---|
/// | `text`, `reasoning`, `refusal` | `text` |
/// | `image`, `document`, `audio` | `media`, a ``Media`` |
/// | `tool_call` | `call`, a ``ToolCall`` |
/// | `tool_result` | `result`, a ``ToolResult`` |
/// | `other` | nothing |
extension MessagePart: Codable {
    private enum CodingKeys: CodingKey {
        case type, text, media, call, result, replay
    }

    private enum Kind: String, CaseIterable {
        case text, image, document, audio
        case toolCall = "tool_call"
        case toolResult = "tool_result"
        case reasoning, refusal, other
    }

    /// Reads an encoded part.
    ///
    /// - Throws: `DecodingError`, also for a `type` that is not known here, as later versions may write.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        content = try Self.content(in: members)
        replay = try members.decodeIfPresent(Replay.self, forKey: .replay)
    }

    /// Writes the part.
    ///
    /// - Throws: What the encoder throws, and `EncodingError` as ``JSONValue/encode(to:)`` does.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(kind.rawValue, forKey: .type)
        switch content {
        case .text(let text), .reasoning(let text), .refusal(let text): try members.encode(text, forKey: .text)
        case .image(let media), .document(let media), .audio(let media): try members.encode(media, forKey: .media)
        case .toolCall(let call): try members.encode(call, forKey: .call)
        case .toolResult(let result): try members.encode(result, forKey: .result)
        case .other: break
        }
        try members.encodeIfPresent(replay, forKey: .replay)
    }

    private var kind: Kind {
        switch content {
        case .text: .text
        case .image: .image
        case .document: .document
        case .audio: .audio
        case .toolCall: .toolCall
        case .toolResult: .toolResult
        case .reasoning: .reasoning
        case .refusal: .refusal
        case .other: .other
        }
    }

    private static func content(in members: KeyedDecodingContainer<CodingKeys>) throws -> Content {
        switch try kind(in: members) {
        case .text: .text(try members.decode(String.self, forKey: .text))
        case .image: .image(try members.decode(Media.self, forKey: .media))
        case .document: .document(try members.decode(Media.self, forKey: .media))
        case .audio: .audio(try members.decode(Media.self, forKey: .media))
        case .toolCall: .toolCall(try members.decode(ToolCall.self, forKey: .call))
        case .toolResult: .toolResult(try members.decode(ToolResult.self, forKey: .result))
        case .reasoning: .reasoning(try members.decode(String.self, forKey: .text))
        case .refusal: .refusal(try members.decode(String.self, forKey: .text))
        case .other: .other
        }
    }

    private static func kind(in members: KeyedDecodingContainer<CodingKeys>) throws -> Kind {
        let type = try members.decode(String.self, forKey: .type)
        guard let kind = Kind(rawValue: type) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: .type,
                in: members,
                debugDescription: "a message part of the type \"\(type)\" is not known here; the types are: \(known)"
            )
        }
        return kind
    }
}
