import Docstrings
import Testing

struct WrappingTests {
    @Test(arguments: DocstringStyles.names)
    func `writes no line longer than the limit but for what cannot be broken`(style name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var generated = GeneratedDocstrings(seed: 3, style: name)
        var layout = DocstringLayout()

        for round in 0..<200 {
            layout.lineLength = 40 + round % 70
            layout.indentationWidth = 4 * (round % 4)
            let text = style.render(generated.next(), layout: layout)
            let room = layout.lineLength - layout.indentationWidth
            let long = text.split(separator: "\n").filter { width($0) > room && !isUnbreakable($0, room: room) }
            #expect(long.isEmpty, "\(long)")
        }
    }

    @Test(arguments: DocstringStyles.names)
    func `leaves no blanks at ends, no tabs and no double empty lines`(style name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var generated = GeneratedDocstrings(seed: 4, style: name)

        for _ in 0..<200 {
            var docstring = generated.next()
            docstring.description += "\n\n- a\tlist  \n\n\n\n"
            let text = style.render(docstring, layout: DocstringLayout())
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(!text.contains("\t") && !text.contains("\n\n\n"))
            #expect(lines.allSatisfy { $0.last != " " })
            #expect(lines.first?.isEmpty == false && lines.last?.isEmpty == false)
        }
    }

    @Test(arguments: [
        ">>> f(1)  # with a comment that goes on and on and on and on and on and on and on\n2",
        "```python\nx = 1\n\ny  =  2\n```",
        "1. one  two\n2. three\n\n   more of three",
        "+-----+-----+\n| a   | b   |\n+-----+-----+",
        "=====  =====\na      b\n=====  =====",
        ".. code-block:: python\n\n    x  =  1\n\n    y = 2",
        ":field: value  that stays\n:other field: value",
        "    block  quote",
        "* a\n* b",
        "a) one  two",
        "> a quotation  in Markdown",
    ])
    func `leaves verbatim zones as they are`(zone: String) {
        let docstring = Docstring(summary: "Do it.", description: "Before it.\n\n\(zone)\n\nAfter it.")
        for style in DocstringStyles.all where style.name != "epytext" {
            #expect(style.render(docstring, layout: narrow) == "Do it.\n\nBefore it.\n\n\(zone)\n\nAfter it.")
        }
    }

    @Test func `leaves the block behind two colons as it is`() {
        let text =
            "For example, in a paragraph that is too long for its line::\n\n    x  =  1\n\n    y = 2\n\nAfter it."
        let docstring = Docstring(summary: "Do it.", description: text)

        let expected = text.replacing("for its", with: "for\nits")
        #expect(ReSTStyle.rest.render(docstring, layout: narrow) == "Do it.\n\n" + expected)
    }

    @Test func `keeps the lines of a paragraph that fits`() {
        let docstring = Docstring(summary: "Do it.", description: "One line\nand another.")

        #expect(GoogleStyle.google.render(docstring, layout: narrow) == "Do it.\n\nOne line\nand another.")
    }

    @Test(arguments: [
        "-", "1.", "2)", "@x", ":x:", "Returns:", "|", "#", ">>>",
    ])
    func `begins no line with markup`(marker: String) {
        let full = "aaaaaaaaa aaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaaaaaaaa"
        let text = "\(full) \(marker) bbb"
        for style in DocstringStyles.all {
            let written = style.render(Docstring(summary: "Do it.", description: text), layout: narrow)
            let last = written.split(separator: "\n").last ?? ""
            #expect(last.hasPrefix("aaa"), "\(written)")
        }
    }

    private func width(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }

    /// Whether a line is a verbatim zone's, or holds besides markers a single run without a place to break.
    private func isUnbreakable(_ line: Substring, room: Int) -> Bool {
        let isZone = line.contains("- two that is rather long")
        let words = line.replacing(#/`[^`]*`|C\{[^ ]*( [^ ]*)*?\}/#, with: "c").split(separator: " ")
        let text = words.filter {
            !["-", "1.", "+", "@"].contains($0)
        }
        return isZone || text.count <= 1 || (text.count <= 4 && line.hasPrefix(":") || line.hasPrefix("@"))
            || line.contains(" : ") && !line.contains(". ")
    }
}
