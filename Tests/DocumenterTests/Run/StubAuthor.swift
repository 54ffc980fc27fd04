import Docstrings
import Documenter
import SourceCode

/// An author that says what it is told to say.
struct StubAuthor: DocstringAuthor {
    let answer: @Sendable (Declaration) async throws -> Docstring

    /// Says of each declaration what it is called.
    static let naming = StubAuthor { Docstring(summary: "Is \($0.path.isEmpty ? "a module" : $0.path).") }

    func write(for target: DocumentationTarget) async throws -> Docstring {
        try await answer(target.declaration)
    }
}

/// The author's own failure.
struct StubFailure: Error, CustomStringConvertible {
    let description = "the author is ill"
}

extension FileResult {
    /// The result as a line of text, its path's last component first.
    var line: String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let outcome =
            switch status {
            case .unchanged: "unchanged"
            case .changed: "changed"
            case .refused(let error): "refused \(error.line):\(error.column)"
            case .failed(let reason): "failed \(reason)"
            }
        let skips = skipped.sorted { $0.key.rawValue < $1.key.rawValue }.map { " \($0.key.rawValue)=\($0.value)" }
        return "\(name) \(outcome) \(documented.map { "\($0.path):\($0.line)" })\(skips.joined())"
    }
}
