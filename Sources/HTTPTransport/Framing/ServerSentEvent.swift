/// An event of a `text/event-stream`.
public struct ServerSentEvent: Hashable, Sendable {
    /// The event's name; `nil` where the stream gives none.
    public var name: String?
    /// The data, the lines of several `data` fields joined by a line feed.
    public var data: [UInt8]

    /// An event.
    public init(name: String? = nil, data: [UInt8]) {
        self.name = name
        self.data = data
    }

    /// The data as text; malformed UTF-8 becomes U+FFFD.
    public var text: String { String(decoding: data, as: UTF8.self) }
}
