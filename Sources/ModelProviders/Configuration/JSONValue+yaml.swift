public import LanguageModels

extension JSONValue {
    /// Reads a YAML or JSON file: numbers, truth values and null as JSON knows them, everything else as text.
    ///
    /// - Parameters:
    ///   - bytes: The file's bytes; an empty file is `null`.
    ///   - path: The file's path, for messages.
    /// - Throws: ``ConfigurationProblem`` with the line.
    public init(yaml bytes: [UInt8], path: String) throws(ConfigurationProblem) {
        do throws(ConfigurationProblem) {
            self = try YAMLNode.parse(bytes)?.json ?? .null
        } catch {
            throw ConfigurationProblem(source: path, line: error.line, message: error.message)
        }
    }
}

extension YAMLNode {
    fileprivate var json: JSONValue {
        switch content {
        case .scalar(let text, let isQuoted): isQuoted ? .string(text) : Self.plain(text)
        case .sequence(let items): .array(items.map(\.json))
        case .mapping(let pairs): .object(JSONObject(pairs.map { ($0.scalar ?? "", $1.json) }))
        }
    }

    /// A scalar without quotes.
    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        if case .number(let number) = try? JSONValue(parsing: text) { return .number(number) }
        return .string(text)
    }
}
