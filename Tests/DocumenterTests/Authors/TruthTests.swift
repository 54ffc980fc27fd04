import Documenter
import Testing

/// Statements that were found to be false, and what stands in their place.
struct TruthTests {
    /// A function's source, and a part of its docstring that must be there or, with a dash in front, must not.
    static let functions: [(source: String, parts: [String])] = [
        ("def f():\n    r = {}\n    r = 3\n    return r\n", ["-dictionary", "resulting `r`"]),
        ("def f():\n    r = []\n    r = tuple(r)\n    return r\n", ["-the list", "resulting `r`"]),
        ("def f():\n    r = []\n    if g():\n        r = [1]\n    r += [2]\n    return r\n", ["the list `r`"]),
        ("def f(a):\n    r = [0] * 3\n    r.append(a)\n    return r\n", ["-`[0] * 3`", "resulting `r`"]),
        ("def f(a):\n    r = {'a': 1}\n    r['b'] = a\n    return r\n", ["-with the key", "the dictionary `r`"]),
        ("def f(a):\n    r = {'a': 1}\n    g(r)\n    return r\n", ["-with the key", "the dictionary `r`"]),
        ("def f(a):\n    r = a - 1\n    a = 5\n    return r\n", ["-`a - 1`.", "resulting `r`"]),
        ("def f(a):\n    r = g(a)\n    log(r)\n    return r\n", ["result of `g(a)`"]),
        ("def f(a):\n    if a:\n        r = 1\n    else: r = 2\n    return r\n", ["resulting `r`"]),
        ("def f(a, n):\n    match a:\n        case [n]:\n            return n\n", ["-given `n`"]),
        ("def f(a, v):\n    match a:\n        case {'k': v}:\n            return v\n", ["-given `v`"]),
        ("def f(a, y):\n    match a:\n        case C(x=y):\n            return y\n", ["-given `y`"]),
        ("def f(a, b):\n    with g() as (a, b):\n        return b\n", ["-given `b`"]),
        ("def f(a, b):\n    from m import a, b\n    return b\n", ["-given `b`"]),
        ("def f(a, b):\n    if (b := g()):\n        return b\n", ["-given `b`"]),
        ("def f(a):\n    return [a for a in range(3)]\n", ["-a: Used", "-a: Returned", "-a: Iterated"]),
        ("def f(a):\n    return [b for b in a]\n", ["a: Iterated over."]),
        ("def f(a):\n    return [a for a in a]\n", ["a: Iterated over."]),
        ("def f(a):\n    return lambda a: a + 1\n", ["-a: Used", "-a: Returned"]),
        ("def f(x, key):\n    return sorted(x, key=lambda key: key[0])\n", ["-key: Read"]),
        ("def f(a):\n    def g(a):\n        a()\n    return g\n", ["-a: Called"]),
        ("def f(x):\n    def x():\n        pass\n    x()\n", ["-x: Called"]),
        ("def f(other):\n    other.z = 5\n", ["-Read for its", "Changed in its `z` attribute."]),
        ("def f(a):\n    del a[0]\n", ["-Read by", "a: Changed in place."]),
        ("def f(a):\n    x = yield a\n", ["a: Yielded."]),
        ("def f(a):\n    if len(a):\n        raise ValueError\n", ["-is true", "If `len(a)` is not zero."]),
        ("def f(a):\n    if not a >= 0:\n        raise ValueError\n", ["-is negative", "`a >= 0` does not hold"]),
        ("def f(a):\n    if False:\n        raise ValueError\n", ["-ValueError"]),
        (
            "def f(x):\n    if not isinstance(x, int):\n        raise MyError(x)\n",
            ["-Make the calls", "Raise `MyError` if"]
        ),
        ("def f(x):\n    len(x)\n", ["-Make the calls", "Call `len`."]),
        ("def f(x):\n    x.y = 3\n", ["-Carry out", "Set `x.y`."]),
        ("def f():\n    try:\n        g = 1\n    except E:\n        raise\n", ["-Carry out"]),
        ("def f(x):\n    raise ValueError\n    return 1\n", ["-`1`", "Raise `ValueError`.", "Never returns."]),
        ("def f(x):\n    return 1\n    return 2\n", ["-`2`", "Return `1`."]),
        ("def f(x):\n    try:\n        return 1\n    finally:\n        return 2\n", ["-`1`", "Return `2`."]),
        ("def f(x):\n    return\n    yield 1\n", ["-`1`", "Yield nothing.", "Yields:\n    Nothing."]),
        ("def f(x):\n    with suppress(E):\n        return 1\n", ["Return `1` or `None`."]),
        ("def f(x):\n    with suppress(E):\n        return 1\n    return 2\n", ["Return `1` or `2`."]),
        ("def f(x):\n    with x:\n        return 1\n    return 2\n", ["Return `1` or `2`."]),
        ("def f(x):\n    if x:\n        return 1\n    abort(404)\n", ["Return `1`."]),
        ("def f(x):\n    if x:\n        return 1\n    assert False, x\n", ["Return `1`."]),
        ("def f(x):\n    if x:\n        return 1\n    assert x\n", ["Return `1` or `None`."]),
        (
            "def f(x):\n    try:\n        raise KeyError\n    except LookupError:\n        raise\n",
            ["-LookupError", "KeyError: Always."]
        ),
        (
            "def f(x):\n    try:\n        g()\n    except (A, B):\n        if x: raise\n",
            ["A: If an `A` is caught and `x` is truthy.", "B: If a `B` is caught and"]
        ),
        (
            "def f(x):\n    if x: return 1\n    try: g()\n    except E: raise A\n",
            ["-returned", "A: If an `E` is caught."]
        ),
        ("def f(x):\n    if g:\n        x = 3\n        h(x)\n", ["-Passed to `h`"]),
        ("def f(x):\n    if g:\n        x = 3\n        h(x)\n    k(x)\n", ["-Passed to `h`", "x: Passed to `k`."]),
        ("def f(x):\n    x = g(x)\n    x.h()\n    return x\n", ["-`h` method", "-eturned", "x: Passed to `g`."]),
        ("def f(x):\n    try: x = g(x)\n    except E: raise\n    return x\n", ["-eturned", "x: Passed to `g`"]),
        ("def f(x):\n    x = x or y\n    h(x)\n", ["x: Passed to `h`."]),
        ("def f(x):\n    x = [] if x is None else x\n    h(x)\n", ["x: Passed to `h`"]),
        ("def f(x):\n    return y or x\n", ["-Tested"]),
        (
            "def f(x):\n    if x: g()\n    else:\n        if y > 1: h()\n        else: raise A\n",
            ["A: If `x` is falsy and `y > 1` does not hold."]
        ),
        ("def f(x):\n    raise Unknown(x)\n", ["-Call", "Raise `Unknown`."]),
        ("def f(x):\n    if g(): raise Unknown(x)\n", ["Call `g`.", "-`g` and"]),
        ("def f(x, y):\n    y.z = x\n    y[0] = x\n", ["x: Stored in `y.z` and `y[0]`."]),
        ("def f(x, y):\n    x = x + 1\n    y.z = x\n", ["-Stored"]),
        ("def f(x, y):\n    y.z = x, 1\n    y.z = x + 1\n    z: y = x\n", ["-Stored"]),
        ("def f(x) -> t.NoReturn:\n    g(x)\n", ["-Always", "Never returns."]),
        ("def f(x) -> 'te.NoReturn':\n    raise self.error(x)\n", ["-A `", "Never returns."]),
        ("def f(x) -> bytes: ...\n", ["-a `bytes`.", "a `bytes` object"]),
        (
            "def f(x):\n    try: return g()\n    except E:\n        if x: return 1\n        raise\n",
            ["-returned before", "E: If it is caught and raised again."]
        ),
        ("def f(*x):\n    super().f()\n", ["x: Not used."]),
        (
            "def f(x):\n    for y in x:\n        if y.ok:\n            continue\n        if y.bad:\n            raise E\n",
            ["E: If `y.bad` is truthy while iterating over `x`, in some cases."]
        ),
        ("def f(x):\n    if g: x = 3\n    h(x)\n", ["x: Passed to `h`."]),
        ("def f(x):\n    if g:\n        x = h(x)\n        k(x)\n", ["Passed to `h`"]),
        ("def f(x):\n    raise ValueError('x is bad')\n", ["x: Not used."]),
        ("def f():\n    global G\n    G += 1\n", ["Set `G`."]),
        ("def f():\n    a.b, c[0] = 1, 2\n", ["Set `a.b` and `c[0]`."]),
        ("def f(x):\n    x[0] = len(x)\n    del x[1]\n", ["Set `x[0]` and delete `x[1]`."]),
        ("def f():\n    x: int = 1\n    y = 2\n", ["Assign `x` and `y`."]),
        ("def f():\n    for x in a.b: pass\n", ["Iterate over `a.b`."]),
        ("def f():\n    assert x > 0, 'bad'\n", ["Assert that `x` is positive."]),
        ("def f():\n    import os.path\n", ["Import `os.path`."]),
        ("def f():\n    def g(): a.b = 1\n    c = g\n", ["-`a.b`", "Run `f`."]),
        ("def f(x):\n    if x: raise A\n    raise B\n", ["-Always", "B: In all other cases."]),
        (
            "def f(x):\n    if x in y: return 1\n    if x < 0: raise A\n",
            ["If `x` is negative and the function has not returned before."]
        ),
        ("def f(x):\n    if x: return 1\n    elif x < 0: raise A\n", ["-returned", "-`return`"]),
    ]

