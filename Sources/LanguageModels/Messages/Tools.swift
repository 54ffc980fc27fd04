/// Something that the model may ask the caller to do.
public struct Tool: Hashable, Sendable {
    /// The name, of letters, digits, `_` and (not at Cohere) `-`, at most 64.
    public var name: String
    /// What it does and when to use it, for the model; may be empty.
    public var description: String
    /// The arguments, as a JSON Schema of type object.
    public var parameters: JSONValue
    /// Whether the service must hold the arguments to the schema; `nil` leaves it to the service's default.
    public var isStrict: Bool?

    /// A tool with these parameters; by default with none.
    public init(
        name: String,
        description: String = "",
        parameters: JSONValue = ["type": "object", "properties": [:]],
        isStrict: Bool? = nil
    ) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.isStrict = isStrict
    }
}

/// Whether the model may, must or must not call tools.
public enum ToolChoice: Hashable, Sendable {
    /// The model decides.
    case automatic
    /// No calls.
    case none
    /// At least one call, of any tool.
    case required
    /// A call of this tool.
    case tool(String)
}

/// A model's wish that a tool be run.
///
/// Encoded it is an object of `id`, `name` and `arguments`, the latter a string, byte for byte what the model wrote.
public struct ToolCall: Hashable, Sendable, Codable {
    /// What the result refers to.
    ///
    /// Where a service gives none, one is made up (`call_1`, …).
    public var id: String
    /// The tool's name.
    public var name: String
    /// The arguments as the model wrote them: JSON text, `{}` for none.
    ///
    /// Not valid JSON where the answer was cut off.
    public var arguments: String

    /// A call with arguments as JSON text.
    public init(id: String, name: String, arguments: String = "{}") {
        self.id = id
        self.name = name
        self.arguments = Self.normalized(arguments)
    }

    /// The arguments as a value.
    ///
    /// - Throws: ``JSONSyntaxError`` where the model wrote no valid JSON.
    public func parsedArguments() throws(JSONSyntaxError) -> JSONValue {
        try JSONValue(parsing: arguments)
    }

    /// Services write "no arguments" as an empty text, as `null` or as `{}`; here it is always `{}`.
    public static func normalized(_ arguments: String) -> String {
        let isAbsent = arguments == "null" || arguments.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A }
        return isAbsent ? "{}" : arguments
    }
}

/// What came of a tool call.
///
/// Encoded it is an object of `callID`, `name`, `content` (an array of parts) and `isError`.
public struct ToolResult: Hashable, Sendable, Codable {
    /// The call's id.
    public var callID: String
    /// The tool's name.
    public var name: String
    /// What the tool gave: text, and images or documents where the service takes them in results.
    public var content: [MessagePart]
    /// Whether the tool failed, and the content says how.
    public var isError: Bool

    /// A result of parts.
    public init(callID: String, name: String, content: [MessagePart], isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.content = content
        self.isError = isError
    }

    /// The result of a call, as text.
    public init(of call: ToolCall, _ text: String, isError: Bool = false) {
        self.init(callID: call.id, name: call.name, content: [.text(text)], isError: isError)
    }

    /// The text parts together.
    public var text: String {
        content.lazy.compactMap(\.text).joined()
    }
}
