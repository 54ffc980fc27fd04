/// Why an exchange gave no answer, or not the whole of it.
public struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    @nonexhaustive
    public enum Kind: Hashable, Sendable {
        /// The address cannot be read, or uses another scheme than `https` (or `http`, where that is allowed).
        case invalidURL
        /// Plain `http` to another machine, which was not allowed.
        case insecureURL
        /// The name cannot be resolved, nobody listens, or the connection broke.
        case connection
        /// The transport itself was closed by its owner; nothing more will be sent.
        case closed
        /// The server could not be trusted, or the encryption failed otherwise.
        case untrusted
        /// Something took longer than allowed.
        case timeout(Phase)
        /// The body is larger than ``HTTPRequest/maximumBodyBytes``.
        case bodyTooLarge
        /// The answer is not HTTP, or its packing is broken.
        case malformedAnswer
    }

    /// What was waited for when time ran out.
    public enum Phase: Hashable, Sendable {
        case connect
        case firstByte
        case betweenBytes
        case total
    }

    /// What went wrong.
    public var kind: Kind
    /// More about it, in one line without a full stop; never a header or a body.
    public var message: String
    /// The host and the port that were asked; empty where the address does not tell.
    public var host: String

    /// An error of this kind.
    public init(_ kind: Kind, _ message: String, host: String) {
        self.kind = kind
        self.message = message
        self.host = host
    }

    /// What a request meets that comes to a closed transport.
    static let transportClosed = HTTPError(.closed, "the transport was closed", host: "this machine")

    /// The text for people.
    public var description: String { host.isEmpty ? message : "\(host): \(message)" }
}
