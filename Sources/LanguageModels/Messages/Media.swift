/// An image, document or sound in a message.
public struct Media: Hashable, Sendable {
    /// Where the bytes are.
    public enum Source: Hashable, Sendable {
        /// The bytes themselves; they are sent in base64.
        case bytes([UInt8])
        /// An address that the service fetches. Not every service does; the others refuse before sending.
        case url(String)
        /// The id of a file that was uploaded to the service before.
        case file(id: String)
    }

    /// Where the bytes are.
    public var source: Source
    /// The media type, such as `image/png` or `application/pdf`; `nil` only for an address or a file whose type is
    /// not known.
    public var type: String?
    /// The file's name, where the service shows one to the model.
    public var name: String?
    /// How closely an image is looked at, where the service can choose (`low`, `high` or `auto` at OpenAI).
    public var detail: String?

    /// Something in a message.
    public init(_ source: Source, type: String? = nil, name: String? = nil, detail: String? = nil) {
        self.source = source
        self.type = type
        self.name = name
        self.detail = detail
    }
}
