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
            guard let type = Self.type(of: bytes, saidToBe: media.type) else { return nil }
            self = .inline(type: Self.usual(type), base64: Base64.text(of: bytes))
        }
    }

    /// `data:image/png;base64,…`, or with characters in percent notation.
    private static func split(dataURI: String, type: String?) -> MediaPayload? {
        guard let comma = dataURI.firstIndex(of: ",") else { return nil }
        let words = dataURI[..<comma].dropFirst(5).split(separator: ";", omittingEmptySubsequences: false)
        let named = words.first.flatMap { $0.isEmpty ? nil : String($0) }
        let data = dataURI[dataURI.index(after: comma)...]
        let type = named ?? type ?? "text/plain"
        if words.last?.lowercased() == "base64" { return .inline(type: usual(type), base64: String(data)) }
        return .inline(type: usual(type), base64: Base64.text(of: percentDecoded(data)))
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

    /// The type in the spelling that services take.
    private static func usual(_ type: String) -> String {
        let type = type.lowercased()
        return type == "image/jpg" ? "image/jpeg" : type
    }

    private static func type(of bytes: [UInt8], saidToBe type: String?) -> String? {
        guard let type else { return Self.type(of: bytes) }
        let found = type.lowercased().hasPrefix("image/") ? Self.type(of: bytes) : nil
        return found?.hasPrefix("image/") == true ? found : type
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
