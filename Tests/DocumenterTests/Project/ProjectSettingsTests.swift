import Docstrings
import Documenter
import SourceCode
import Testing

struct ProjectSettingsTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(to: ".git/HEAD")
        try folder.write(to: "src/pkg/a.py")
        try folder.write(to: "src/b.py")
    }

    private func read(_ paths: String...) throws -> ProjectSettings {
        try ProjectSettings.read(for: paths.map { folder($0) })
    }

    @Test func `the defaults hold without a file`() throws {
        let project = try read("src")

        var expected = Settings()
        expected.lineLength = 88
        #expect(project.settings == expected)
        #expect(project.folder == nil)
        #expect(project.fallbackStyle == nil)
    }

    @Test func `reads every key`() throws {
        let text = """
            [project]
            name = "x"
            [tool.docent]
            style = "numpy"
            line-length = 100
            types = "never"
            include = ["src/**/*.py", "*.pyi"]
            exclude = ["gen/", "./top.py", "/abs"]
            private = true
            nested = true
            init = true
            tests = true
            overwrite = true
            one-line-suites = "keep"
            runtime-docstrings = true
            stubs = true
            jobs = 3
            """
        try folder.write(text, to: "pyproject.toml")

        let project = try read("src/pkg/a.py", "src/b.py")

        var expected = Settings()
        expected.style = "numpy"
        expected.lineLength = 100
        expected.types = .never
        expected.include = [folder("src/**/*.py"), folder("**/*.pyi")]
        expected.exclude = [folder("**/gen/"), folder("top.py"), "/abs"]
        expected.documentsPrivate = true
        expected.documentsNested = true
        expected.documentsInitializers = true
        expected.documentsTests = true
        expected.overwrites = true
        expected.oneLineSuites = .keep
        expected.documentsRuntimeData = true
        expected.documentsStubs = true
        expected.jobs = 3
        #expect(project.settings == expected)
        #expect(project.folder == folder.path)
    }

    @Test func `reports every mistake at once, and none of other tools`() throws {
        let text = """
            [tool.docent]
            line_length = 90
            style = "nunpy"
            types = true
            jobs = 0
            include = ["[a", 3]
            exclude = "gen"
            line-length = 10
            private = "yes"
            nested = maybe
            tests = true
            tests = false
            one-line-suites = "break"
            [tool.other]
            broken = = 3
            [tool.docent.more]
            x = 1
            """
        try folder.write(text, to: "pyproject.toml")

        let error = #expect(throws: ProjectError.self) { try read("src") }

        let file = folder("pyproject.toml")
        #expect(
            error?.description == """
                \(file):2: unknown key `line_length` in [tool.docent]; did you mean `line-length`?
                \(file):3: `style` is `nunpy`, but must be auto, google, numpy, rest or epytext; did you mean `numpy`?
                \(file):4: `types` must be a string, not a boolean
                \(file):5: `jobs` is 0, but must be from 1 to 1024
                \(file):6: `include` must hold strings only
                \(file):6: `include`: the glob `[a` has a `[` without a `]`
                \(file):7: `exclude` must be an array of strings, not a string
                \(file):8: `line-length` is 10, but must be from 20 to 1000
                \(file):9: `private` must be true or false, not a string
                \(file):10: `maybe` is no value; write strings in quotes
                \(file):12: the key `tests` is defined twice, first on line 11
                \(file):13: `one-line-suites` is `break`, but must be keep or split
                \(file):16: unknown key `more` in [tool.docent]
                """
        )
    }

    @Test(arguments: [
        ("[tool.docent\nstyle = 'x'", ":1: a table's header is not closed with ]"),
        ("tool.docent = 3", ":1: `tool.docent` must be a table, not an integer"),
        ("[tool.docent]\n[tool.docent]", ":2: the table `tool.docent` is defined twice, first on line 1"),
        ("[tool]\ndocent.jobs = 'x'", ":2: `jobs` must be an integer, not a string"),
        ("[[tool.docent]]", ":1: `tool.docent` must be a table, not an array of tables"),
    ])
    func `reports a broken section`(text: String, message: String) throws {
        try folder.write(text, to: "pyproject.toml")

        let error = #expect(throws: ProjectError.self) { try read("src") }

        #expect(error?.description == folder("pyproject.toml") + message)
    }

    @Test(arguments: [
        ("pyproject.toml", "[tool.ruff]\nline-length = 99", 99, nil),
        ("pyproject.toml", "[tool.black]\nline-length = 79", 79, nil),
        ("pyproject.toml", "[tool.ruff]\nselect = []\n[tool.black]\nline-length = 79", 79, nil),
        ("pyproject.toml", "[tool.ruff]\nline-length = 99\n[tool.black]\nline-length = 79", 99, nil),
        ("pyproject.toml", "[tool.ruff]\nline-length = 99\n[tool.ruff.lint.pycodestyle]\nmax-doc-length = 72", 72, nil),
        (
            "pyproject.toml", "[tool.ruff.lint]\npycodestyle.max-line-length = 120\npydocstyle.convention='numpy'", 120,
            "numpy"
        ),
        ("pyproject.toml", "[tool.ruff.pydocstyle]\nconvention = 'google'", 88, "google"),
        ("pyproject.toml", "[tool.ruff.lint.pydocstyle]\nconvention = 'pep257'", 88, nil),
        ("pyproject.toml", "[tool.ruff]\nline-length = 'wide'", 88, nil),
        ("pyproject.toml", "[tool.ruff]\nline-length = 99\n[tool.docent]\nline-length = 60", 60, nil),
        ("ruff.toml", "line-length = 77\n[lint.pydocstyle]\nconvention = 'google'", 77, "google"),
        (".ruff.toml", "line-length = 78", 78, nil),
        ("src/ruff.toml", "line-length = 77", 77, nil),
        ("src/pkg/ruff.toml", "line-length = 77", 88, nil),
        ("src/ruff.toml", "extend = '../base.toml'\n[lint.pydocstyle]\nconvention = 'google'", 66, "google"),
        ("src/ruff.toml", "extend = 'ruff.toml'", 88, nil),
    ])
    func `takes the line length and style of ruff and black`(file: String, text: String, length: Int, style: String?)
        throws
    {
        try folder.write("line-length = 66", to: "base.toml")
        try folder.write(text, to: file)

        let project = try read("src/b.py", "src/pkg")

        #expect(project.settings.lineLength == length)
        #expect(project.fallbackStyle == style)
    }

    @Test func `the nearest file with a section counts, up to the top of the repository`() throws {
        try folder.write("[tool.docent]\njobs = 2", to: "pyproject.toml")
        try folder.write("[project]\nname = 'pkg'", to: "src/pkg/pyproject.toml")

        let inside = try read("src/pkg/a.py")
        try folder.write(to: "src/.git/HEAD")
        let below = try read("src/pkg/a.py")

        #expect(inside.settings.jobs == 2)
        #expect(inside.folder == folder.path)
        #expect(below.settings.jobs == nil)
        #expect(below.folder == folder("src/pkg"))
    }

    @Test func `globs of the file hold for its folder wherever the user is`() throws {
        try folder.write("[tool.docent]\nexclude = ['pkg', 'src/b.py']", to: "pyproject.toml")
        try folder.write(to: "src/c.py")
        let settings = try read("src").settings

        let tree = try SourceTree(settings: settings, fileExtensions: ["py"], workingFolder: "/")

        #expect(try tree.files(under: [folder("src")]).files.map(\.path) == [folder("src/c.py")])
    }

    @Test func `options are checked by the same sentences`() throws {
        var settings = Settings()
        settings.style = "Google"
        settings.lineLength = 7
        settings.jobs = 5000
        settings.exclude = ["{a"]

        let error = #expect(throws: ProjectError.self) { try settings.validated() }

        #expect(
            error?.description == """
                `style` is `Google`, but must be auto, google, numpy, rest or epytext; did you mean `google`?
                `line-length` is 7, but must be from 20 to 1000
                `jobs` is 5000, but must be from 1 to 1024
                `exclude`: the glob `{a` has a `{` without a `}`
                """
        )
    }

    @Test(arguments: [("auto", nil), ("sphinx", "rest"), ("epytext", "epytext"), (nil, nil)])
    func `names of styles are made plain`(name: String?, expected: String?) throws {
        var settings = Settings()
        settings.style = name

        #expect(try settings.validated().style == expected)
    }

    @Test(arguments: [("excluded", "exclude"), ("tset", "test"), ("zzz", nil), ("include_", "include")])
    func `suggests what is spelled nearly so`(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["include", "exclude", "test"]) == expected)
    }
}
