import Documenter
import SourceCode
import Testing

/// What `cmark` reads in a page must be what stood in the docstring.
@Suite(.enabled(if: CommonMark.program != nil, "cmark is not installed: apt-get install cmark"))
struct ProseTests {
    @Test(arguments: [
        "2 * 3 * 4 and *args, **kwargs, snake_case, _private_, __dunder__.",
        "a < b > c && d &amp; e &lt; &#35; <b>bold</b> <!-- no --> <https:x>.",
        "x [not](a link) ![nor] [^1] [ ] {} ~~struck~~ $x^2$ \\n \\* C:\\temp\\.",
        "# no heading\n## nor this",
        "> no quote\n>nor this",
        "-5 degrees\n--flag\n+1",
        "=x\n=\n=====y",
        "12.5 mm\n12) twelve\n1999.\n7",
        "pipes | in | text\n:--- | ---:",
        "Ünïcödé — “quotes” 日本語_日本 🐚",
        "Ends with a backslash \\\nand goes on",
        "x@example.org, www.example.org, :smile:, ::, a::b",
        "'single' \"double\" `unclosed and ``two",
        "tabs\tinside and trailing blanks",
    ])
    func `keeps every character of prose`(text: String) throws {
        let page = try CommonMark(page("Says it.\n\n" + text))

        let paragraph = try #require(page.root.children.dropFirst(2).first)
        #expect(paragraph.name == "paragraph")
        #expect(paragraph.text == text)
        #expect(page.links.count == 1)
    }

