import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// A change of a recording that must not change what is read from it.
struct WireVariation: Sendable, CustomTestStringConvertible {
    let name: String
    /// The changed body; `nil` where the change makes no sense for the recording.
    let changed: @Sendable (WireFixture) -> [UInt8]?

    var testDescription: String { name }

    /// Changes of the JSON, for whole answers and streams alike.
    static let ofJSON: [WireVariation] = [
        json("members that nobody knows") { adding(["x_future": ["y": [1, "z", nil]]], to: $0) },
        json("null for what is absent") { value in
            adding(["error": nil, "usage": nil, "model_extra": nil], to: value)
        },
        json("counts as texts") { changingCounts(in: $0, { .string($0.text) }) },
        json("counts with a fraction of zero") { value in
            changingCounts(in: value, { (try? JSONValue(parsing: "\($0.text).0")) ?? .null })
        },
        json("counts as texts with a fraction of zero") { changingCounts(in: $0, { .string("\($0.text).0") }) },
    ]

    /// Changes of the events.
    static let ofStreams: [WireVariation] = [
        stream("keep-alive comments") { $0.map { ": keep-alive\n\n:\n\n" + text($0) }.joined() },
        stream("events that nobody knows") { events in
            let future = "event: x_future\ndata: {\"type\":\"x_future\",\"x\":{\"y\":[1]}}\n\n"
            return events.map { future + text($0) }.joined()
        },
        stream("carriage returns and line feeds") { lines($0, end: "\r\n") },
        stream("carriage returns alone") { lines($0, end: "\r") },
        stream("data before the name, and no space") { events in
            events.map { "data:\($0.text)\n" + ($0.name.map { "event:\($0)\n" } ?? "") + "\n" }.joined()
        },
        stream("no blank line at the end") { String($0.map(text).joined().dropLast(2)) },
        stream("a byte order mark") { "\u{FEFF}" + $0.map(text).joined() },
        stream("an end mark of others") { $0.map(text).joined() + "data: [DONE]\n\ndata: [DONE]\n\n" },
        WireVariation(name: "no end mark") { fixture in
            guard fixture.expected["finish_reason_raw"]?.string != nil, let events = events(of: fixture) else {
                return nil
            }
            return Array(events.filter { !$0.isDone }.map(text).joined().utf8)
        },
        WireVariation(name: "the last event twice") { fixture in
            guard var events = events(of: fixture), let last = events.lastIndex(where: { !$0.isDone }) else {
                return nil
            }
            // The last event may hold words.
            guard fixture.folder != "gemini", fixture.name != "vllm-stream-length" else { return nil }
            events.insert(events[last], at: last)
            return Array(events.map(text).joined().utf8)
        },
    ]

    /// The events of a recorded stream; `nil` for a whole answer or a list of JSON.
    static func events(of fixture: WireFixture) -> [ServerSentEvent]? {
        guard fixture.isStream, fixture.status == 200, fixture.expected["kind"] == nil else { return nil }
        var parser = ServerSentEventParser()
        guard let events = try? parser.consume(fixture.body) + parser.finish(), !events.isEmpty else { return nil }
        return events
    }

    /// An event as it is written.
    static func text(_ event: ServerSentEvent) -> String {
        (event.name.map { "event: \($0)\n" } ?? "")
            + event.text.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
            + "\n"
    }

    private static func lines(_ events: [ServerSentEvent], end: String) -> String {
        events.map(text).joined().replacing("\n", with: end)
    }

    private static func stream(_ name: String, _ change: @escaping @Sendable ([ServerSentEvent]) -> String) -> Self {
        WireVariation(name: name) { fixture in events(of: fixture).map { Array(change($0).utf8) } }
    }

    private static func json(_ name: String, _ change: @escaping @Sendable (JSONValue) -> JSONValue) -> Self {
        WireVariation(name: name) { fixture in
            guard fixture.isStream else {
                return (try? JSONValue(parsing: fixture.body)).map { change($0).bytes }
            }
            return events(of: fixture).map { events in
                Array(
                    events.map { event in
                        guard let value = try? JSONValue(parsing: event.data) else { return text(event) }
                        return text(ServerSentEvent(name: event.name, data: change(value).bytes))
                    }.joined().utf8
                )
            }
        }
    }

    /// Adds members, where they are not there, to an object and the objects in it that belong to the answer's frame.
    private static func adding(_ members: JSONValue, to value: JSONValue) -> JSONValue {
        guard var object = value.object else { return .array(value.elements.map { adding(members, to: $0) }) }
        for (key, member) in members.object?.members ?? [] where object[key] == nil { object[key] = member }
        for key in ["delta", "message", "usage", "usageMetadata"] where object[key]?.object != nil {
            object[key] = object[key].map { adding(members, to: $0) }
        }
        if let choices = object["choices"], case .array = choices { object["choices"] = adding(members, to: choices) }
        return .object(object)
    }

    private static func changingCounts(in value: JSONValue, _ change: (JSONNumber) -> JSONValue) -> JSONValue {
        guard var object = value.object else { return value }
        for key in ["usage", "usageMetadata", "x_groq"] {
            if let counts = object[key] { object[key] = changed(counts, change) }
        }
        for key in ["delta", "message", "response"] where object[key]?.object != nil {
            object[key] = object[key].map { changingCounts(in: $0, change) }
        }
        return .object(object)
    }

    private static func changed(_ value: JSONValue, _ change: (JSONNumber) -> JSONValue) -> JSONValue {
        switch value {
        case .number(let number) where number.integer != nil && !number.text.contains("."): change(number)
        case .object(let object):
            .object(JSONObject(object.members.map { (key: $0.key, value: changed($0.value, change)) }))
        case .array(let elements): .array(elements.map { changed($0, change) })
        default: value
        }
    }
}

extension ServerSentEvent {
    fileprivate var isDone: Bool { text.hasPrefix("[DONE]") }
}
