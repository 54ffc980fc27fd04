import HTTPTransport
import LanguageModels

@testable import ModelProviders

extension JudgedFormat {
    static let gemini = JudgedFormat(
        api: "gemini-generateContent",
        owns: { $0.folder == "gemini" },
        model: { fixture, transport in GeminiRecording(fixture).service(transport) },
        request: { _, body in try GeminiRequestReader(body).request() },
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
/// - an empty `generationConfig`, an empty `description`
/// - a `role` of `systemInstruction`, which has none
/// - `parameters` and `responseSchema`, whose types are in capitals, for `parametersJsonSchema` and
///   `responseJsonSchema`: ours are always JSON Schema
/// - `allowedFunctionNames` that names all functions, for none
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
        let functions = object["tools"]?[0]?["functionDeclarations"]?.elements ?? []
        if !functions.isEmpty {
            object["tools"] = [["functionDeclarations": .array(functions.map(function))]]
        }
        if var calling = object["toolConfig"]?["functionCallingConfig"]?.object,
            Set(calling["allowedFunctionNames"]?.elements ?? []) == Set(functions.compactMap { $0["name"] })
        {
            calling["allowedFunctionNames"] = nil
            object["toolConfig"] = ["functionCallingConfig": .object(calling)]
        }
        return .object(object)
    }

    private static func function(_ json: JSONValue) -> JSONValue {
        guard var function = json.object else { return json }
        if function["description"] == "" { function["description"] = nil }
        moveSchema("parameters", to: "parametersJsonSchema", in: &function)
        return .object(function)
    }

    private static func moveSchema(_ old: String, to new: String, in object: inout JSONObject) {
        guard let schema = object[old] else { return }
        object[old] = nil
        object[new] = lowercased(schema)
    }

    private static func lowercased(_ schema: JSONValue) -> JSONValue {
        schema.mapMembers { key, value in
            (key, key == "type" ? value.string.map { .string($0.lowercased()) } ?? value : value)
        }
    }

    private static let renamed = [
        "thinking_config": "thinkingConfig", "thinking_budget": "thinkingBudget",
        "include_thoughts": "includeThoughts", "parameters_json_schema": "parametersJsonSchema",
        "response_mime_type": "responseMimeType", "response_schema": "responseSchema",
        "response_json_schema": "responseJsonSchema", "safety_settings": "safetySettings",
    ]

    /// With the names of members as the service writes them.
    static func camel(_ value: JSONValue) -> JSONValue {
        value.mapMembers { (renamed[$0] ?? $0, $1) }
    }
}
