/// Encoded it is an object with one of `bytes` (base64), `url` and `file` (an id), and `type`, `name` and `detail` where
/// they are known.
extension Media: Codable {
    private enum CodingKeys: CodingKey {
        case bytes, url, file, type, name, detail
    }

    /// Reads an encoded medium.
    ///
    /// - Throws: `DecodingError`, also where there is not exactly one source, or the bytes are no base64.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        source = try Self.source(in: members)
        type = try members.decodeIfPresent(String.self, forKey: .type)
        name = try members.decodeIfPresent(String.self, forKey: .name)
        detail = try members.decodeIfPresent(String.self, forKey: .detail)
    }

    /// Writes the medium.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        switch source {
        case .bytes(let bytes): try members.encode(Base64.text(of: bytes), forKey: .bytes)
        case .url(let url): try members.encode(url, forKey: .url)
        case .file(let id): try members.encode(id, forKey: .file)
        }
        try members.encodeIfPresent(type, forKey: .type)
        try members.encodeIfPresent(name, forKey: .name)
        try members.encodeIfPresent(detail, forKey: .detail)
    }

    private static func source(in members: KeyedDecodingContainer<CodingKeys>) throws -> Source {
        let bytes = try members.decodeIfPresent(String.self, forKey: .bytes)
        let url = try members.decodeIfPresent(String.self, forKey: .url)
        let file = try members.decodeIfPresent(String.self, forKey: .file)
        switch (bytes, url, file) {
        case (let text?, nil, nil): return .bytes(try decoded(text, in: members))
        case (nil, let url?, nil): return .url(url)
        case (nil, nil, let id?): return .file(id: id)
        default:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: members.codingPath,
                    debugDescription: "a medium needs exactly one source that is known here: bytes, url or file"
                )
            )
        }
    }

    private static func decoded(_ text: String, in members: KeyedDecodingContainer<CodingKeys>) throws -> [UInt8] {
        guard let bytes = Base64.bytes(of: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .bytes,
                in: members,
                debugDescription: "the bytes of a medium are no base64"
            )
        }
        return bytes
    }
}
