import Documenter
import SourceCode
import Testing

struct SelectionTests {
    @Test(
        arguments: [
            ("def open_gate():", nil),
            ("def _open_gate():", .isPrivate),
            ("def __getattr__():", nil),
            ("def __open():", .isPrivate),
            ("def ____():", .isPrivate),
            ("@overload\ndef f():", .overload),
            ("@f.setter\ndef f():", .accessor),
            ("@f.deleter\ndef f():", .accessor),
            ("@f.register\ndef _():", .registration),
            ("@f.register\ndef widen():", nil),
            ("@override\ndef f():", .override),
            ("@app.command()\ndef f():", .runtimeData),
            ("@selfmade\nclass A:", .setsItself),
            ("@generated\ndef f():", .generated),
            ("@protected\ndef f():", .protectedZone),
            ("def test_flow():", .test),
            ("def testimony():", nil),
            ("class FlowTests(TestCase):", .test),
            ("class FlowTests(unittest.IsolatedAsyncioTestCase):", .test),
            ("class GateTestCase(TestCase):", nil),
            ("class TestClient:", nil),
            ("if __name__ == \"__main__\":\n    def main():", .nested),
            ("if sys.version_info > (3, 9):\n    def main():", nil),
            ("def f():\n    \"\"\"Says it.\"\"\"", .documented),
        ] as [(String, SkipReason?)]
    )
    func `leaves a declaration as it is for the reason its name and traits give`(
        source: String,
        reason: SkipReason?
    ) {
        #expect(reasons(source).last == .some(reason))
    }

    @Test(
        arguments: [
            ("class _A:\n    def f(self):", .isPrivate),
            ("class _A:\n    def __len__(self):", .isPrivate),
            ("class A:\n    def __init__(self):", .initializer),
            ("def __init__(self):", nil),
            ("def f():\n    def g():", .nested),
            ("def f():\n    class G:", .nested),
            ("class TestA:\n    def test_b(self):", .test),
            ("class A:\n    def test_b(self):", nil),
            ("if __name__ == \"__main__\":\n    class A:\n        def f(self):", .nested),
        ] as [(String, SkipReason?)]
    )
    func `treats a member no better than what holds it`(source: String, reason: SkipReason?) {
        #expect(reasons(source).last == .some(reason))
    }

    @Test(
        arguments: [
            ("gate.py", [nil, nil]),
            ("_gate.py", [.isPrivate, nil]),
            ("_locks/gate.py", [.isPrivate, nil]),
            ("__main__.py", [nil, nil]),
            ("gate.pyi", [.stubFile, .stubFile]),
            ("test_gate.py", [.test, .test]),
            ("gate_test.py", [.test, .test]),
            ("conftest.py", [.test, .test]),
            ("pkg/tests/gate.py", [.test, .test]),
            ("test/gate.py", [.test, .test]),
            ("django/test/gate.py", [nil, nil]),
            ("pip/_vendor/gate.py", [.vendored, .vendored]),
            ("latest.py", [nil, nil]),
        ] as [(String, [SkipReason?])]
    )
    func `takes a file's place into account`(path: String, expected: [SkipReason?]) {
        #expect(reasons("def f():", path: path) == expected)
    }

    @Test func `leaves an empty package file alone unless initializers are wanted`() {
        #expect(reasons("", path: "pkg/__init__.py") == [.emptyPackage])
        #expect(reasons("", path: "pkg/gate.py") == [nil])
        var settings = Settings()
        settings.documentsInitializers = true
        #expect(reasons("", path: "pkg/__init__.py", settings) == [nil])
    }

    @Test func `spares a whole generated file`() {
        let outline = SketchLanguage().read(SourceFile(text: "def f():"))
        var tables = outline.tables
        tables.declarations[0].traits = .isGenerated
        let generated = SourceOutline(file: outline.file, encoding: .utf8, layout: (.lineFeed, "    "), tables: tables)

        #expect(Selection(Settings()).skipReasons(in: generated, file: []) == [.generated, .generated])
    }

    @Test func `documents with every option on all but what must never be`() {
        let source = """
            @overload
            def f(a):
            @x.setter
            def x(self):
            @f.register
            def _(a):
            @protected
            def g():
            @f.register
            def h(a):
            @override
            def i():
            @command
            def j():
            @selfmade
            class _K:
                def __init__(self):
                    def inner():
            class TestL(TestCase):
                def test_it(self):
            if __name__ == "__main__":
                def main():
            """
        let never: [SkipReason] = [.overload, .accessor, .registration, .protectedZone]

        let found = reasons(source, path: "pip/_vendor/tests/test_x.pyi", everything)

        #expect(found == [nil] + never + Array(repeating: nil, count: 9))
        #expect(reasons("", path: "tests/__init__.py", everything) == [nil])
    }

    @Test func `documents again what has a docstring only when overwriting, and never an overload`() {
        var settings = Settings()
        settings.overwrites = true
        let source = "def f():\n    \"\"\"A.\"\"\"\n@overload\ndef g():\n    \"\"\"B.\"\"\""

        #expect(reasons(source, settings) == [nil, nil, .overload])
        #expect(reasons(source) == [nil, .documented, .documented])
    }

    private var everything: Settings {
        var settings = Settings()
        settings.documentsPrivate = true
        settings.documentsNested = true
        settings.documentsInitializers = true
        settings.documentsTests = true
        settings.documentsRuntimeData = true
        settings.documentsStubs = true
        return settings
    }

    private func reasons(_ source: String, path: String = "gate.py", _ settings: Settings = Settings()) -> [SkipReason?]
    {
        let language = SketchLanguage()
        let outline = language.read(SourceFile(path: path, text: source))
        let file = FileTraits(path: path, stubExtensions: language.stubExtensions)
        return Selection(settings).skipReasons(in: outline, file: file)
    }
}
