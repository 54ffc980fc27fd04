import Documenter
import Testing

/// What single entries say, and what they must not claim.
struct DetailTests {
    /// The body of `async def f(x, y):`, and a line of the docstring.
    static let bodies: [(body: String, line: String)] = [
        ("return await x(y)", "x: Called with `y`; its result is awaited."),
        ("x()\n    await x()", "x: Called without arguments."),
        ("x(1)\n    x(2)", "x: Called."),
        ("while x is None or y < x:\n        y += 1", "x: Compared with `y` unless it is `None`."),
        ("if y and x is None or y < x:\n        y += 1", "x: Compared with `y`."),
        ("if x is not None and len(y) < x:\n        g()", "x: Compared with `len(y)` unless it is `None`."),
        ("if x is not None and y or y < x:\n        g()", "x: Compared with `y`."),
        ("if x is None:\n        g()", "x: Compared with `None`."),
        ("if x in y.names:\n        g()", "x: Searched for in `y.names`."),
        ("if 0 < x < y:\n        g()", "x: Compared with `0`."),
        ("await asyncio.sleep(x * 2**y)", "x: Used in a call of `asyncio.sleep`."),
        ("g(f'{x}: {y!r}')", "x: Formatted into a string."),
        ("g(f'{{x}}')", "x: The `x` argument."),
        ("return a.b(x) or y", "`a.b(x) or y`."),
        (
            "return x.amplitude * math.cos(math.radians(x.speed * y.hours - x.phase))",
            "`x.amplitude * math.cos(...)`."
        ),
        (
            "return x.height(y + timedelta(minutes=1, seconds=2)) > x.height(y + timedelta(minutes=3))",
            "Return whether `x.height(...) > x.height(...)`."
        ),
        ("return b'x'", "The bytes `b'x'`."),
        ("return x + 3 * y", "x: An operand of `+`."),
        ("return 3 / -y - len(x)", "y: An operand of `-`."),
        ("return x if y else 3", "x: Returned in some cases."),
        ("return y or x", "x: Returned in some cases."),
        ("return 1, x", "x: Returned in a tuple."),
        ("return x, 1", "x: Returned in a tuple."),
        ("return [x]", "x: Used in the result."),
        ("return set()", "An empty set."),
        ("return a.b[x]", "x: Used as an index or key of `a.b`."),
        ("print(f'{x.name}')", "x: Used in a formatted string."),
        ("return len(x)", "    The length."),
        ("return a.b(x, y)", "    The result."),
        ("return Reading(x.strip(), y.strip())", "A `Reading` instance."),
    ]

    @Test(arguments: bodies)
    func `an entry tells what the body does`(body: String, line: String) throws {
        let text = try authored("f", in: "async def f(x, y):\n    \(body)\n")

        #expect(text.split(separator: "\n").contains { $0.hasSuffix(line) }, "\(text)")
    }

    @Test(arguments: 2...5)
    func `the alternatives of a chain are listed`(count: Int) throws {
        let branches = (0..<count).map { "    \($0 == 0 ? "" : "el")if (mode == \($0)):\n        kind = \($0)\n" }

        let text = try authored("f", in: "def f(mode):\n\(branches.joined())    else:\n        raise KeyError(mode)\n")

        #expect(text.contains("mode: One of `0`"))
        #expect(text.contains("and `\(count - 1)`."))
    }

    /// A field of a named tuple, and its entry.
    static let fields: [(field: String, entry: String)] = [
        ("speed: float  # degrees an hour", "speed (float): Degrees an hour."),
        ("speed: float = 0.0  # metres", "speed (float): Metres. Defaults to `0.0`."),
        ("speed: float  # noqa", "speed (float): The speed."),
        ("speed: float  # str", "speed (float): The speed."),
        ("speed: float  # x_y", "speed (float): The speed."),
        ("is_open: bool = False", "is_open (bool): Whether it is open. Defaults to `False`."),
    ]

    @Test(arguments: fields)
    func `a comment behind a field says what it holds`(field: String, entry: String) throws {
        let text = try authored("C", in: "class C(NamedTuple):\n    \(field)\n")

        #expect(text.hasSuffix("    " + entry), "\(text)")
    }

    @Test
    func `a comment behind an assignment in the constructor says what the attribute holds`() throws {
        let text = try authored("C", in: "class C:\n    def __init__(self):\n        self.width = 3  # metres\n")

        #expect(text.hasSuffix("width: Metres. Initially `3`."))
    }

    @Test(arguments: [
        ("remove_rows_from", "Remove rows."), ("convert_to", "Convert to `x`."),
        ("add_rows_from", "Add rows from `x`."),
        ("get", "Assign `y`."), ("as_tuple", "Return as tuple."), ("visit_For", "Visit `x`."),
    ])
    func `a name that ends in a preposition gets its object`(name: String, line: String) throws {
        #expect(try summary(of: "def \(name)(x):\n    y = 1\n", at: name) == line)
    }

    @Test
    func `a truth that the summary tells is told as one of two values`() throws {
        let text = try authored("f", in: "def f(x) -> bool:\n    return x > 0\n")

        #expect(text.hasPrefix("Return whether `x` is positive."))
        #expect(text.hasSuffix("bool: `True` if `x` is positive, else `False`."))
    }

    @Test
    func `a verb alone takes the first parameter as its object`() throws {
        #expect(try summary(of: "def add(station):\n    rows[station.code] = station\n", at: "add") == "Add `station`.")
        #expect(try summary(of: "def add(station=None):\n    rows[0] = station\n", at: "add") == "Add using `station`.")
    }

    @Test(.timeLimit(.minutes(15)))
    func `sources of unusual size are written about in linear time`() throws {
        let exceptions = (0..<5000).map { "class E\($0)(Exception): pass\ndef f\($0)():\n    raise E\($0)()\n" }
        let names = (0..<10000).map { "p\($0)" }.joined(separator: ", ")
        let wide = "def f(\(names)):\n    return g(\(names))\n"
        let lines = (0..<50000).map { "    x\($0) = g\($0)(y)\n" }.joined()
        let chain = (0..<5000).map { "    a\($0) = \\\n" }.joined()
        let members = (0..<20000).map { "    def m\($0)(self): pass\n" }.joined()
        let alternatives = (0..<1500).map { "    \($0 == 0 ? "" : "el")if y == \($0):\n        z = 1\n" }.joined()

        #expect(try authored("E7", in: exceptions.joined()) == "Exception of the kind `Exception`.")
        #expect(try authored("f", in: wide).contains("p9999: Passed to `g`."))
        #expect(try authored("f", in: "def f(y):\n\(lines)").contains("y: Passed to `g0`, `g1` and 49998 more."))
        #expect(try authored("f", in: "def f(y):\n\(chain)    y\n    return a1\n").contains("The resulting `a1`."))
        #expect(try summary(of: "class C:\n\(members)", at: "C") == "Class with `m0`, `m1` and 19998 more.")
        #expect(
            try authored("f", in: "def f(y):\n\(alternatives)    else:\n        raise KeyError(y)\n").contains(
                "    KeyError: "
            )
        )
    }
}
