import LanguageModels

/// One part of a turn, as Gemini writes it.
///
/// What the service wants back unchanged stands in ``Replay/value``: the members that are to be merged into the part
/// made from the content; for content that only the service understands, the whole part.
enum GeminiPart {
    /// A part; `nil` for what is not sent, such as another service's reasoning.
    static func json(
        _ part: MessagePart,
        in role: Message.Role,
        _ surface: GeminiSurface,
        _ preparation: inout RequestPreparation
    ) throws -> JSONValue? {
        let replay = part.replay.flatMap { $0.format == GeminiFormat.name ? $0.value.object : nil }
        var json: JSONObject
        switch part.content {
        case .text(let text), .refusal(let text):
            // An empty answer is no part; an empty question is the caller's.
            if text.isEmpty, role == .assistant, replay == nil { return nil }
            json = JSONObject([(key: "text", value: .string(text))])
        case .reasoning(let text):
            guard replay != nil else { return nil }
            json = JSONObject([(key: "text", value: .string(text))])
        case .image(let media), .document(let media), .audio(let media):
            json = try file(media, surface, preparation)
        case .toolCall(let call):
            json = try functionCall(call, &preparation)
        case .other:
            guard replay != nil else { return nil }
            json = JSONObject()
        case .toolResult:
            return nil
        @unknown default:
            return nil
        }
        if let replay { json.merge(replay) }
        return .object(json)
    }

    private static func functionCall(_ call: ToolCall, _ preparation: inout RequestPreparation) throws -> JSONObject {
        var arguments = call.arguments == "{}" ? JSONObject() : (try? call.parsedArguments())?.object
        if arguments == nil {
            try preparation.change("messages", "the arguments of a call of \(call.name) are no JSON object: left out") {
                _ in
            }
            arguments = JSONObject()
        }
        let function: JSONValue = ["name": .string(call.name), "args": .object(arguments ?? JSONObject())]
        return JSONObject([(key: "functionCall", value: function)])
    }

    /// What a tool gave, as the object that the service wants: text that is one is sent as such.
    static func response(_ result: ToolResult) -> JSONValue {
        let text = result.text
        var value = JSONValue.string(text)
        if text.utf8.first == UInt8(ascii: "{"), let json = try? JSONValue(parsing: text), json.object != nil {
            value = json
        }
        if result.isError { return value["error"] != nil ? value : ["error": value] }
        return value.object != nil ? value : ["output": value]
    }
}

extension GeminiPart {
    private static func file(
        _ media: Media,
        _ surface: GeminiSurface,
        _ preparation: RequestPreparation
    ) throws -> JSONObject {
        switch MediaPayload(media) {
        case .inline(let type, let base64):
            return JSONObject([(key: "inlineData", value: ["mimeType": .string(type), "data": .string(base64)])])
        case .url(let url):
            return fileData(url, media)
        case .file(let id):
            guard case .studio(let files) = surface, !id.contains("://") else { return fileData(id, media) }
            return fileData("\(files)/\(id.hasPrefix("files/") ? "" : "files/")\(id)", media)
        case nil:
            throw preparation.unsupported("a file of unknown type cannot be sent: give its type")
        }
    }

    private static func fileData(_ uri: String, _ media: Media) -> JSONObject {
        var data = JSONObject()
        data["mimeType"] = (media.type ?? type(ofFileAt: uri)).map { .string($0) }
        data["fileUri"] = .string(uri)
        return JSONObject([(key: "fileData", value: .object(data))])
    }

    private static func type(ofFileAt uri: String) -> String? {
        let path = uri.prefix { $0 != "?" && $0 != "#" }
        guard let dot = path.lastIndex(of: ".") else { return nil }
        return types[path[path.index(after: dot)...].lowercased()]
    }

    private static let types = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "heic": "image/heic",
        "heif": "image/heif", "gif": "image/gif", "pdf": "application/pdf", "txt": "text/plain",
        "md": "text/markdown", "html": "text/html", "csv": "text/csv", "wav": "audio/wav", "mp3": "audio/mp3",
        "aac": "audio/aac", "ogg": "audio/ogg", "flac": "audio/flac", "mp4": "video/mp4", "webm": "video/webm",
    ]
}