    @Test func `keeps random prose`() throws {
        var random = SplitMix(seed: 7)
        let alphabet = Array("*_[]()<>#+-.!|~&$\\{}:=\"'@^`ab1 \n;,%/")
        let texts = (0..<3000).map { _ in random.prose(alphabet, length: 24) }.filter(isOneParagraph)
        let page = try CommonMark(page("Says it.\n\n" + texts.joined(separator: "\n\nEND\n\n")))

        let read = page.root.children.dropFirst(2).dropLast().map(\.text).filter { $0 != "END" }
        #expect(texts.count > 1000)
        #expect(read.count == texts.count)
        for (read, text) in zip(read, texts) { #expect(withoutTicks(read) == withoutTicks(text)) }
    }

    @Test(arguments: [
        ("``x`` and `y`", ["x", "y"]),
        ("``a ` b``", ["a ` b"]),
        (":class:`Gate` :func:`~pkg.open` :meth:`!shut` :ref:`text <label>`", ["Gate", "open", "shut", "text"]),
        ("`over\nlines`", ["over lines"]),
        ("``*args``, ``<b>``, ``\\``", ["*args", "<b>", "\\"]),
    ])
    func `shows code as code`(text: String, code: [String]) throws {
        let page = try CommonMark(page("Says it.\n\n" + text))

        #expect(page.nodes("code").dropFirst().map(\.text) == code)
    }

    @Test(arguments: [
        ("See https://example.org/a_b?c=d&e=*f*.", ["https://example.org/a_b?c=d&e=*f"]),
        ("(https://example.org/wiki/Tide_(sea))", ["https://example.org/wiki/Tide_(sea)"]),
        ("[a *text*](https://example.org/x_y) [no](other)", ["https://example.org/x_y"]),
        ("<https://example.org/>", ["https://example.org/"]),
        ("`the text <https://example.org/a b>`_", ["https://example.org/a"]),
        ("`the text <https://example.org/>`_ and `ref`_", ["https://example.org/"]),
    ])
    func `links addresses`(text: String, links: [String]) throws {
        #expect(try CommonMark(page("Says it.\n\n" + text)).links.dropLast() == links[...])
    }

    @Test(arguments: [
        ("Text:\n\n>>> f(`1`)\n```\n\nMore.", "pycon", ">>> f(`1`)\n```\n"),
        (">>> 1\n1\n\n\n>>> 2\n2\n\n    >>> 3", "pycon", ">>> 1\n1\n\n\n>>> 2\n2\n"),
        ("Text::\n\n    if x:\n\n        ``y``\n\nMore.", "text", "if x:\n\n    ``y``\n"),
        ("```python\nx = 1\n\n# y\n```\nMore.", "python", "x = 1\n\n# y\n"),
        (".. code-block:: yaml\n   :linenos:\n\n   a: 1\n     b\n\nMore.", "yaml", "a: 1\n  b\n"),
        ("=====  ===\na      b\n=====  ===\n\nMore.", "text", "=====  ===\na      b\n=====  ===\n"),
        ("| a | b |\n|---|---|\n\nMore.", "text", "| a | b |\n|---|---|\n"),
        (".. math::\n\n   x_1\n\nMore.", "text", ".. math::\n\n   x_1\n"),
        ("- item\n\n  >>> f()\n  1\n- next", "pycon", ">>> f()\n1\n"),
    ])
    func `keeps code blocks to the letter`(text: String, language: String, code: String) throws {
        let blocks = try CommonMark(page("Says it.\n\n" + text)).nodes("code_block")

        #expect(blocks.map(\.text).first == code)
        #expect(blocks.first?.attributes["info"] == language)
    }

    @Test func `understands lists, notes, titles and quotes`() throws {
        let text = """
            Three kinds:
            - one *star*
              goes on
              - deeper
            - two

            1. first
            2. second

            .. note:: Mind the
               gap.

            .. versionchanged:: 1.2
               Minds *it*.

            Title
            -----
                set in
            """

        let page = try CommonMark(page("Says it.\n\n" + text))

        #expect(page.nodes("list").map { $0.attributes["type"] } == ["bullet", "bullet", "ordered"])
        #expect(page.nodes("item").map(\.text) == ["one *star*\ngoes ondeeper", "deeper", "two", "first", "second"])
        #expect(page.nodes("strong").map(\.text) == ["Note:", "Changed in version 1.2:", "Title"])
        #expect(page.nodes("block_quote").map(\.text) == ["set in"])
        #expect(page.nodes("heading").count == 1)
    }

    @Test func `loses no word of any layout, and keeps their order`() throws {
        var random = SplitMix(seed: 11)
        let starts = [
            "", "", "", "- ", "* ", "1. ", "12. ", ">>> ", "... ", "```", "~~~", "| ", "+--", ".. note:: ",
            ".. math:: ",
            ".. code-block:: c\n\n   ", ".. [1] ", "== ==\n", "> ", "# ", "::\n\n", "Title\n-----\n", "`", "``",
            "[",
        ]
        for _ in 0..<300 {
            var text = "Says it."
            for line in 0..<12 {
                let indentation = String(repeating: " ", count: Int(random.next() % 4) * 2)
                let end = ["", "", "", "\n", "::", "::\n", ":\n"][Int(random.next() % 7)]
                text += "\n\(indentation)\(starts[Int(random.next() % UInt64(starts.count))])Wx\(line)x\(end)"
            }
            let read = try CommonMark(page(text)).root.all.flatMap { node in
                words((node.attributes["info"] ?? "") + " " + (node.children.isEmpty ? node.text : ""))
            }
            #expect(read == words(text), "\(text)")
        }
    }

    private func words(_ text: String) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber }.filter { $0.hasPrefix("Wx") }
    }

    @Test func `understands Epytext's braces`() throws {
        let text = "C{a*b} L{Gate} I{x} B{y_} U{site<https://example.org/>} E{lb} {z} MAX{"

        let page = try CommonMark(page("Says it.\n\n" + text, style: PlainStyle(name: "epytext")))

        #expect(page.root.children[2].text == "a*b Gate x y_ site { {z} MAX{")
        #expect(page.nodes("emph").map(\.text) == ["x"])
        #expect(page.links.first == "https://example.org/")
    }

    private func page(_ docstring: String, style: PlainStyle = PlainStyle()) throws -> String {
        let language = VerbatimLanguage(docstring: docstring)
        let outline = language.read(SourceFile(path: "gate.py", text: ""))
        let book = MarkdownBook(
            sources: [BookSource(path: "gate.py", relativePath: "gate.py")],
            folder: "pages",
            workingFolder: "/project",
            settings: Settings()
        )
        return try #require(book.page(for: outline, language: language, style: style)).text
    }

    private func withoutTicks(_ text: String) -> String {
        text.split { $0 == "`" || $0 == " " || $0 == "\n" }.joined()
    }

    /// Whether a text has no line that begins a list, a table, a directive or code, is no title, and refers to nothing.
    private func isOneParagraph(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return !text.hasSuffix("::") && !text.contains("`_")
            && lines.allSatisfy { line in
                let starts = ["- ", "* ", "+ ", ">>>", "+--", "+==", "| ", "==", "```", "~~~", "1. ", "11. ", ".. "]
                let isRule = line.count > 2 && Set(line).count == 1
                return !line.isEmpty && line.first != " " && line.last != " " && line != "|" && !isRule
                    && !starts.contains { line.hasPrefix($0) }
            }
    }
}

/// A language in which every module has the same docstring, without an escape of its own.
private struct VerbatimLanguage: SourceLanguage {
    let docstring: String
    let fileExtensions = ["py"]
    let stubExtensions: [String] = []

    func read(_ file: SourceFile) -> SourceOutline { SketchLanguage().read(file) }
    func likelyDocstrings(in file: SourceFile) -> [ByteRange] { [] }

    func docstring(of declaration: Declaration) -> String? { docstring }
    func placements(of docstrings: [Int: String], in outline: SourceOutline, options: PlacementOptions) -> Placements {
        Placements()
    }
    func codeDifference(between before: SourceOutline, and after: SourceOutline) -> String? { nil }
}

/// A small generator of random numbers whose numbers are the same in every run.
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func prose(_ alphabet: [Character], length: Int) -> String {
        String((0..<length).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] })
    }
}
