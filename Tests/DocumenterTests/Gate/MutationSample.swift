/// A file with as many constructs as fit on a page, for spoiling.
enum MutationSample {
    static let text = #"""
        #!/usr/bin/env python
        # -*- coding: utf-8 -*-
        from __future__ import annotations
        import os, sys as system
        from .a.b import (c, d as e,)

        __all__ = ['f', "A"] + [x for x in (1, 2, 0x1F, 1_0.5e-3j) if not x]

        # about f
        @decorate(a=1)[0]
        async def f(a, b: int = 1, /, *c: *d, e='x', **g) -> dict[str, list[int]]:  # type: ignore
            # first
            r'''Old \d text.

                More.
            '''
            try:
                async with a as (b, c), open(d) as e.f:
                    return await g(*a, **b) if a < b <= c is not None else lambda x=1, *y: (yield)
            except (ValueError, os.error) as error:
                raise KeyError(f"no {a!r:>{b}} {c=} {{}} { {1: 2}[1] }" 'and' "\N{EN DASH}\x41") from error
            except TypeError: raise
            else:
                x: int = -1 ** ~2 @ 3 // 4
                x += 1; del x, (y, [z.w, v[0:1, ::2, ...]])
            finally:
                for i, *j in k: continue
                else: pass

        class A[T: int, *Ts](B, metaclass=C):
            x = y = 1  # what
            """About y."""
            z: str

            def g(self): self.a = self.b = {**a, 'b': 1}; return self

            @property
            def h(self):
            	while (n := a.b()):
            		if n: break
            		elif not n: assert n, 'm'
            		else: global q

            @overload
            def i(self): ...

            class D(Exception): 'Doc.'

        match point:
            case [A(x=1), {'k': v, **rest}, -1 | None as w] if w: print(point)
            case _:
                def inside(): pass

        type Alias[T] = T | None
        if __name__ == '__main__': \
            f()

        """#
}
