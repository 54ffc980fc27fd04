import Documenter
import SourceCode

/// What is shown of one file.
struct OutlinePage: Sendable {
    let writesJSON: Bool
    let isQuiet: Bool
    let services: Services

    /// The lines of a file, and what was wrong with it.
    func lines(for file: ProjectFile) -> (bytes: [UInt8], problem: String?) {
        let path = file.path
        do {
            let outline = try services.outline(file)
            return (isQuiet ? [] : text(of: outline), nil)
        } catch let error as SourceError {
            return (errorLine(path, reason: error.reason, place: (error.line, error.column)), error.description)
        } catch let error as FileError {
            return (errorLine(path, reason: error.reason, place: nil), error.description)
        } catch {
            return (errorLine(path, reason: "\(error)", place: nil), "\(path): \(error)")
        }
    }

    private func text(of outline: SourceOutline) -> [UInt8] {
        guard writesJSON else { return list(of: outline) }
        var json = JSONWriter()
        services.writeJSON(outline, &json)
        return json.bytes
    }

    private func errorLine(_ path: String, reason: String, place: (line: Int, column: Int)?) -> [UInt8] {
        guard writesJSON, !isQuiet else { return [] }
        var json = JSONWriter()
        json.object { json in
            json.member("file", path)
            json.writeError(reason: reason, line: place?.line, column: place?.column)
        }
        json.endLine()
        return json.bytes
    }

    /// The path, then a line for each declaration, indented by its depth.
    private func list(of outline: SourceOutline) -> [UInt8] {
        var text = VisibleText.of(outline.file.path) + "\n"
        for declaration in outline.declarations where declaration.kind != .module {
            let line = String(declaration.record.line)
            let margin = String(repeating: " ", count: max(0, 6 - line.count))
            let depth = String(repeating: "  ", count: Self.depth(of: declaration))
            let mark = declaration.hasDocstring ? "" : "  (no docstring)"
            text += "\(margin)\(line)  \(depth)\(Self.title(of: declaration))\(mark)\n"
        }
        return Array(text.utf8)
    }

    private static func depth(of declaration: Declaration) -> Int {
        var depth = 0
        var parent = declaration.parent
        while let here = parent, here.kind != .module {
            depth += 1
            parent = here.parent
        }
        return depth
    }

    private static func title(of declaration: Declaration) -> String {
        guard declaration.kind == .function else { return "class \(declaration.name)" }
        let names = declaration.parameters.map { parameter in
            switch parameter.kind {
            case .positionalOnly, .positional, .keywordOnly: parameter.name
            case .variadic: "*" + parameter.name
            case .variadicKeyword: "**" + parameter.name
            }
        }
        let keyword = declaration.traits.contains(.isAsync) ? "async def" : "def"
        return "\(keyword) \(declaration.name)(\(names.joined(separator: ", ")))"
    }
}
