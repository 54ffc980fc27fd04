import LanguageModels

/// Tools as OpenAI's chat models are shown them: as functions in TypeScript.
///
/// OpenAI does not document it; the rules are those of hmarr/openai-chat-tokens (MIT), found by trying.
enum FunctionRendering {
    /// The text that the definitions take in the prompt.
    static func text(of tools: [Tool]) -> String {
        var lines = ["namespace functions {", ""]
        for tool in tools {
            if !tool.description.isEmpty { lines.append("// \(tool.description)") }
            if tool.parameters["properties"]?.object?.isEmpty ?? true {
                lines.append("type \(tool.name) = () => any;")
            } else {
                lines.append("type \(tool.name) = (_: {")
                lines.append(properties(of: tool.parameters, indent: 0, depth: 0))
                lines.append("}) => any;")
            }
            lines.append("")
        }
        lines.append("} // namespace functions")
        return lines.joined(separator: "\n")
    }

    private static func properties(of schema: JSONValue, indent: Int, depth: Int) -> String {
        let required = Set(schema["required"]?.elements.compactMap(\.string) ?? [])
        var lines: [String] = []
        for (name, property) in schema["properties"]?.object?.members ?? [] {
            if indent < 2, let description = property["description"]?.string, !description.isEmpty {
                lines.append("// \(description)")
            }
            let mark = required.contains(name) ? "" : "?"
            lines.append("\(name)\(mark): \(type(of: property, indent: indent, depth: depth)),")
        }
        let margin = String(repeating: " ", count: indent)
        return lines.map { margin + $0 }.joined(separator: "\n")
    }

    private static func type(of schema: JSONValue, indent: Int, depth: Int) -> String {
        guard depth < 64 else { return "any" }
        switch schema["type"]?.string {
        case "string": return choices(of: schema) { "\"\($0.string ?? $0.text)\"" } ?? "string"
        case "number", "integer": return choices(of: schema, \.text) ?? "number"
        case "boolean": return "boolean"
        case "null": return "null"
        case "array":
            return schema["items"].map { "\(type(of: $0, indent: indent, depth: depth + 1))[]" } ?? "any[]"
        case "object":
            return "{\n\(properties(of: schema, indent: indent + 2, depth: depth + 1))\n}"
        default: return union(of: schema, indent: indent, depth: depth) ?? "any"
        }
    }

    private static func choices(of schema: JSONValue, _ write: (JSONValue) -> String) -> String? {
        let choices = schema["enum"]?.elements ?? []
        return choices.isEmpty ? nil : choices.map(write).joined(separator: " | ")
    }

    /// Schemas of several types; how these are shown is not known, but so they take about as many tokens.
    private static func union(of schema: JSONValue, indent: Int, depth: Int) -> String? {
        let names = schema["type"]?.elements.compactMap(\.string) ?? []
        if !names.isEmpty {
            return names.map { type(of: ["type": .string($0)], indent: indent, depth: depth + 1) }
                .joined(separator: " | ")
        }
        let options = schema["anyOf"]?.elements ?? schema["oneOf"]?.elements ?? []
        guard !options.isEmpty else { return choices(of: schema, \.text) }
        return options.map { type(of: $0, indent: indent, depth: depth + 1) }.joined(separator: " | ")
    }
}
