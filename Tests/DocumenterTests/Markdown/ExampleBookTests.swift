import Docstrings
import Documenter
import Foundation
import PythonLanguage
import SourceCode
import Testing

/// The example package, read by the real parser.
struct ExampleBookTests {
    @Test func `writes the example's golden book`() throws {
        try Golden.expect(Self.book().everything, in: "tidepool.md")
    }

    @Test(.enabled(if: CommonMark.program != nil, "cmark is not installed: apt-get install cmark"))
    func `shows every declaration with a signature that stands in the source`() throws {
        let sources = try Self.sources()
        let book = try Self.book()
        var headings = 0

        for page in book.pages {
            let document = try CommonMark(page.text)
            headings += document.nodes("heading").count
            let signatures = document.nodes("code_block").map(\.text).filter {
                $0.contains("def ") || $0.contains("class ")
            }
            for signature in signatures {
                let isThere = sources.contains { withoutBlanks($0.source).contains(withoutBlanks(signature)) }
                #expect(isThere, "\(signature)")
            }
            for link in document.links { #expect(try book.leadsSomewhere(link, from: page.path), "\(link)") }
        }
        #expect(headings == 37)
    }

    @Test func `leaves alone what has a docstring, initializers and the closure`() throws {
        var reasons: [SkipReason?: Int] = [:]

        for (path, source) in try Self.sources() {
            let outline = try PythonLanguage().read(SourceFile(path: path, text: source))
            for reason in Selection(Settings()).skipReasons(in: outline, file: []) { reasons[reason, default: 0] += 1 }
        }
        #expect(reasons == [nil: 29, .documented: 5, .initializer: 3, .nested: 1])
    }

    private func withoutBlanks(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    private static func book() throws -> SketchBook {
        let style = try #require(DocstringStyles.style(named: "google"))
        return try SketchBook(sources(), language: PythonLanguage(), style: style)
    }

    private static func sources() throws -> [(path: String, source: String)] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try ["__init__", "feed", "harmonics", "readings", "stations"].map { name in
            let path = "Examples/tidepool/\(name).py"
            return (path, try String(decoding: Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self))
        }
    }
}
