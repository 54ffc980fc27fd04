import PythonLanguage
import SourceCode
import Testing

struct StructureTests {
    @Test func `numbers the declarations of one path in file order`() throws {
        let reading = try Reading(
            """
            if a:
                def f(): pass
            else:
                def f(): pass
            class A:
                @property
                def x(self): pass
                @x.setter
                def x(self, a): pass
                def f(self):
                    def g(): pass
                    class B:
                        def h(self): pass
            class A:
                def f(self): pass
            def f(): pass

            """
        )

        #expect(
            reading.paths == [
                "f", "f #2", "A", "A.x", "A.x #2", "A.f", "A.f.g", "A.f.B", "A.f.B.h", "A #2", "A.f #2", "f #3",
            ]
        )
        #expect(reading.outline.declarations.map(\.record.line) == [1, 2, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16])
        #expect(reading.paths(with: .isNested) == ["A.f.g", "A.f.B", "A.f.B.h"])
        #expect(try reading("A.f").isMethod)
        #expect(try !reading("A.f.g").isMethod)
    }

    @Test func `knows what is declared under a condition`() throws {
        let reading = try Reading(
            """
            def f():
                if a:
                    def g():
                        def inner(): pass
                def h(): pass
            try:
                class A:
                    def method(self): pass
            except B:
                def in_handler(): pass
            finally:
                def in_finally(): pass
            with a: 
                def in_with(): pass
            for a in b:
                def in_for(): pass
            else:
                def in_else(): pass
            while a:
                @a
                async def in_while(): pass
            match a:
                case b:
                    def in_case(): pass

            """
        )

        #expect(
            reading.paths(with: .isConditional) == [
                "f.g", "A", "in_handler", "in_finally", "in_with", "in_for", "in_else", "in_while", "in_case",
            ]
        )
    }

    @Test(
        arguments: [
            ("# a\n# b\ndef f(): pass", "a\nb"),
            ("#: a\n@c\ndef f(): pass", "a"),
            ("# a\n\ndef f(): pass", nil),
            ("x = 1 # a\ndef f(): pass", nil),
            (" # a\ndef f(): pass", nil),
            ("# a\n\n# b\ndef f(): pass", "b"),
            ("#a\n#  b\n##c\n#\ndef f(): pass", "a\n b\nc\n"),
            ("@c\n# a\ndef f(): pass", nil),
            ("# a\r\n# b\r\ndef f(): pass", "a\nb"),
            ("# a\r# b\rdef f(): pass", "a\nb"),
            ("'''\n# a\n'''\ndef f(): pass", nil),
        ] as [(String, String?)]
    )
    func `finds the comment above a declaration`(source: String, comment: String?) throws {
        #expect(try Reading(source)().leadingComment == comment)
    }

    @Test(
        arguments: [
            ("def f(): # a\n    pass", "a", nil),
            ("def f(): pass # a", nil, nil),
            ("def f(\n  b, # no\n): # a\n    pass", "a", nil),
            ("def f():\n    # a\n    # b\n    pass", nil, "a\nb"),
            ("def f(): # a\n\n    # b\n    pass", "a", "b"),
            ("def f():\n    # a\n\n    pass", nil, nil),
            ("def f():\n# a\n    pass", nil, nil),
            ("def f():\n    'doc' # a\n    # b\n    pass", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `finds the comments of header and body`(source: String, header: String?, body: String?) throws {
        let declaration = try Reading(source)()

        #expect(declaration.headerComment == header)
        #expect(declaration.bodyComment == body)
    }

    @Test(
        arguments: [
            ("def f():\n    'a'\n    pass", "'a'", "a"),
            ("def f(): 'a'; pass", "'a'", "a"),
            ("def f():\n    ('a'\n    'b')", "'a'\n    'b'", "ab"),
            ("def f():\n    'a' \\\n    \"b\"; pass", "'a' \\\n    \"b\"", "ab"),
            ("def f():\n    # c\n    r'\\a' u'b'", "r'\\a' u'b'", "\\ab"),
            ("def f():\n    '''a\n    b\n      c\n    '''", "'''a\n    b\n      c\n    '''", "a\nb\n  c"),
            ("class f: 'a'", "'a'", "a"),
            ("def f():\n    f'a'", nil, nil),
            ("def f():\n    b'a'", nil, nil),
            ("def f():\n    'a' f'b'", nil, nil),
            ("def f():\n    'a' + 'b'", nil, nil),
            ("def f():\n    'a', 'b'", nil, nil),
            ("def f():\n    'a'.b", nil, nil),
            ("def f():\n    pass\n    'a'", nil, nil),
            ("def f():\n    x = 'a'", nil, nil),
            ("def f(): pass; 'a'", nil, nil),
            ("def f():\n    if a: 'a'", nil, nil),
            ("def f():\n    ''", "''", ""),
        ] as [(String, String?, String?)]
    )
    func `finds the docstring and cleans it`(source: String, literals: String?, text: String?) throws {
        let declaration = try Reading(source)()
        let range = declaration.record.docstring

        #expect(declaration.hasDocstring == (literals != nil))
        #expect((range.isEmpty ? nil : declaration.outline.text(range)) == literals)
        #expect(PythonLanguage().docstring(of: declaration) == text)
    }

    @Test(arguments: [
        ("'a'\nx = 1", "'a'"),
        ("#!x\n# coding: utf-8\n\n'a'", "'a'"),
        ("\u{FEFF}'a'", "'a'"),
        ("('a')", "'a'"),
        ("x = 1\n'a'", ""),
        ("from __future__ import a\n'a'", ""),
        ("pass; 'a'", ""),
        ("", ""),
    ])
    func `finds the docstring of a module`(source: String, literals: String) throws {
        let outline = try Reading(source).outline

        #expect(outline.text(outline.tables.declarations[0].docstring) == literals)
    }

    @Test(arguments: [
        ("def f():\n    pass", true),
        ("def f(): ...", true),
        ("def f():\n    'doc'\n    ...", true),
        ("def f():\n    'doc'", true),
        ("def f(): raise NotImplementedError", true),
        ("def f(): raise NotImplementedError('a')", true),
        ("class f(A): pass", true),
        ("class f:\n    'doc'\n    pass", true),
        ("def f(): raise a.NotImplementedError", false),
        ("def f(): return", false),
        ("def f(): return NotImplemented", false),
        ("def f(): raise ValueError", false),
        ("def f():\n    if a: pass", false),
        ("class f:\n    x: int", false),
        ("class f:\n    def g(self): pass", false),
        ("def f(): a", false),
        ("def f(): yield", false),
        ("def f(): global a", true),
    ])
    func `knows a stub`(source: String, isStub: Bool) throws {
        #expect(try Reading(source)().traits.contains(.isStub) == isStub)
    }

    @Test(arguments: [
        ("__doc__ = 'a'", "", true),
        ("__doc__: str = 'a'", "", true),
        ("a, __doc__ = b", "", true),
        ("if a: __doc__ = b", "", true),
        ("__doc__ += 'a'", "", true),
        ("x = __doc__", "", false),
        ("class f:\n    __doc__ = a", "f", true),
        ("class f:\n    def g(self): __doc__ = a", "f", false),
        ("def f(): __doc__ = a", "f", false),
        ("a.__doc__ = b", "", false),
    ])
    func `knows what sets its docstring itself`(source: String, path: String, isSet: Bool) throws {
        #expect(try Reading(source)(path).traits.contains(.setsDocstringItself) == isSet)
    }

    @Test func `marks generated files and formatter-off zones`() throws {
        let generated = try Reading("# @generated\nclass A:\n    def f(self): pass\n")
        let zoned = try Reading(
            "def a():\n    pass\n# fmt: off\ndef b():\n    pass\n# fmt: on\ndef c():\n    pass\ndef d(): pass # fmt: skip\n"
        )

        #expect(generated.paths(with: .isGenerated) == ["", "A", "A.f"])
        #expect(zoned.paths(with: .isInProtectedZone) == ["b", "d"])
        #expect(zoned.paths(with: .isGenerated) == [])
    }
}
