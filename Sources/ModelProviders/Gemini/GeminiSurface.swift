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

    /// The path of the page that describes a model.
    func page(of model: String) -> String {
        // At Vertex, Google's own models have their pages outside projects, what users have put up inside.
        guard case .vertex = self, !model.contains("endpoints/") else { return path(of: model) }
        return Self.vertex(parent: "").path(of: model)
    }

    /// The path of the list of models, and the member of the answer that has them; Vertex lists Google's own alone.
    var listing: (path: String, member: String) {
        switch self {
        case .studio: ("/models", "models")
        case .vertex: ("/publishers/google/models", "publisherModels")
        }
    }

    /// The name without the folder that says nothing.
    static func bareName(_ model: String) -> String {
        for folder in ["models/", "publishers/google/models/"] where model.hasPrefix(folder) {
            return String(model.dropFirst(folder.count))
        }
        return model
    }

    /// A name as a path: its segments escaped, its slashes kept.
    static func escaped(_ name: String) -> String {
        name.split(separator: "/", omittingEmptySubsequences: false).map { String($0).pathEncoded }.joined(
            separator: "/"
        )
    }
}
