import Documenter
import Testing

struct OutlineAuthorTests {
    @Test
    func `a checked parameter gets its constraint, and the exception its condition`() throws {
        let source = """
            def root(x: float, mode: str = "exact") -> float:
                if x < 0:
                    raise ValueError("x must not be negative")
                if mode not in ("exact", "fast"):
                    raise ValueError("unknown mode")
                return math.sqrt(x)
            """

        let text = try authored("root", in: source)

        #expect(
            text == """
                Return the result of `math.sqrt(x)`.

                Args:
                    x (float): Must not be negative. Passed to `math.sqrt`.
                    mode (str, optional): One of `"exact"` and `"fast"`. Defaults to "exact".

                Returns:
                    float: The result.

                Raises:
                    ValueError: If `x` is negative, or if `mode` is none of `"exact"` and `"fast"`.
                """
        )
    }

    @Test
    func `a class tells its constructor's parameters and its own attributes`() throws {
        let source = """
            class Counter(Base):
                step = 1

                def __init__(self, start: int, name=None):
                    self.start = start
                    self.count = 0

                def increase(self):
                    self.count += self.step
            """

        let text = try authored("Counter", in: source)

        #expect(
            text == """
                Counter based on `Base` with `increase`.

                Args:
                    start (int): Stored as the `start` attribute.
                    name: Not used. Defaults to None.

                Attributes:
                    step: `1`.
                    count: Initially `0`.
                """
        )
    }

    @Test
    func `a data class tells its fields with their comments and defaults`() throws {
        let source = """
            @dataclass
            class Point:
                x: int
                # The distance from the lower edge.
                y: int = 0
                tags: list[str] = field(default_factory=list)
            """

        let text = try authored("Point", in: source)

        #expect(
            text == """
                Data class with the fields `x`, `y` and `tags`.

                Attributes:
                    x (int): The `x` attribute.
                    y (int): The distance from the lower edge. Defaults to `0`.
                    tags (list[str]): The tags. By default made by `list`.
                """
        )
    }

    @Test
    func `the comment above a function becomes its summary when it is a command`() throws {
        let source = """
            # Returns the pages that were changed. Pages that vanished
            # are not among them.
            def changed(pages):
                return [page for page in pages if page.changed]
            """

        let text = try authored("changed", in: source)

        #expect(
            text == """
                Return the pages that were changed.

                Pages that vanished
                are not among them.

                Args:
                    pages: Iterated over.

                Returns:
                    A list of each `page` in `pages` for which `page.changed` is truthy.
                """
        )
    }

    @Test(arguments: [
        "# TODO: make this function faster", "# noqa: D103 is not wanted here",
        "# Copyright 2020 by the authors of this",
        "# ------------------", "# type: (int) -> int and more", "# x = compute(y) + 3 * z",
        "# pylint: disable=all in this",
    ])
    func `a comment that is no prose is left alone`(comment: String) throws {
        let source = """
            \(comment)
            def twice(x):
                return x * 2
            """

        let text = try authored("twice", in: source)

        #expect(text.hasPrefix("Return `x * 2`.\n\nArgs:"))
    }

    @Test
    func `types are left out when they are not wanted`() throws {
        var content = DocstringContent()
        content.includesTypes = false

        let text = try authored("f", in: "def f(x: int) -> str:\n    return str(x)\n", content: content)

        #expect(
            text == "Return `x` as a string.\n\nArgs:\n    x: Converted with `str`.\n\nReturns:\n    `x` as a string."
        )
    }

    @Test
    func `a caught exception is not among those raised`() throws {
        let source = """
            def load(path):
                try:
                    raise KeyError(path)
                except KeyError:
                    raise LookupError("no such entry")
            """

        let text = try authored("load", in: source)

        #expect(!text.contains("KeyError:"))
        #expect(text.contains("LookupError: If a `KeyError` is caught (message: `\"no such entry\"`)."))
    }

    @Test
    func `a chain of alternatives tells the values allowed`() throws {
        let source = """
            def open_file(mode):
                if mode == "r":
                    kind = 1
                elif mode == "w":
                    kind = 2
                else:
                    raise ValueError(mode)
                return kind
            """

        let text = try authored("open_file", in: source)

        #expect(text.contains("mode: One of `\"r\"` and `\"w\"`."))
        #expect(text.contains("ValueError: If `mode` is none of `\"r\"` and `\"w\"`."))
    }

    @Test
    func `a generator tells what it yields, and its item's type`() throws {
        let source = """
            def names(rows: list[Row]) -> Iterator[str]:
                for row in rows:
                    yield row.name
            """

        let text = try authored("names", in: source)

        #expect(text.contains("Yields:\n    str: `row.name`."))
        #expect(!text.contains("Returns:"))
    }

    @Test
    func `a module tells what it defines, and a package what it passes on`() throws {
        let module = try authored("", in: "class A:\n    pass\n\ndef f():\n    pass\n\ndef _g():\n    pass\n")
        let package = try authored("", in: "from .core import run, stop\nfrom .core import _hidden\n")

        #expect(module == "Define the class `A` and the function `f`.")
        #expect(package == "Import `run` and `stop` from `.core`.")
    }
}