    @Test(arguments: functions)
    func `nothing false is said of a function`(source: String, parts: [String]) throws {
        check(try authored("f", in: source), parts)
    }

    /// A decorator, and parts of the docstring of a function behind it that returns `x + 1`.
    static let decorators: [(decorator: String, parts: [String])] = [
        ("retry", ["Compute `x + 1`.", "-Return `", "What `retry` makes of `x + 1`."]),
        ("m.retry(3)\n@other", ["What `m.retry` and `other` make of `x + 1`."]),
        ("functools.lru_cache(maxsize=3)", ["Return `x + 1`.", "    `x + 1`."]),
        ("pytest.mark.slow", ["Return `x + 1`."]),
        ("app.get('/')", ["Return `x + 1`."]),
        ("get", ["What `get` makes of"]),
        ("overload", ["Return `x + 1`."]),
        ("(lambda f: f)", ["What a decorator makes of"]),
    ]

    @Test(arguments: decorators)
    func `a decorator of which nothing is known may change the result`(decorator: String, parts: [String]) throws {
        check(try authored("f", in: "@\(decorator)\ndef f(x):\n    return x + 1\n"), parts)
        let truth = try authored("f", in: "@\(decorator)\ndef f(x):\n    return x > 1\n")
        #expect(
            truth.contains("makes of the answer whether") || truth.contains("make of the answer whether")
                || truth.contains("    Whether")
        )
    }

    /// The lines of a class, the path of what is described, and parts of its docstring.
    static let classes: [(source: String, path: String, parts: [String])] = [
        ("class C:\n    def m(self):\n        self = self.clone()\n        return self\n", "C.m", ["-instance itself"]),
        (
            "class C:\n    @classmethod\n    def m(cls, data):\n        cls = type(data)\n        return cls\n", "C.m",
            ["-class itself"]
        ),
        ("class C(type):\n    def m(self):\n        return self\n", "C.m", ["-instance itself", "`self` itself"]),
        ("class C(type):\n    def m(cls):\n        return cls\n", "C.m", ["-instance itself", "`cls` itself"]),
        ("class C:\n    def __eq__(self, o):\n        raise TypeError\n", "C.__eq__", ["-whether"]),
        (
            "class C:\n    def __eq__(self, o):\n        return self.x != o.x\n", "C.__eq__",
            ["-is equal", "Compare the"]
        ),
        (
            "class C:\n    def __eq__(self, o):\n        return not self.x == o.x\n", "C.__eq__",
            ["-is equal", "Compare"]
        ),
        (
            "class C:\n    def __eq__(self, o):\n        return self.x == o.x and g(o)\n", "C.__eq__",
            ["is equal to `o`"]
        ),
        (
            "class C:\n    def __copy__(self):\n        return self\n", "C.__copy__",
            ["-shallow", "the instance itself"]
        ),
        (
            "class C:\n    def __add__(self, o):\n        return NotImplemented\n", "C.__add__",
            ["-sum", "NotImplemented"]
        ),
        (
            "class C:\n    def __call__(self, o):\n        return o in self.x\n", "C.__call__",
            ["Return whether `o` is in `self.x`."]
        ),
        ("class C:\n    def __init__(self, n):\n        self.x: int = n\n", "C", ["n: Stored as the `x` attribute."]),
        ("class C:\n    def m(self, n):\n        self.x += n\n", "C.m", ["n: Used to set the `x` attribute."]),
        ("class C:\n    # The time in seconds until it ends\n    t = 3\n", "C", ["ends. Initially `3`."]),
        ("class C:\n    def __lt__(self, o):\n        return self.x > o.x\n", "C.__lt__", ["-is less", "Compare the"]),
        ("class C:\n    def __lt__(self, o):\n        return self.x < o.x\n", "C.__lt__", ["is less than `o`"]),
        ("class C:\n    def __lt__(self, o):\n        return o.x < self.x\n", "C.__lt__", ["-instance is less"]),
        ("@dataclass\nclass C:\n    x: int\n    y: ClassVar[int] = 3\n", "C", ["-and `y`", "the field `x`."]),
        (
            "class C(Enum):\n    A = 1\n    f = lambda: 1\n    _x = 2\n    b: int\n    p = property(g)\n", "C",
            ["Enumeration of `A`.", "-`f`", "-`b`", "-`p`"]
        ),
        ("class C:\n    a = 1\n    a = 2\n", "C", ["-`1`", "-`2`"]),
        ("class C:\n    if X:\n        a = 1\n    else:\n        a = 2\n", "C", ["-`1`", "-`2`"]),
        ("class C:\n    a = 1\n    a += 2\n", "C", ["-`1`"]),
        ("class C:\n    a = 1\n    def m(self): pass\n    del a\n", "C", ["-a:", "-`a`"]),
        ("class C:\n    a = 1\n    def m(self): pass\n", "C", ["a: `1`."]),
        (
            "class C:\n    def __init__(self, a):\n        if a:\n            self.c = a\n        else:\n"
                + "            self.c = None\n", "C", ["-nitially", "c: Set by the constructor."]
        ),
        ("class C:\n    def __init__(self, a):\n        self.c = a\n        self.c = 1\n", "C", ["-nitially"]),
        ("class C:\n    def __init__(self, a):\n        self.c = a\n", "C", ["c: Initially the given `a`."]),
        ("class NoInit:\n    def set(self): pass\n", "NoInit", ["-No init", "Class with the method `set`."]),
        ("class C:\n    def add(self, x=1):\n        y = x\n", "C.add", ["-Add.", "Add using `x`."]),
    ]

    @Test(arguments: classes)
    func `nothing false is said of a class`(source: String, path: String, parts: [String]) throws {
        check(try authored(path, in: source), parts)
    }

    private func check(_ text: String, _ parts: [String]) {
        for part in parts {
            let isUnwanted = part.hasPrefix("-")
            #expect(text.contains(isUnwanted ? String(part.dropFirst()) : part) != isUnwanted, "\(part) in:\n\(text)")
        }
    }
}
