extension CurlTransport {
    /// How a transport connects.
    public struct Configuration: Hashable, Sendable {
        /// The most connections at a time, over all hosts; further requests wait for one.
        ///
        /// `nil`, the default, stands for as many as the process may open. Streams and whole answers have connections
        /// of their own: each kind may have so many.
        public var maximumConnections: Int?
        /// The most connections to one host at a time; `nil`, the default, stands for no limit.
        public var maximumConnectionsPerHost: Int?
        /// How long a connection that nobody uses is kept; 90 seconds by default.
        public var idleTimeout = Duration.seconds(90)
        /// The most bytes of a stream that are held for a slow reader before its server has to wait; 256 KiB by
        /// default, and never fewer than one read's.
        public var maximumBufferedBytes = 256 << 10
        /// Which way requests go; ``Proxy/environment`` by default.
        public var proxy = Proxy.environment
        /// The file of certificates (PEM) that are trusted in place of the system's; `nil` for the system's.
        ///
        /// There is no way to trust any certificate whatever.
        public var certificateBundlePath: String?
        /// Whether plain `http` is taken to other machines too, for every request; `false` by default.
        ///
        /// ``HTTPRequest/allowsInsecureHTTP`` allows it to one.
        public var allowsInsecureHTTP = false
        /// Whether HTTP/2 is spoken where a server offers it; `true` by default.
        public var usesHTTP2 = true
        /// What the transport calls itself in requests that carry no `User-Agent`.
        public var userAgent = "docent/0.1.0"

        /// The defaults.
        public init() {}
    }

    /// Which way requests go.
    public enum Proxy: Hashable, Sendable {
        /// By `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` as they stand when the transport starts; the last
        /// three in capitals too. Requests to this machine go straight.
        case environment
        /// Straight to the server.
        case none
        /// By this proxy, such as `http://proxy:3128`; with a name and a password if it asks for them.
        case address(String)
    }
}
