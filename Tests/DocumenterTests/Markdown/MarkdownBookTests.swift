import Documenter
import SourceCode
import Synchronization
import Testing

struct MarkdownBookTests {
    @Test func `writes the pages of the golden book`() throws {
        let book = try SketchBook(Self.harbour)

        try Golden.expect(book.everything, in: "harbour.md")
    }

    @Test func `is the same book whatever order files come in`() throws {
        let first = try SketchBook(Self.harbour)
        let second = try SketchBook(Self.harbour.reversed())

        #expect(first.everything == second.everything)
    }

    @Test(.enabled(if: CommonMark.program != nil, "cmark is not installed: apt-get install cmark"))
    func `has only links that lead somewhere, and anchors of one place each`() throws {
        let book = try SketchBook(Self.harbour)
        var links = 0

        for page in book.pages + [book.index] {
            for link in try CommonMark(page.text).links {
                links += 1
                #expect(try book.leadsSomewhere(link, from: page.path), "\(link) on \(page.path)")
            }
            let anchors = try CommonMark(page.text).anchors
            #expect(Set(anchors).count == anchors.count)
        }
        #expect(links > 30)
    }

    @Test(.enabled(if: CommonMark.program != nil, "cmark is not installed: apt-get install cmark"))
    func `has a heading and the exact signature for each declaration`() throws {
        let source = """
            def plain(a, *, b: "str|None" = "`", **c) -> dict[str, int]:
            @functools.wraps(f)
            # why
            @cached(size=1 << 3)
            async def spread(
                x: int = 3,  # the `first`

                y=("a",
                   "b"),
            ) -> None:
            class Gate(Base, metaclass=Meta):
                @overload
                def f(
                    self,
                    *args,
                ):
                @overload
                def f(self, b=''' ```
            no margin'''):
                @property
                def p(self):
                @p.setter
                def p(self, value):
            """
        let page = try #require(SketchBook([("gate.py", source)]).pages.first)

        let document = try CommonMark(page.text)
        #expect(
            document.nodes("heading").map(\.text) == [
                "gate", "plain", "spread", "class Gate", "Gate.f (overload)", "Gate.f (overload)", "Gate.p (property)",
                "Gate.p (setter)",
            ]
        )
        #expect(document.nodes("heading").map { $0.attributes["level"] } == ["1", "2", "2", "2", "3", "3", "3", "3"])
        #expect(document.anchors == ["plain", "spread", "Gate", "Gate.f", "Gate.f-2", "Gate.p", "Gate.p-2"])
        #expect(
            document.nodes("code_block").map(\.text) == [
                "def plain(a, *, b: \"str|None\" = \"`\", **c) -> dict[str, int]\n",
                """
                @functools.wraps(f)
                # why
                @cached(size=1 << 3)
                async def spread(
                    x: int = 3,  # the `first`

                    y=("a",
                       "b"),
                ) -> None\n
                """,
                "class Gate(Base, metaclass=Meta)\n",
                "@overload\ndef f(\n    self,\n    *args,\n)\n",
                "@overload\n    def f(self, b=''' ```\nno margin''')\n",
                "@property\ndef p(self)\n",
                "@p.setter\ndef p(self, value)\n",
            ]
        )
    }

    @Test(arguments: [
        (["pkg/__init__.py", "pkg/gate.py"], ["pkg.md", "pkg/gate.md"]),
        (["a/gate.py", "b/gate.py"], ["a/gate.md", "b/gate.md"]),
        (["a/p/__init__.py", "b/p/__init__.py"], ["p-2.md", "p.md"]),
        (["src/gate.py", "src/Gate.py"], ["Gate.md", "gate-2.md"]),
        (["pkg/__init__.py", "pkg/__main__.py"], ["pkg.md", "pkg/__main__.md"]),
        (["index.py"], ["index-2.md"]),
        (["gate.py", "gate.pyi"], ["gate-2.md", "gate.md"]),
        (["my script.py", "what?.py"], ["my script.md", "what_.md"]),
        (["__init__.py"], ["project.md"]),
        (["./x/../gate.py"], ["gate.md"]),
        (["src/a/b/__init__.py", "src/a/b/c.py"], ["b.md", "b/c.md"]),
    ])
    func `gives every file a page of its own`(files: [String], pages: [String]) throws {
        #expect(try SketchBook(files.map { ($0, "") }).pages.map(\.path) == pages)
    }

    @Test func `shows private and nested declarations when asked`() throws {
        let source = "class _A:\n    def f(self):\n        def g():\nif __name__ == \"__main__\":\n    def main():"
        var settings = Settings()

        #expect(try SketchBook([("a.py", source)], settings).headings == ["# `a`"])
        settings.documentsPrivate = true
        #expect(try SketchBook([("a.py", source)], settings).headings.count == 3)
        settings.documentsNested = true
        #expect(try SketchBook([("a.py", source)], settings).headings.count == 5)
    }

    @Test func `links sources from another base`() throws {
        let book = try SketchBook([("src/a.py", "\n\ndef f():")], base: "https://example.org/blob/main/")

        #expect(book.pages[0].text.contains("(https://example.org/blob/main/src/a.py#L3)"))
    }

    @Test func `writes a page only when it changed, and tells what an earlier run left`() throws {
        let files = Mutex<[String: [UInt8]]>([:])
        let writes = Mutex<[String]>([])
        let folder = PageFolder { path in
            files.withLock { $0[path] }
        } write: { path, bytes in
            files.withLock { $0[path] = bytes }
            writes.withLock { $0.append(path) }
        }
        let before = try SketchBook([("a.py", "def f():"), ("b.py", "")])
        let after = try SketchBook([("a.py", "def g():")])

        for page in before.pages + [before.index] + before.pages { try folder.put(page) }
        #expect(writes.withLock(\.self) == ["a.md", "b.md", "index.md"])
        #expect(try folder.pagesLeftBehind(by: after.index) == ["b.md"])
        for page in after.pages + [after.index] { try folder.put(page) }
        #expect(writes.withLock(\.self).dropFirst(3) == ["a.md", "index.md"])
    }

    /// Four modules that refer to each other in every way there is.
    static let harbour: [(path: String, source: String)] = [
        (
            "harbour/__init__.py",
            #"""
            """Harbours, `harbour.gates.Gate` and *all*.

            Start with ``Gate``, then `harbour.tides`; see :func:`~harbour.tides.rising`.
            """
            """#
        ),
        (
            "harbour/gates.py",
            #"""
            """Gates | locks."""


            @dataclass
            class Gate(Base):
                """A gate.

                `open` and `Gate.open` and `self.open()` lead to one place, `Tide.height` to another; `Gate` is here.

                §attributes§
                width | float | In metres.
                kind | Kind | What `width` allows.
                """

                def open(self, speed: float = 1.0, *, by="hand") -> None:
                    """Opens it.

                    >>> Gate().open()

                    §args§
                    speed | float | In m/s;\nsee `speed`.\n\n- `open` twice\n- not `shut`
                    *by | | |
                    §raises§
                     | GateError | If it is locked.
                     | ValueError |
                    §returns§
                     | None | Nothing | at all.
                    §see§
                    shut, Tide.height : Both.
                        Of them.
                    elsewhere
                    §Careful_now§
                    Do not <b>stand</b> there.
                    """

                def shut(self):
                    def helper():

                def _hide(self):


            class Übergate(Gate, harbour.tides.Tide, metaclass=Meta):
                """Opens `Übergate.öffnen`.

                §examples§
                A gate:

                gate = Übergate()

                if gate:
                    gate.öffnen()

                Then it is open.
                """

                def öffnen(self):


            class GateError(Exception):
                """Raised when `Gate.open` fails; `main` is no name of here."""


            @overload
            def width(a: int) -> int:


            @overload
            def width(a: str) -> str:


            def width(a):
                """Measures."""
            """#
        ),
        (
            "harbour/tides.py",
            "class Tide:\n    def height(self):\n\n\ndef rising(gate: \"Gate\"):\n    \"\"\"See `Gate`.\"\"\""
        ),
        ("other/gates.py", "\"\"\"Other gates, `gate`.\"\"\"\n\n\ndef gate():"),
    ]
}
