import HTTPTransport
import LanguageModels

@testable import ModelProviders

extension JudgedFormat {
    static let gemini = JudgedFormat(
        api: "gemini-generateContent",
        owns: { $0.folder == "gemini" },
        model: { fixture, transport in GeminiRecording(fixture).service(transport) },
        request: { try GeminiRequestReader($1, rules: .rules(for: GeminiRecording($0).model)).request() },
        normalized: { GeminiDifferences.normalized($0) }
    )
}

/// The model and the service that a recording was made with, by its address.
struct GeminiRecording {
    let model: String
    let isVertex: Bool

    init(_ fixture: WireFixture) {
        let name = fixture.url.split(separator: "/").last?.split(separator: ":").first.map(String.init)
        model = fixture.url.contains(":") ? name ?? fixture.model : fixture.model
        isVertex = fixture.url.contains("aiplatform")
    }

    func service(_ transport: any Transport) -> ServiceModel<GeminiFormat> {
        let identity = ModelIdentity(provider: "gemini", model: model)
        let surface = isVertex ? GeminiSurface.vertex(parent: "/projects/p/locations/l") : .studio(files: "https://g")
        return ServiceModel(
            format: GeminiFormat(identity: identity, surface: surface),
            endpoint: ServiceEndpoint(baseURL: "https://service.example/v1beta", transport: transport),
            identity: identity
        )
    }
}

/// The differences between recorded bodies and ours that mean nothing to the service.
///
/// - the order of members, and names of members with underscores (`thinking_config`) for `thinkingConfig`
/// - an empty `generationConfig`, an empty `description`, a function's parameters without properties, calls without `args`
/// - a `role` of `systemInstruction`, which has none; `function` for `user`, and no role at all
/// - turns of one role behind each other, which the service joins
/// - `parameters` and `responseSchema`, whose types are in capitals, for `parametersJsonSchema` and
///   `responseJsonSchema`: ours are always JSON Schema
/// - `allowedFunctionNames` that names all functions, for none; the mode `AUTO`, which is the default
/// - functions in several entries of `tools` and in one
enum GeminiDifferences {
    static func normalized(_ body: JSONValue) -> JSONValue {
        guard var object = camel(body).object else { return body }
        if let request = object["generateContentRequest"] {
            return ["generateContentRequest": normalized(request)]
        }
        if object["generationConfig"] == [:] { object["generationConfig"] = nil }
        if var system = object["systemInstruction"]?.object {
            system["role"] = nil
            object["systemInstruction"] = .object(system)
        }
        if var config = object["generationConfig"]?.object {
            moveSchema("responseSchema", to: "responseJsonSchema", in: &config)
            object["generationConfig"] = .object(config)
        }
        object["contents"] = .array(turns(object["contents"]?.elements ?? []))
        let tools = object["tools"]?.elements ?? []
        let functions = tools.flatMap { $0["functionDeclarations"]?.elements ?? [] }
        if !functions.isEmpty {
            let others = tools.filter { $0["functionDeclarations"] == nil }
            object["tools"] = .array([["functionDeclarations": .array(functions.map(function))]] + others)
        }
        object["toolConfig"] = toolConfig(object["toolConfig"], among: functions)
        return .object(object)
    }

    private static func turns(_ contents: [JSONValue]) -> [JSONValue] {
        var turns: [(role: String, parts: [JSONValue])] = []
        for content in contents {
            let role = content["role"]?.string == "model" ? "model" : "user"
            if turns.last?.role != role { turns.append((role, [])) }
            turns[turns.count - 1].parts += (content["parts"]?.elements ?? []).map(part)
        }
        return turns.map { ["role": .string($0.role), "parts": .array($0.parts)] }
    }

    private static func part(_ json: JSONValue) -> JSONValue {
        guard var part = json.object, var call = part["functionCall"]?.object, call["args"] == nil else { return json }
        call["args"] = [:]
        part["functionCall"] = .object(call)
        return .object(part)
    }

    private static func toolConfig(_ json: JSONValue?, among functions: [JSONValue]) -> JSONValue? {
        guard var config = json?.object, var calling = config["functionCallingConfig"]?.object else { return json }
        if Set(calling["allowedFunctionNames"]?.elements ?? []) == Set(functions.compactMap { $0["name"] }) {
            calling["allowedFunctionNames"] = nil
        }
        if calling["mode"] == "AUTO" { calling["mode"] = nil }
        config["functionCallingConfig"] = calling.isEmpty ? nil : .object(calling)
        return config.isEmpty ? nil : .object(config)
    }

    static func function(_ json: JSONValue) -> JSONValue {
        guard var function = json.object else { return json }
        if function["description"] == "" { function["description"] = nil }
        moveSchema("parameters", to: "parametersJsonSchema", in: &function)
        if let schema = function["parametersJsonSchema"], schema["properties"]?.object?.isEmpty ?? true {
            function["parametersJsonSchema"] = nil
        }
        return .object(function)
    }

    static func moveSchema(_ old: String, to new: String, in object: inout JSONObject) {
        guard let schema = object[old] else { return }
        object[old] = nil
        object[new] = lowercased(schema)
    }

    private static func lowercased(_ schema: JSONValue) -> JSONValue {
        schema.mapMembers { key, value in
            (key, key == "type" ? value.string.map { .string($0.lowercased()) } ?? value : value)
        }
    }

    /// With the names of members as the service writes them; what has no underscore stays, and so do names of the
    /// caller's that have one, since they are changed alike in both bodies.
    static func camel(_ value: JSONValue) -> JSONValue {
        value.mapMembers { key, value in
            let words = key.split(separator: "_")
            guard words.count > 1, !key.hasPrefix("_"), key == key.lowercased() else { return (key, value) }
            return (
                String(words[0]) + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(), value
            )
        }
    }
}
