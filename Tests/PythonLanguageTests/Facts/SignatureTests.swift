import PythonLanguage
import SourceCode
import Testing

struct SignatureTests {
    @Test(
        arguments: [
            ("def f(): pass", []),
            ("def f(a): pass", ["positional a"]),
            ("def f(a, /): pass", ["positionalOnly a"]),
            (
                "def f(a, b: int, /, c: str = 'x', *d: e, f, g=(1, 2), **h: i[j]): pass",
                [
                    "positionalOnly a", "positionalOnly b: int", "positional c: str = 'x'", "variadic d: e",
                    "keywordOnly f",
                    "keywordOnly g = (1, 2)", "variadicKeyword h: i[j]",
                ]
            ),
            ("def f(a, *, b=lambda c, d=1: c): pass", ["positional a", "keywordOnly b = lambda c, d=1: c"]),
            (
                "def f(a: 'x' = \\\n None, # why\n b: (int) = -1,): pass",
                ["positional a: 'x' = None", "positional b: int = -1"]
            ),
            ("async def f(*a: *b): pass", ["variadic a: *b"]),
            ("def f(match, type=case): pass", ["positional match", "positional type = case"]),
        ] as [(String, [String])]
    )
    func `gives each parameter's kind, annotation and default`(source: String, lines: [String]) throws {
        #expect(try Reading(source)().parameters.map(\.line) == lines)
    }

    @Test(arguments: [
        ("def f(self, a): pass", "receiver positional self"),
        ("def f(this, /, a): pass", "receiver positionalOnly this"),
        ("@classmethod\n    def f(cls): pass", "receiver positional cls"),
        ("@staticmethod\n    def f(self): pass", "positional self"),
        ("@builtins.staticmethod\n    def f(self): pass", "positional self"),
        ("def f(*self): pass", "variadic self"),
        ("def f(*, self): pass", "keywordOnly self"),
        ("if a:\n        def f(self): pass", "receiver positional self"),
        ("@property\n    async def f(self): pass", "receiver positional self"),
    ])
    func `knows a method's receiver`(method: String, line: String) throws {
        #expect(try Reading("class A:\n    \(method)\n")("A.f").parameters.first?.line == line)
    }

    @Test func `takes no first parameter of a nested function for a receiver`() throws {
        let reading = try Reading("class A:\n    def f(self):\n        def g(self): pass\n")

        #expect(try reading("A.f.g").parameters.map(\.line) == ["positional self"])
    }

    @Test(
        arguments: [
            ("def f() -> int: pass", "int"),
            ("def f() -> 'a.b' : pass", "'a.b'"),
            ("def f() -> lambda x: {y: z}: pass", "lambda x: {y: z}"),
            ("def f() \\\n  -> (a\n | b): pass", "a\n | b"),
            ("def f(): pass", nil),
        ] as [(String, String?)]
    )
    func `gives the return annotation as written`(source: String, annotation: String?) throws {
        #expect(try Reading(source)().returnAnnotation == annotation)
    }

    @Test func `gives decorators, bases and type parameters as written`() throws {
        let reading = try Reading(
            "@a\n@b.c(d, e)[f]\n# between\n@ g\nclass f[T: int, *Ts, **P = [x]](A[T], *b, metaclass=M, **c): pass\n"
        )

        #expect(try reading().decorators == ["a", "b.c(d, e)[f]", "g"])
        #expect(try reading().bases == ["A[T]", "*b", "metaclass=M", "**c"])
        #expect(try reading().typeParameters == ["T: int", "*Ts", "**P = [x]"])
    }

    @Test(
        arguments: [
            ("@overload\ndef f(): pass", .isOverload),
            ("@typing.overload\ndef f(): pass", .isOverload),
            ("@property\ndef f(): pass", .isProperty),
            ("@functools.cached_property\ndef f(): pass", .isProperty),
            ("@f.getter\ndef f(): pass", .isProperty),
            ("@abc.abstractproperty\ndef f(): pass", [.isProperty, .isAbstract]),
            ("@f.setter\ndef f(): pass", .isSetter),
            ("@setter\ndef f(): pass", []),
            ("@a.f.deleter\ndef f(): pass", .isDeleter),
            ("@staticmethod\ndef f(): pass", .isStaticMethod),
            ("@classmethod\n@abstractmethod\ndef f(): pass", [.isClassMethod, .isAbstract]),
            ("@typing_extensions.override\ndef f(): pass", .isOverride),
            ("@contextlib.contextmanager\ndef f(): pass", .isContextManager),
            ("@asynccontextmanager\ndef f(): pass", .isContextManager),
            ("@g.register(int)\ndef _(): pass", .isRegistration),
            ("@g.register\ndef f(): pass", []),
            ("@dataclass(frozen=True)\nclass f: pass", .isDataclass),
            ("@attr.s\nclass f: pass", .isDataclass),
            ("@attrs.define\nclass f: pass", .isDataclass),
            ("class f(enum.IntFlag): pass", .isEnum),
            ("class f(str, MyEnum): pass", .isEnum),
            ("class f(NamedTuple): pass", .isNamedTuple),
            ("class f(TypedDict, total=False): pass", .isTypedDict),
            ("class f(Protocol[T]): pass", .isProtocol),
            ("class f(type): pass", .isMetaclass),
            ("class f(abc.ABCMeta): pass", .isMetaclass),
            ("class f(metaclass=ABCMeta): pass", []),
            ("class f(LookupError): pass", .isException),
            ("class f(mod.HTTPException): pass", .isException),
            ("class f(UserWarning): pass", .isException),
            ("class f(BaseExceptionGroup): pass", .isException),
            ("class f(Errors): pass", []),
            ("class f(error=ValueError): pass", []),
        ] as [(String, DeclarationTraits)]
    )
    func `tells traits by decorators and bases`(source: String, traits: DeclarationTraits) throws {
        let told: DeclarationTraits = [
            .isOverload, .isProperty, .isAbstract, .isSetter, .isDeleter, .isStaticMethod, .isClassMethod, .isOverride,
            .isContextManager, .isRegistration, .isDataclass, .isEnum, .isNamedTuple, .isTypedDict, .isProtocol,
            .isMetaclass, .isException,
        ]

        let declaration = try #require(try Reading(source).outline.declarations.last)

        #expect(declaration.traits.intersection(told) == traits)
    }
}
