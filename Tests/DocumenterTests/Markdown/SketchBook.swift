import Docstrings
import Documenter
import Foundation
import SourceCode
import Testing

/// A book made from texts in memory, in the order given.
struct SketchBook {
    private(set) var pages: [MarkdownPage] = []
    let index: MarkdownPage
    private let sources: [String]

    init(
        _ files: [(path: String, source: String)],
        _ settings: Settings = Settings(),
        base: String? = nil,
        language: any SourceLanguage = SketchLanguage(),
        style: any DocstringStyle = PlainStyle()
    ) throws {
        sources = files.map(\.path)
        var book = MarkdownBook(
            sources: files.map { BookSource(path: $0.path, relativePath: $0.path) },
            folder: "docs/api",
            workingFolder: "/project",
            settings: settings
        )
        book.sourceBase = base
        let outlines = try files.map { try language.read(SourceFile(path: $0.path, text: $0.source)) }
        for outline in outlines {
            let facts = book.facts(of: outline, language: language, style: style)
            book.add(try #require(facts))
        }
        for outline in outlines {
            let page = book.page(for: outline, language: language, style: style)
            pages.append(try #require(page))
        }
        pages.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        index = book.index()
    }

    /// All pages in one text, each under its path.
    var everything: String {
        ([index] + pages).map { "<!-- \($0.path) -->\n\n\($0.text)" }.joined(separator: "\n")
    }

    /// The lines that begin headings, on all pages.
    var headings: [Substring] {
        pages.flatMap { $0.text.split(separator: "\n").filter { $0.hasPrefix("#") } }
    }

    /// Whether a link on a page leads to a page with such an anchor, or to a source.
    func leadsSomewhere(_ link: String, from page: String) throws -> Bool {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map {
            $0.removingPercentEncoding ?? ""
        }
        let here = URL(fileURLWithPath: "/project/docs/api/" + page)
        let target = parts[0].isEmpty ? here : URL(fileURLWithPath: parts[0], relativeTo: here).standardizedFileURL
        if let found = (pages + [index]).first(where: { target.path == "/project/docs/api/" + $0.path }) {
            return try parts.count == 1 || CommonMark(found.text).anchors.contains(parts[1])
        }
        return sources.contains { target.path == "/project/" + $0 } && parts.count == 2
    }
}

/// Long output that is reviewed as a file; `UPDATE_GOLDEN=1` writes it anew.
enum Golden {
    static func expect(_ text: String, in file: String, _ location: SourceLocation = #_sourceLocation) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden")
        let url = folder.appendingPathComponent(file)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let expected = try String(decoding: Data(contentsOf: url), as: UTF8.self)
        #expect(text == expected, "run with UPDATE_GOLDEN=1 and review the difference", sourceLocation: location)
    }
}
