import Documenter
import SourceCode
import Testing

@testable import docent

struct ArgumentParserTests {
    @Test(arguments: [
        (["a.py", "b"], ["a.py", "b"]),
        (["--diff", "a.py"], ["a.py"]),
        (["--", "--diff"], ["--diff"]),
        (["-"], ["-"]),
        (["-qj4", "a.py"], ["a.py"]),
        (["-j", "4", "a.py"], ["a.py"]),
        (["--style", "numpy", "a.py", "--line-length=79"], ["a.py"]),
    ])
    func `takes words that belong to no option for operands`(words: [String], operands: [String]) throws {
        let command = try ArgumentParser<GenerateCommand>.command(from: words)

        #expect(command.operands == operands)
    }

    @Test
    func `changes only the settings that are given, the last one counting`() throws {
        var project = Settings()
        project.include = ["*.py"]
        project.exclude = ["migrations"]
        project.documentsTests = true
        project.documentsPrivate = true
        let words = [
            "--style=epytext", "-s", "sphinx", "--no-private", "--nested", "--exclude", "x", "--exclude=y",
            "--include", "src/*", "-l79", "--types", "never", "--one-line-suites", "keep", "--jobs=3",
        ]

        let settings = try ArgumentParser<GenerateCommand>.command(from: words).changes.applied(to: project)

        var expected = project
        expected.style = "rest"
        expected.documentsPrivate = false
        expected.documentsNested = true
        expected.include = ["src/*"]
        expected.exclude = ["migrations", "x", "y"]
        expected.lineLength = 79
        expected.types = .never
        expected.oneLineSuites = .keep
        expected.jobs = 3
        #expect(settings == expected)
    }

    @Test(arguments: [
        (["generate", "--sytle", "numpy"], "unknown option '--sytle'; did you mean '--style'?"),
        (["generate", "--no-privat"], "unknown option '--no-privat'; did you mean '--no-private'?"),
        (["generate", "--one-line"], "unknown option '--one-line'; did you mean '--one-line-suites'?"),
        (["generate", "--zzzzzzzz"], "unknown option '--zzzzzzzz'"),
        (["generate", "--\u{1B}[31m"], "unknown option '--^[[31m'"),
        (["generate", "-diff"], "unknown option '-diff'; did you mean '--diff'?"),
        (["generate", "-x"], "unknown option '-x'"),
        (["generate", "--style"], "--style needs a value: auto, google, numpy, rest, sphinx, epytext"),
        (["generate", "--markdown", "--quiet"], "--markdown needs a value: DIR"),
        (["generate", "--style", "gogle"], "--style cannot be 'gogle'; did you mean 'google'?"),
        (
            ["generate", "--style=x"],
            "--style wants one of auto, google, numpy, rest, sphinx, epytext, not 'x'"
        ),
        (["generate", "-l", "5"], "-l wants a whole number from 20 to 1000, not '5'"),
        (["generate", "--jobs=many"], "--jobs wants a whole number from 1 to 1024, not 'many'"),
        (["generate", "--include="], "--include wants a value that is not empty, not ''"),
        (["price", "--input", "-5"], "--input wants a whole number from 0 to 1000000000000, not '-5'"),
        (["price", "--input", "-x"], "--input needs a value: N"),
        (
            ["complete", "--system", "-x"],
            "--system needs a value: TEXT; one that begins with a dash is written as in '--system=-x'"
        ),
        (["complete", "--system", "--stream"], "--system needs a value: TEXT"),
        (["generate", "--diff=yes"], "--diff takes no value; write it alone"),
        (["generate", ""], "an empty argument is no path; leave it out, or write '.'"),
        (["generate", "--json", "--diff"], "--json and --diff both write to standard output; choose one"),
        (
            ["generate", "--markdown", "d", "--check"],
            "--markdown writes pages and --check writes nothing; choose one"
        ),
        (["completions"], "name a shell: bash, zsh or fish"),
        (["completions", "bsh"], "there are no completions for 'bsh'; did you mean 'bash'?"),
        (["completions", "bash", "x"], "there is nothing to do with 'x'; 'completions' takes no more arguments"),
        (["help", "generat"], "no help on 'generat'; did you mean 'generate'?"),
        (["genrate"], "unknown command 'genrate'; did you mean 'generate'?"),
        (["src/app.py"], "'src/app.py' is no command; did you mean 'docent generate src/app.py'?"),
        (
            ["frobnicate"],
            "unknown command 'frobnicate'; there are generate, outline, complete, models, health, count, price, "
                + "completions, help"
        ),
        (["--versoin"], "unknown option '--versoin'; did you mean '--version'?"),
        (["--diff"], "unknown option '--diff'; options stand behind a command, as in 'docent generate --diff'"),
    ])
    func `says what is wrong with a command line and what to do`(words: [String], problem: String) {
        let error = #expect(throws: UsageError.self) { try CommandList.command(from: words) }

        #expect(error?.problem == problem)
    }

    @Test
    func `names the help page of the command`() {
        #expect(
            UsageError("unknown option '--x'", command: "generate").description
                == "docent: unknown option '--x'\nRun 'docent generate --help' to see what there is.\n"
        )
    }

    @Test(arguments: [
        ([], HelpPage.tool), (["--help"], HelpPage.tool), (["help"], HelpPage.tool), (["help", "json"], HelpPage.json),
        (["--version"], "docent 0.1.0\n"),
    ])
    func `shows help and version`(words: [String], text: String) async {
        let console = TestConsole()

        let code = await Docent.run(words, in: console.context())

        #expect(code == .done)
        #expect(console.output.text == text)
    }

    @Test(arguments: [["generate", "--help"], ["generate", "--nonsense", "-h"], ["help", "generate"]])
    func `shows a command's help whatever else is asked`(words: [String]) async {
        let console = TestConsole()

        let code = await Docent.run(words, in: console.context())

        #expect(code == .done)
        #expect(console.output.text == HelpCommand.page(for: "generate"))
    }
}
