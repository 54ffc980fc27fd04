import LanguageModels

/// Which of Google's two services is spoken to: they differ in addresses and in a few members.
enum GeminiSurface: Hashable, Sendable {
    /// The Gemini Developer API (AI Studio); `files` is the address before the names of files.
    case studio(files: String)
    /// Vertex AI; `parent` is the project and location that stand before names of models, empty in express mode.
    case vertex(parent: String)

    /// The path of a model: `/models/…`, `/projects/…/publishers/google/models/…`.
    func path(of model: String) -> String {
        let name = Self.escaped(model)
        switch self {
        case .studio:
            return model.contains("/") ? "/\(name)" : "/models/\(name)"
        case .vertex(let parent):
            if model.hasPrefix("projects/") { return "/\(name)" }
            if model.hasPrefix("publishers/") || model.hasPrefix("endpoints/") { return "\(parent)/\(name)" }
            return "\(parent)/publishers/google/models/\(name.split(separator: "/").last ?? "")"
        }
    }

    /// The name without the folder that says nothing.
    static func bareName(_ model: String) -> String {
        for folder in ["models/", "publishers/google/models/"] where model.hasPrefix(folder) {
            return String(model.dropFirst(folder.count))
        }
        return model
    }

    /// Everything that has no meaning of its own in a path, the rest as `%XX`.
    static func escaped(_ name: String) -> String {
        if name.utf8.allSatisfy(isPlain) { return name }
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                bytes += Array("%\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "@"):
            true
        default: false
        }
    }
}
