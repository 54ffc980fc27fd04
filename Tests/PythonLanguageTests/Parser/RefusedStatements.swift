/// Files of one line that CPython refuses for a statement, each judged by every version from 3.9 to 3.13.
enum RefusedStatements {
    /// Lines that are files of their own.
    static let lines = #"""
        x =
        = x
        x = = y
        x == y = z
        x = 1 = y
        1 = x
        'a' = x
        None = x
        True = x
        ... = x
        f() = x
        a + b = x
        -a = x
        not a = x
        a if b else c = x
        lambda: a = x
        (a for b in c) = x
        [a for b in c] = x
        {a} = x
        {} = x
        a < b = x
        a and b = x
        f'{a}' = x
        a := x
        (a := x) = y
        x = yield = y
        await a = x
        [a, f()] = x
        (a, 1) = x
        *f() = x
        **a = x
        * = x
        f() += x
        a, b += x
        [a] += x
        *a += x
        1 += x
        x += y += z
        x = y += z
        x += yield = y
        a, b: int
        [a]: int
        (a, b): int
        f(): int
        1: int
        *a: int
        x: *a
        x: int = y = z
        x: int += 1
        x: yield
        del
        del f()
        del 1
        del a + b
        del (a, 1)
        del a for b in c
        del 'a'
        return = 1
        return yield a
        return a := b
        pass a
        break a
        continue 1
        raise a, b
        raise from a
        raise a from
        raise *a
        raise a from b from c
        assert
        assert a, b, c
        assert a := b
        global
        global a,
        global a.b
        global (a)
        nonlocal
        import
        import a,
        import *
        import (a)
        import a.b as c.d
        import a as
        import a..b
        import .a
        from a import
        from import a
        from . import
        from . as a
        from a import b,
        from a import ()
        from a import (b
        from a import (*)
        from a import *, b
        from a import b.c
        from a import b as c.d
        from a import b as
        from a import (b,,)
        from .a. import b
        import a; from
        print a
        print 'a'
        exec 'a'
        a b
        a; b c
        ;
        a;; b
        pass;; pass
        if a
        if a:
        if: pass
        if a := : pass
        if a = b: pass
        if a: if b: pass
        if a: pass else: pass
        else: pass
        elif a: pass
        while: pass
        while a pass
        for a: pass
        for a in: pass
        for in a: pass
        for 1 in a: pass
        for f() in a: pass
        for a + b in c: pass
        for a in b := c: pass
        for (a in b): pass
        for a, in b
        for None in a: pass
        with: pass
        with a as: pass
        with a as f(): pass
        with a as 1: pass
        with a as b + c: pass
        with a as b if c else d: pass
        with a, : pass
        with *a: pass
        with a := b: pass
        with (a as b), c as d, : pass
        with (a as b, c), d: pass
        with (a as b) as c: pass
        with (a as b) + c: pass
        with (a as f()): pass
        with (a as b).c: pass
        try: pass
        try: a; except: b
        except: pass
        finally: pass
        def f: pass
        def f()
        def f() pass
        def (a): pass
        def 1(): pass
        def f(a b): pass
        def f(a,,b): pass
        def f(,): pass
        def f(*): pass
        def f(*,): pass
        def f(*, **a): pass
        def f(*, *a): pass
        def f(*a, *b): pass
        def f(*a, *, b): pass
        def f(**a, b): pass
        def f(**a, *b): pass
        def f(**a, **b): pass
        def f(**a, /): pass
        def f(/, a): pass
        def f(/): pass
        def f(a, /, /): pass
        def f(a, *, /): pass
        def f(*a, /): pass
        def f(*a=1): pass
        def f(**a=1): pass
        def f(a=1, b): pass
        def f(a=1, /, b): pass
        def f(a=): pass
        def f(a:): pass
        def f(a: *b): pass
        def f(**a: *b): pass
        def f((a, b)): pass
        def f(a.b): pass
        def f(None): pass
        def f(1): pass
        def f(a=b:=c): pass
        def f(a: b := c): pass
        def f() ->: pass
        def f() -> *a: pass
        def f(a) - > b: pass
        def None(): pass
        def f.g(): pass
        def f()(): pass
        def f(): class A: pass
        def f(a, lambda): pass
        async def f()
        async f()
        async = 1
        async lambda: a
        async if a: pass
        await = 1
        class: pass
        class A
        class A(: pass
        class A(b for c in d): pass
        class A(b c): pass
        class A(b=c, d): pass
        class 1: pass
        class A.b: pass
        class A(B)(C): pass
        class A: def f(): pass
        @
        @a
        @a b
        @a, b
        @a; b
        @a x = 1
        @a class A: pass
        f(a, b=c, d=e, f g)
        x = {a: b c: d}
        x = a b if c else d
        x = 1 \
        x = 1 \a
        match a: case b: pass
        type A
        type A, B = c
        type A.b = c
        type A[] = b
        type A = yield
        type A[*B: int] = c
        type 1 = a
        def f[](): pass
        def f[a.b](): pass
        def f[*A: int](): pass
        def f[**A: int](): pass
        class A[B: *C]: pass
        def f[1](): pass
        x = '''
        x = (
        x = f'''{a
        x = f"""{a:
        if a: pass; if b: pass
        for a in b: while c: pass
        a€ = 1
        x = “a”
        ²a = 1
        """#.split(separator: "\n").map(String.init)
}
