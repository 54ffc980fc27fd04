/// Headers of a configuration file: what HTTP takes, what is not the transport's own, and no key.
struct ConfiguredHeaders {
    /// The values by name.
    private(set) var fields: [String: String] = [:]

    /// Reads a mapping of names to values.
    init(_ node: YAMLNode, by reader: inout ConfigurationReader) {
        guard !node.isNull else { return }
        for member in reader.members(of: node, called: "headers", ignoresCase: true) {
            let value = reader.word(member)
            if let fault = Self.fault(ofName: member.name) {
                reader.report(member.key, fault)
            } else if let value, let fault = Self.fault(ofValue: value, name: member.name) {
                reader.report(member.value, fault)
            } else if let value {
                fields[member.name] = value
            }
        }
    }

    /// Whether a name is one under which keys are sent.
    static func isSecret(_ name: String) -> Bool {
        let plain = name.lowercased().filter { $0 != "-" && $0 != "_" }
        return secrets.contains { plain.hasSuffix($0) }
    }

    private static let secrets = [
        "authorization", "cookie", "cookie2", "apikey", "accesskey", "subscriptionkey", "secretkey", "privatekey",
        "token", "secret", "password", "credential", "credentials",
    ]
    private static let reserved: Set<String> = [
        "connection", "content-length", "content-type", "content-encoding", "expect", "host", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    private static func fault(ofName name: String) -> String? {
        if isSecret(name) {
            return "headers must not have \(name): keys do not belong in a file; name where the key is with key_env, "
                + "key_file or key_command"
        }
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
            return "\"\(name.maskingKeys())\" is no name of a header; letters, digits and - are expected"
        }
        return reserved.contains(name.lowercased()) ? "\(name) is set for each request; take it away" : nil
    }

    private static func fault(ofValue value: String, name: String) -> String? {
        if value.holdsMarkedKey {
            return "\(name) holds what looks like a key; name where the key is with key_env, key_file or key_command"
        }
        let isSendable = value.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 9 }
        return isSendable ? nil : "the value of \(name) must stand in one line without control characters"
    }

    /// A byte of a token by RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
