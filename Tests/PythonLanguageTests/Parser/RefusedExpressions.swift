/// Files of one expression or literal that CPython refuses, each judged by every version from 3.9 to 3.13.
enum RefusedExpressions {
    /// Lines that are files of their own.
    static let lines = #"""
        x = 0777
        x = 0_7
        x = 1__0
        x = 1_
        x = 0x
        x = 0xg
        x = 0b2
        x = 0o8
        x = 0b12
        x = 1a
        x = 1.e
        x = 1e+
        x = 1.real.
        x = 0_x1
        x = 1jx
        x = 5andx$
        x = 0or 1
        x = 'a
        x = "a
        x = '''a
        x = "a'
        x = 'a' b'b'
        x = b'a' f'{b}'
        x = ur'a'
        x = bu'a'
        x = fb'a'
        x = b'é'
        x = '\x4'
        x = '\u123'
        x = '\U0010'
        x = '\U00110000'
        x = '\N{NO SUCH NAME}'
        x = '\N'
        x = b'\x1'
        x = f'{}'
        x = f'{ }'
        x = f'{a'
        x = f'a}'
        x = f'{a!x}'
        x = f'{a!}'
        x = f'{a b}'
        x = f'{a:{b}'
        x = f'{a!r b}'
        x = f'{lambda a: b}'
        x = f'{=}'
        x = f'{!r}'
        x = f'{:a}'
        x = f'{a[}'
        x = f'{a)}'
        x = f'{a
        x = f'\N{NO SUCH NAME}'
        x = f'{a}
        x = $
        x = ?
        x = a!
        x = `a`
        x = a <> b
        x = a++
        x = a not b
        x = a is is b
        x = a ! = b
        x = not
        x = not = 1
        x = -not a
        x = a + not b
        x = a == not b
        x = await
        x = await -a
        x = await await a
        x = a or lambda: b
        x = not lambda: a
        x = a if b
        x = a if b else
        x = a if b if c else d
        x = if a else b
        x = lambda
        x = lambda a
        x = lambda *: a
        x = lambda (a): a
        x = lambda a: b := c
        x = lambda a: yield
        x = lambda a: *b
        x = lambda a=1, b: c
        x = a.
        x = a.1
        x = .a
        x = a..b
        x = a[]
        x = a[b=1]
        x = a[*b:c]
        x = a[b:c:d:e]
        x = a[b c]
        x = (a
        x = a)
        x = (a]
        x = [a
        x = [a}
        x = {a)
        x = (,)
        x = [,]
        x = {,}
        x = (a,,)
        x = (a b)
        x = (**a)
        x = [**a]
        x = {**a, b}
        x = {a, **b}
        x = {a: b, c}
        x = {a, b: c}
        x = {a:}
        x = {a: *b}
        x = {*a: b}
        x = {a := 1: b}
        x = [*a or b]
        x = [a for b]
        x = [a for in b]
        x = [a for b in]
        x = [a for b in c, d]
        x = [a for b in *c]
        x = [a for b in lambda: c]
        x = [a for b in c if d else e]
        x = [a for b in c if d := e]
        x = [a, b for c in d]
        x = [for a in b]
        x = [a for 1 in b]
        x = [a for f() in b]
        x = [*a for a in b]
        x = {**a for a in b}
        x = {a: b for c}
        x = (*a for a in b)
        x = a := b
        x = (a.b := c)
        x = (a[0] := c)
        x = (a, b := c, d := e) := f
        x = f(a for b in c, d)
        x = f(d, a for b in c)
        x = f(a=1, b)
        x = f(**a, b)
        x = f(**a, *b)
        x = f(a.b=1)
        x = f((a)=1)
        x = f(True=1)
        x = f(1=2)
        x = f(a b)
        x = f(a,,b)
        x = f(,)
        x = f(a=)
        x = f(=a)
        x = f(*)
        x = f(**)
        x = f(a=b:=c)
        x = f(a := b := c)
        x = f(a=b for b in c)
        x = f(*a for a in b)
        """#.split(separator: "\n").map(String.init)
}
