#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An answer that was read as a value.
public struct StructuredAnswer<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// The answer it was read from, with its usage.
    public let response: ModelResponse
}

/// A type that says itself which JSON Schema it is read from.
public protocol StructuredOutput: Decodable, Sendable {
    /// The schema; its properties are what the type decodes.
    static var outputSchema: OutputSchema { get }
}

extension LanguageModel {
    /// Asks a question and reads the answer as a value.
    ///
    ///     struct City: StructuredOutput {
    ///         var name: String
    ///         static let outputSchema = OutputSchema(name: "city", properties: ["name": ["type": "string"]])
    ///     }
    ///     let city = try await model.completeStructured("The capital of Peru", as: City.self).value
    ///
    /// - Throws: As ``completeStructured(_:as:schema:)``.
    public func completeStructured<Value: StructuredOutput>(
        _ prompt: String,
        as type: Value.Type,
        system: String? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> StructuredAnswer<Value> {
        var request = ModelRequest(prompt, system: system)
        request.options = options
        return try await completeStructured(request, as: type)
    }

    /// Sends a request, with images or a conversation in it, and reads the answer as a value of a type that has a
    /// schema.
    ///
    /// - Throws: As ``completeStructured(_:as:schema:)``.
    public func completeStructured<Value: StructuredOutput>(
        _ request: ModelRequest,
        as type: Value.Type
    ) async throws -> StructuredAnswer<Value> {
        try await completeStructured(request, as: type, schema: type.outputSchema)
    }

    /// Sends a request for JSON that fits a schema and reads the answer as a value.
    ///
    /// White space and a Markdown fence around the JSON, which models without strict output like to write, are left
    /// out. A bad answer is not asked for again.
    ///
    /// - Parameters:
    ///   - request: The request; its ``ModelRequest/output`` is replaced.
    ///   - type: What to read.
    ///   - schema: The form of the answer, which must be what the type decodes.
    /// - Returns: The value, and the answer it was read from.
    /// - Throws: ``ModelError``: of kind `refused` where the model declined, `contentFiltered` where a filter held the
    ///   answer back, `undecodableAnswer` where it was cut off or is not what was wanted (the answer stands in
    ///   ``ModelError/partialResponse``, its text in ``ModelError/answerText``); or `CancellationError`.
    public func completeStructured<Value: Decodable & Sendable>(
        _ request: ModelRequest,
        as type: Value.Type,
        schema: OutputSchema
    ) async throws -> StructuredAnswer<Value> {
        var request = request
        request.output = .schema(schema)
        let response = try await respond(to: request)
        return StructuredAnswer(value: try response.decoded(as: type, identity: identity), response: response)
    }
}

extension ModelResponse {
    fileprivate func decoded<Value: Decodable>(as type: Value.Type, identity: ModelIdentity) throws -> Value {
        let json = text.withoutFence
        guard !json.isEmpty, refusal == nil, finishReason != .refusal, finishReason != .contentFilter else {
            throw missing("JSON", identity: identity)
        }
        do {
            return try JSONDecoder().decode(type, from: Data(json.utf8))
        } catch {
            throw missing("JSON", reason: Self.reason(error, type: type), identity: identity)
        }
    }

    private static func reason(_ error: any Error, type: Any.Type) -> String {
        guard let error = error as? DecodingError else { return "it is no JSON for \(type)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(path(context.codingPath + [key])) is missing for \(type)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(path(context.codingPath)) is not what \(type) expects"
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            return "it is not JSON"
        case .dataCorrupted(let context):
            return "\(path(context.codingPath)) has a value that \(type) does not know"
        @unknown default:
            return "it is no JSON for \(type)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "the whole" }
        let path = keys.reduce("") { $0 + ($1.intValue.map { "[\($0)]" } ?? ".\($1.stringValue)") }
        return path.hasPrefix(".") ? String(path.dropFirst()) : path
    }
}

extension String {
    /// The text without white space around it, and without a Markdown fence.
    fileprivate var withoutFence: String {
        var lines = split(omittingEmptySubsequences: false) { $0.isNewline }
        lines = Array(lines.drop { $0.allSatisfy(\.isWhitespace) })
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        let isFenced = lines.count > 2 && lines[0].hasPrefix("```") && lines[lines.count - 1].hasPrefix("```")
        return (isFenced ? lines.dropFirst().dropLast() : lines[...]).joined(separator: "\n")
    }
}

extension OutputSchema {
    /// A strict schema of an object with these properties, all of them required and no others allowed, as services want
    /// strict schemas to be.
    ///
    /// A property that may be missing is written as one that may be `null`: `["type": ["string", "null"]]`.
    public init(name: String, description: String? = nil, properties: KeyValuePairs<String, JSONValue>) {
        self.init(name: name, description: description, schema: .object(properties: properties))
    }
}

extension JSONValue {
    /// The JSON Schema of an object with these properties, all of them required and no others allowed.
    public static func object(properties: KeyValuePairs<String, JSONValue>) -> JSONValue {
        [
            "type": "object",
            "properties": .object(JSONObject(properties.map { (key: $0.key, value: $0.value) })),
            "required": .array(properties.map { .string($0.key) }),
            "additionalProperties": false,
        ]
    }
}
