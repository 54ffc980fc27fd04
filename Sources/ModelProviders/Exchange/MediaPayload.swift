import LanguageModels

/// How the bytes of a medium come into a request.
enum MediaPayload: Hashable {
    /// In the request itself.
    case inline(type: String, base64: String)
    /// By an address that the service fetches.
    case url(String)
    /// By the id of a file that the service has.
    case file(String)

    /// The payload of a medium; data URIs are taken apart, and images tell their type by their first bytes, since
    /// services refuse those that are said to be of another.
    ///
    /// `nil` where the type is needed and cannot be told.
    init?(_ media: Media) {
        switch media.source {
        case .file(let id):
            self = .file(id)
        case .url(let url) where url.lowercased().hasPrefix("data:"):
            guard let inline = Self.split(dataURI: url, type: media.type) else { return nil }
            self = inline
        case .url(let url):
            self = .url(url)
        case .bytes(let bytes):
            guard let type = media.type ?? Self.type(of: bytes) else { return nil }
            self = .inline(type: Self.type(type, of: bytes), base64: Base64.text(of: bytes))
        }
    }

    /// `data:image/png;base64,…`, or with characters in percent notation.
    private static func split(dataURI: String, type: String?) -> MediaPayload? {
        guard let comma = dataURI.firstIndex(of: ",") else { return nil }
        let words = dataURI[..<comma].dropFirst(5).split(separator: ";", omittingEmptySubsequences: false)
        let named = words.first.flatMap { $0.isEmpty ? nil : String($0) }
        let data = dataURI[dataURI.index(after: comma)...]
        let said = named ?? type ?? "text/plain"
        if words.last?.lowercased() == "base64" {
            let beginning = Base64.bytes(of: Substring(data.utf8.prefix(16))) ?? []
            return .inline(type: Self.type(said, of: beginning), base64: String(data))
        }
        let bytes = percentDecoded(data)
        return .inline(type: Self.type(said, of: bytes), base64: Base64.text(of: bytes))
    }

    /// The bytes of a text in percent notation; what is none stands for itself.
    static func percentDecoded(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// A type in the spelling that services take; an image's is what its first bytes say, where they do.
    private static func type(_ said: String, of bytes: [UInt8]) -> String {
        let said = said.lowercased()
        if said.hasPrefix("image/"), let found = type(of: bytes), found.hasPrefix("image/") { return found }
        return said == "image/jpg" ? "image/jpeg" : said
    }

    private static func type(of bytes: [UInt8]) -> String? {
        func starts(_ beginning: [UInt8]) -> Bool { bytes.starts(with: beginning) }
        if starts([0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if starts([0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if starts([0x47, 0x49, 0x46, 0x38]) { return "image/gif" }
        if starts([0x52, 0x49, 0x46, 0x46]), bytes.dropFirst(8).starts(with: [0x57, 0x45, 0x42, 0x50]) {
            return "image/webp"
        }
        return starts([0x25, 0x50, 0x44, 0x46]) ? "application/pdf" : nil
    }
}
