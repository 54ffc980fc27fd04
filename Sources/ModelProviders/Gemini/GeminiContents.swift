import LanguageModels

/// Writes a conversation: instructions apart, turns of `user` and `model`, results in the order of the calls.
struct GeminiContents {
    /// What an unsigned call of another model's is signed with, by Google's documentation.
    private static let foreignSignature: JSONValue = "skip_thought_signature_validator"

    /// The parts of the system prompt; none where the model takes no system prompt.
    private(set) var instructions: [JSONValue] = []
    /// The turns.
    private(set) var contents: [JSONValue] = []

    private let rules: GeminiRules
    private let surface: GeminiSurface
    /// The calls of the model's last turn that have no results yet.
    private var openCalls: [OpenCall] = []
    /// The results of those calls so far.
    private var results: [ToolResult] = []

    private struct OpenCall {
        var id: String
        var name: String
        /// The id that the service gave; `nil` where it gave none.
        var issuedID: JSONValue?
    }

    init(rules: GeminiRules, surface: GeminiSurface) {
        self.rules = rules
        self.surface = surface
    }

    /// Adds the conversation.
    ///
    /// - Throws: ``ModelError`` for what can be neither sent nor dropped.
    mutating func add(_ messages: [Message], _ preparation: inout RequestPreparation) throws {
        for message in messages {
            if message.role == .system {
                instructions += message.parts.compactMap { $0.text.map { ["text": .string($0)] } }
            } else {
                try add(message, &preparation)
            }
        }
        try closeResults(isLast: true, &preparation)
        if !rules.takesSystem { moveInstructions() }
        guard !contents.isEmpty else {
            throw preparation.unsupported("there is no message to answer: Gemini needs one beside the system prompt")
        }
    }

    private mutating func add(_ message: Message, _ preparation: inout RequestPreparation) throws {
        var parts: [JSONValue] = []
        var calls: [OpenCall] = []
        for part in message.parts {
            if case .toolResult(let result) = part.content {
                results.append(result)
                continue
            }
            guard var json = try GeminiPart.json(part, in: message.role, surface, &preparation) else { continue }
            if case .toolCall(let call) = part.content {
                sign(&json, isFirst: calls.isEmpty)
                calls.append(OpenCall(id: call.id, name: call.name, issuedID: json["functionCall"]?["id"]))
            }
            parts.append(json)
        }
        guard !parts.isEmpty else { return }
        try closeResults(isLast: false, &preparation)
        openCalls = calls
        contents.append(["role": message.role == .assistant ? "model" : "user", "parts": .array(parts)])
    }

    /// Gemini 3 refuses a step whose first call lacks its signature; what other models called has none.
    private func sign(_ json: inout JSONValue, isFirst: Bool) {
        guard isFirst, rules.needsSignatures, json["thoughtSignature"] == nil, case .object(var part) = json else {
            return
        }
        part["thoughtSignature"] = Self.foreignSignature
        json = .object(part)
    }

    /// The system prompt at the head of the first turn of the user's, for models that know no other place.
    private mutating func moveInstructions() {
        guard !instructions.isEmpty else { return }
        defer { instructions = [] }
        let first = contents.firstIndex { $0["role"]?.string == "user" }
        guard let first else { return contents.insert(["role": "user", "parts": .array(instructions)], at: 0) }
        contents[first] = ["role": "user", "parts": .array(instructions + (contents[first]["parts"]?.elements ?? []))]
    }
}

extension GeminiContents {
    /// Writes the results that have come, one for each call and in the order of the calls, as one turn.
    private mutating func closeResults(isLast: Bool, _ preparation: inout RequestPreparation) throws {
        defer { (openCalls, results) = ([], []) }
        // A conversation may end with calls; in its middle each call needs a result.
        guard !results.isEmpty || !openCalls.isEmpty && !isLast else { return }
        var parts: [JSONValue] = []
        var media: [JSONValue] = []
        for call in openCalls {
            let index = index(of: call)
            if index == nil {
                try preparation.change("messages", "no result is given for the call of \(call.name)") { _ in }
            }
            let missing = ToolResult(callID: call.id, name: call.name, content: [.text("no result")], isError: true)
            let result = index.map { results.remove(at: $0) } ?? missing
            try write(result, for: call, &parts, &media, &preparation)
        }
        for result in results {
            let call = OpenCall(id: result.callID, name: result.name, issuedID: nil)
            try write(result, for: call, &parts, &media, &preparation)
        }
        contents.append(["role": "user", "parts": .array(parts)])
        if !media.isEmpty { contents.append(["role": "user", "parts": .array(media)]) }
    }

    /// The result of a call by the call's id; else one of the same name that belongs to no other call.
    private func index(of call: OpenCall) -> Int? {
        results.firstIndex { $0.callID == call.id }
            ?? results.firstIndex { result in
                result.name == call.name && !openCalls.contains { $0.id == result.callID }
            }
    }

    /// Writes a result; its images and documents go into it where the model takes them there, else behind all results.
    private func write(
        _ result: ToolResult,
        for call: OpenCall,
        _ parts: inout [JSONValue],
        _ media: inout [JSONValue],
        _ preparation: inout RequestPreparation
    ) throws {
        var response = JSONObject()
        response["id"] = call.issuedID
        response["name"] = .string(call.name.isEmpty ? result.name : call.name)
        response["response"] = GeminiPart.response(result)
        var files: [JSONValue] = []
        for part in result.content where part.text == nil {
            try GeminiPart.json(part, in: .user, surface, &preparation).map { files.append($0) }
        }
        if !files.isEmpty, rules.takesMediaInResults {
            response["parts"] = .array(files)
        } else if !files.isEmpty {
            media.append(["text": .string("From the result of \(call.name):")])
            media += files
        }
        parts.append(["functionResponse": .object(response)])
    }
}
