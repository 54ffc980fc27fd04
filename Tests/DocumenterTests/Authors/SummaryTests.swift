import Testing

struct SummaryTests {
    /// A function's source, without indentation, and the summary that it gets.
    static let functions: [(source: String, summary: String)] = [
        ("def f(items):\n    return len(items)\n", "Return the length of `items`."),
        (
            "def f(a, b):\n    return a is not None and a < b\n",
            "Return whether `a` is not `None` and `a` is less than `b`."
        ),
        ("def f(x):\n    return isinstance(x, (int, str))\n", "Return whether `x` is an instance of `int` or `str`."),
        ("def f(x):\n    return 0 <= x < 9\n", "Return whether `0 <= x < 9` is true."),
        ("def f():\n    return {'a': 1, 'b': 2}\n", "Return a dictionary with the keys `'a'` and `'b'`."),
        ("def f(x):\n    return Thing(x)\n", "Return a `Thing` made from `x`."),
        ("def f(xs):\n    return ', '.join(xs)\n", "Return the strings of `xs`, joined by `', '`."),
        ("def f(a, b):\n    return a, b\n", "Return a tuple of `a` and `b`."),
        (
            "def f(x):\n    return x if x > 1 else None\n",
            "Return the given `x` if `x` is greater than `1`, else `None`."
        ),
        ("def f(x):\n    raise NotImplementedError('no')\n", "Raise `NotImplementedError`."),
        ("def f():\n    pass\n", "Do nothing."),
        ("def header(text):\n    send(text)\n    log.info(text)\n", "Call `send` and `log.info`."),
        (
            "def parse_header(text):\n    parts = split(text)\n    return Header(parts)\n",
            "Parse the header and return a `Header` made from `parts`."
        ),
        ("def save_all(rows):\n    for row in rows:\n        store.put(row)\n", "Save all by calling `store.put`."),
        ("def is_open(door):\n    state = look(door)\n    return state\n", "Return the result of `look(door)`."),
        ("def walk(tree):\n    for node in tree:\n        yield node\n", "Walk, yielding each `node`."),
        ("def test_parser_fails():\n    assert parse('x')\n", "Test parser fails."),
        (
            "def getHTTPHeader(self):\n    return compute(self, 'some very long text that does not fit into the line')\n",
            "Return the result of calling `compute`."
        ),
        ("def _f(x):\n    def inner():\n        return x\n    return inner\n", "Return the inner function `inner`."),
        ("async def f(x):\n    return await fetch(x)\n", "Return the result of `fetch(x)`."),
    ]

    @Test(arguments: functions)
    func `a function is summed up by what it does`(source: String, expected: String) throws {
        let name = source.split(separator: "def ", maxSplits: 1)[1 - (source.hasPrefix("def") ? 1 : 0)].prefix {
            $0 != "("
        }

        #expect(try summary(of: source, at: String(name)) == expected)
    }

    /// The lines of a class's body, and the summary of its first method.
    static let methods: [(source: String, path: String, summary: String)] = [
        ("def __init__(self, a, b):\n        self.a = a", "C.__init__", "Initialize the instance with `a` and `b`."),
        (
            "def __eq__(self, other):\n        return self.x == other.x", "C.__eq__",
            "Return whether the instance is equal to `other`."
        ),
        ("@property\n    def name(self):\n        return self._name", "C.name", "The `_name` attribute."),
        (
            "@property\n    def is_empty(self):\n        return not self.items", "C.is_empty",
            "Whether `self.items` is falsy."
        ),
        ("def connect(self, host):\n        self.socket = open_socket(host)", "C.connect", "Connect and set `socket`."),
        ("def chain(self, x):\n        return self", "C.chain", "Return the instance itself."),
        ("@classmethod\n    def make(cls, x):\n        return cls(x)", "C.make", "Return a new instance of the class."),
        ("@abstractmethod\n    def size(self) -> int: ...", "C.size", "Return an `int`."),
        ("def copy(self):\n        return super().copy()", "C.copy", "Return the result of the inherited `copy`."),
    ]

    @Test(arguments: methods)
    func `a method is summed up by what it does`(source: String, path: String, expected: String) throws {
        #expect(try summary(of: "class C:\n    \(source)\n", at: path) == expected)
    }

    static let classes: [(source: String, summary: String)] = [
        ("class C(Enum):\n    A = 1\n    B = 2\n", "Enumeration of `A` and `B`."),
        ("class C(NamedTuple):\n    x: int\n    y: int\n", "Named tuple of `x` and `y`."),
        ("class C(TypedDict):\n    x: int\n", "Dictionary with the key `x`."),
        ("class C(ValueError):\n    pass\n", "Exception of the kind `ValueError`."),
        ("class C(ValueError):\n    pass\ndef f():\n    raise C()\n", "Exception raised by `f`."),
        (
            "class HTTPServer(Base):\n    def run(self): pass\n    def stop(self): pass\n",
            "HTTP server based on `Base` with `run` and `stop`."
        ),
        ("class TestC:\n    def test_a(self): pass\n    def test_b(self): pass\n", "Test case with 2 tests of c."),
        ("class C:\n    def __iter__(self): pass\n", "Class with `__iter__`."),
    ]

    @Test(arguments: classes)
    func `a class is summed up by what it is`(source: String, expected: String) throws {
        let path = source.dropFirst(6).prefix { $0 != "(" && $0 != ":" }

        #expect(try summary(of: source, at: String(path)) == expected)
    }
}
