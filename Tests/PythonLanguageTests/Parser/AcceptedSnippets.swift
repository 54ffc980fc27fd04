/// Small files that CPython accepts, each judged by every version from 3.8 to 3.13.
enum AcceptedSnippets {
    /// Lines that are files of their own.
    static let lines = #"""
        x = 0xFF + 0o17 + 0b1_0 + 1_000.5e-3 + 1j + .5 + 1.
        x = 0xfor y
        x = 1if y else 2
        x = 00 + 0_0 + 00.5 + 07.5 + 09j
        x = 1..real
        x = 1.e5.real
        x = 'a' "b" """c""" r'\d' u'e'
        x = b'a' rb'\x' Rb"c" bR'''d'''
        x = '\N{EN DASH}\x41\u0041\U00000041\101'
        x = b'\u12\N{x}'
        x = f'{a}{b!r}{c:>{w}}{d=}{e = !s:^5}' 'f'
        x = f'{{}}{ {1: 2}[1] }{(lambda y: y)(1)}{(z := 1)}{z:=5}'
        x = f'{a!=b}{a==b}{a<=b}{a,}{*a, b}{yield}'
        x = f'\N{EN DASH}{a:%H:%M}{a["b"]}'
        x = rf'\d{a}\{b}' Fr"{a:\d}"
        x = a if b else c if d else lambda: e if f else g
        x = lambda a, /, b, *c, d=1, **e: (yield)
        x = lambda *, a: a
        x = lambda x=lambda y: y: x
        x = not not a or b and not c
        x = a < b <= c != d is not e not in f in g is h
        x = -a ** -b ** ~c @ d // e % f
        x = await a ** b
        x = - await a.b(c)[d]
        x = (a, *b, c), [*a, b], {*a, b}, {**a, 'b': c, **d}, (), [], {}
        x = *a, b
        x = *a
        x: int
        x: int = yield
        (x): int = 1
        x.y: int = *a, b
        x[0]: (yield) = 1
        x = y = z = yield a
        x += yield
        (a) += 1
        a.b[c].d = 1
        a, (b, [c, *d]), *e = f
        *a, = b
        [a, *b] = c
        (a) = (b.c) = d
        [] = () = x
        x = [a for b in c if d if e for f, in g async for h in i]
        x = {a: b for a, b in c}, {a for a in b}, (a for a in b)
        x = [lambda: a for a in b]
        x = [a for *a, b in c]
        x = f(a, *b, c, *d, e=1, *f, **g, h=2)
        x = f(a for a in b)
        x = f(*a or b, **c or d, e=lambda: f)
        x = f(a := 1, b)
        x = f(a, b,)(c)[d].e
        x = a[b,]
        x = {(a := 1): 2}
        x = ...
        if a := b: pass
        while a := b: pass
        print(match, case, type, _)
        match = case = type = _ = 1
        match: int = 1
        match.a = match[b] = match(c)
        match * a
        match - a
        match[a:b]
        match (a, b)
        type(a).b = 1
        type: int
        type.a
        type in a
        case: int
        del a, (b, [c.d, e[f]]), ()
        del (a)
        del a,
        return
        return *a, b
        return *a
        yield
        yield from a
        x = yield from a
        break
        continue
        await a
        raise
        raise a
        raise a(b) from c
        raise a if b else c
        assert a, b
        assert (a, b)
        global a, b
        nonlocal a
        import a.b.c as d, e
        from . import a
        from .. import a as b, c
        from ...a.b import (c, d as e,)
        from .... import a
        from a import *
        pass; pass;
        for a.b in c: pass
        for a[b], in c,: pass
        for *a, b in c: pass
        for a in b in c: pass
        for a in lambda: b: pass
        with a: pass
        with a as b, c as (d, *e), f as g.h, i as j[k]: pass
        with (a): pass
        with (a, b): pass
        with (a, b) as c: pass
        with (yield): pass
        with (a), b: pass
        with (a.b(c)) as d, (e): pass
        with (a for b in c) as d: pass
        with (): pass
        with a, (b): pass
        def f(a, b: int, /, c: int = 1, *d: e, f, g=2, **h: i) -> j: pass
        def f(a=1, /, b=2, *, c, d=3): pass
        def f(*, a): pass
        def f(*a, b,): pass
        def f(**a,): pass
        def f(a, /,): pass
        def f(a: lambda: b, c: d if e else f = g or h): pass
        def f() -> lambda x: x: pass
        def f(): yield
        def f(): 'a'; return 1
        def match(case, type, _): pass
        class A: pass
        class A(): pass
        class A(b, *c, d=e, **f): pass
        class A(b.c[d], metaclass=e): 'doc'
        class match: pass
        with (a, b,) as c: pass
        x = f'{a!r:{"}"}}'
        x = f'{a:\x41}'
        été = 名前 = ª = 'é'
        x = 'é' f'{é}'
        async def f(): await a; yield b
        x = a if b else(c)
        x = [*a, *b] + {**c}.d
        x = (yield)
        x = 1 if 1else 2
        x = a@b
        print(*lambda: a, **lambda: b)
        f(**a, b=c)
        f(a=1, *b)
        f((a for b in c), d)
        lambda: (yield from a)
        x = not(a)
        nonlocal a, b
        """#.split(separator: "\n").map(String.init)

    /// Files of several lines that every version accepts.
    static let blocks = [
        "x = f\"\"\"{\n  a\n}\n{b:\n}\"\"\"",
        "if a: pass; pass\nelif b: pass\nelse: pass",
        "while a:\n    break\nelse:\n    pass",
        "try: pass\nexcept: pass",
        """
        try: pass
        except a: pass
        except (b, c) as d: pass
        except a if b else c: pass
        except: pass
        else: pass
        finally: pass
        """,
        "try: pass\nfinally: pass",
        """
        async def f():
            async with a as b: pass
            async for c in d: pass
            else: pass
            return [e async for e in f]
        """,
        "@a\n@b.c(d)\ndef f(): pass",
        "if a:\n    pass",
        "if a:\n\n# comment\n  # other\n    pass\n    # end",
        "if a:\n if b:\n  c\n d\ne",
        "def f(\n    a, # one\n      b\n ,\n): \\\n  pass",
        "x = (1 +\n# c\n2)",
        "x = 1 \\\n  + 2",
        "if a: \\\n    pass",
        "@a\n\n# b\n@c\ndef f(): pass",
        "class A:\n    'doc'\n    x: int = 1; y = 2\n    def f(self): ...\n    class B: pass",
        "# -*- coding: utf-8 -*-\n'é'",
        "def f():\n    # type: () -> None\n    pass",
        "if a:\n    pass;\nelse: b",
        "x = \"a\\\nb\"",
        "x = '''a\n'b''c\"\"\"'''",
    ]

    /// Files with syntax newer than 3.8, and the minor version that brought it.
    static let newer: [(text: String, since: Int)] = [
        ("x += *a, b", 9),
        ("x = a[1:2, ::3, :, ..., b:c:d, e := 1]", 10),
        ("x = (a := 1, b := 2), [c := 3], {d := 4}", 9),
        ("for a, (b, *c) in *d, e: pass", 9),
        ("@a[b](c) if d else e\nclass A: pass", 9),
        ("@lambda f: f\ndef f(): pass", 9),
        ("@a := b\ndef f(): pass", 9),
        ("@(yield)\nasync def f(): pass", 9),
        ("try:\n    pass\nexcept* a:\n    pass\nexcept* (b, c) as d:\n    pass", 11),
        ("match a:\n    case 1 | -2: pass", 10),
        ("match a:\n    case -1 | 1.5 | 1 + 2j | -1 - 2j | 'a' 'b' | b'c' | None | True | a.b.c: pass", 10),
        (
            """
            match a, *b:
                case [c, *d] | (e, *_) if f := g: pass
                case *h, i: pass
                case j,: pass
                case (k): pass
                case (l,): pass
                case () | []: pass
            """, 10
        ),
        (
            """
            match (a):
                # comment
                case A() | a.B(c, d=1, e=F(g=[h])): pass
                case {}: pass
                case {'a': 1, -1: b, c.d: e, None: _, **f}: pass
                case {**g,}: pass
                case (a | b) as c: pass
                case ((a as b) as c): pass
                case match(case=type): pass
                case _: pass
            """, 10
        ),
        ("match -a:\n    case b: pass", 10),
        ("match not a:\n    case b: pass", 10),
        ("match lambda a: b:\n    case c: pass", 10),
        ("match [a]:\n    case b: pass", 10),
        ("match a := b:\n    case c:\n        match d:\n            case e: pass", 10),
        ("match match:\n    case case:\n        case = match", 10),
        ("with (a as b): pass", 9),
        ("with (a as b, c as (d, e),): pass", 9),
        ("with (a, b as c): pass", 9),
        ("def f(*a: *b): pass", 11),
        ("x = a[*b]", 11),
        ("x = a[*b, 1:2]", 11),
        ("for a in *b, c: pass", 9),
        ("type A = b", 12),
        ("type A[B, *C, **D] = lambda: e", 12),
        ("type match[case: (int, str)] = type[case]", 12),
        ("type type = type", 12),
        ("class A[B: int, *C, **D](E[B]): pass", 12),
        ("def f[A: int, B](a: A) -> B: pass", 12),
        ("async def f[A,](): pass", 12),
        ("class A[B = int, *C = *d, **E = []]: pass", 13),
        ("x = f'{a['b']}'", 12),
        ("x = f'{'\\n'.join(a)}{f'{f'{1}'}'}'", 12),
        ("x = f'{a # comment\n}'", 12),
        ("x = f'{\na}'", 12),
        ("x = f'{a:{b:{c}}}'", 12),
        ("try: pass\nexcept a, b: pass", 14),
        ("try: pass\nexcept* a, b,: pass", 14),
        ("x = t'{a}' rt\"\\d{b!r:>{c}}\"", 14),
    ]
}
