import LanguageModels

/// One wire format as a server speaks it: reads a request, writes the answer whole or as events.
///
/// These are written from the services' documentation alone and share nothing with the clients' side, so that each is
/// a witness of the other.
protocol Dialect: Sendable {
    /// Reads a request.
    ///
    /// - Throws: ``Complaint`` where the service would refuse it.
    func question(in body: JSONValue, _ route: Route) throws(Complaint) -> Question

    /// The whole answer.
    func body(_ answer: Answer, to question: Question, _ serial: Serial) -> JSONValue

    /// The answer as events.
    func events(_ answer: Answer, to question: Question, _ serial: Serial) -> [[UInt8]]

    /// An error as an event of the stream.
    func errorEvent() -> [UInt8]
}

/// The request's number and all names that are made of it.
struct Serial: Hashable, Sendable {
    /// From 1.
    var number: Int
    var service: Service

    /// An identifier with the prefix that the service gives.
    func id(_ prefix: String) -> String { "\(prefix)sim\(number)" }

    /// In seconds since 1970; it grows by one with each request, from the same start at each run.
    var time: Int { 1_767_225_600 + number }
}

extension WireFormat {
    /// The format's server side.
    var dialect: any Dialect {
        switch self {
        case .chat: ChatDialect()
        case .responses: ResponsesDialect()
        case .messages: MessagesDialect()
        case .gemini: GeminiDialect()
        case .cohere: CohereDialect()
        }
    }
}

/// An event with its data, and its name where it has one.
func serverSentEvent(_ data: JSONValue, named name: String? = nil) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(320)
    if let name { bytes.append(contentsOf: "event: \(name)\n".utf8) }
    bytes.append(contentsOf: "data: ".utf8)
    bytes.append(contentsOf: data.bytes)
    bytes.append(contentsOf: "\n\n".utf8)
    return bytes
}

/// An event whose data repeats the name as its `type`, as all but OpenAI's chat and Gemini have it.
func typedEvent(_ name: String, _ members: JSONValue) -> [UInt8] {
    var object = JSONObject([(key: "type", value: .string(name))])
    object.merge(members.object ?? JSONObject())
    return serverSentEvent(.object(object), named: name)
}

/// The text of a tool call's arguments in the pieces in which a stream gives it; none for a call without arguments.
func argumentPieces(_ call: Answer.ToolCall) -> [String] {
    call.arguments.object?.isEmpty ?? true ? [] : Answer.pieces(of: call.arguments.text)
}

extension JSONValue {
    /// The elements, made to values.
    static func list(_ elements: some Sequence<JSONValue>) -> JSONValue { .array(Array(elements)) }

    /// The text, or null.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
