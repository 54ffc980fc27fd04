import Docstrings
import Documenter
import PythonLanguage
import SourceCode

/// The docstring that the author writes for a declaration of some source text, as Google style lays it out.
func authored(_ path: String, in source: String, content: DocstringContent = DocstringContent()) throws -> String {
    let outline = try PythonLanguage().read(SourceFile(text: source))
    guard let declaration = outline.declarations.first(where: { $0.path == path }) else { return "no \(path)" }
    let target = DocumentationTarget(declaration: declaration, content: content)
    return GoogleStyle().render(OutlineAuthor().docstring(for: target), layout: DocstringLayout())
}

/// The summary that the author writes for the first declaration that is neither the module nor a class.
func summary(of source: String, at path: String) throws -> String {
    String(try authored(path, in: source).prefix { $0 != "\n" })
}
