import Foundation
import Testing

@testable import docent

struct HelpPageTests {
    @Test(arguments: ["docent", "generate", "outline", "completions", "help", "json"])
    func `lays out help as the golden pages have it`(topic: String) throws {
        let page = topic == "docent" ? HelpPage.tool : try #require(HelpCommand.page(for: topic))

        try expectGolden(page, "help-\(topic).txt")
    }

    @Test(arguments: CommandList.all.map(\.name))
    func `stays within 80 columns`(topic: String) throws {
        let page = try #require(HelpCommand.page(for: topic))

        #expect(page.split(separator: "\n").filter { $0.count > 80 } == [])
    }

    @Test func `has help on every command, and says so`() {
        let topics = HelpCommand.manual.values

        #expect(topics == CommandList.all.map(\.name) + ["json"])
        #expect(topics.filter { HelpCommand.page(for: $0) == nil } == [])
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `writes completions that the shell can read`(shell: String) async throws {
        let console = TestConsole()
        _ = await Docent.run(["completions", shell], in: console.context())
        let script = console.output.text

        try expectGolden(script, "completions.\(shell)")
        guard Subprocess.isInstalled(shell) else { return }
        let check = try Subprocess.run([shell, "-n"], input: Data(script.utf8))
        #expect(check.code == 0, "\(check.errors)")
    }

    @Test(arguments: [
        ("docent ge", "generate"), ("docent generate --sty", "--style"), ("docent generate --style nu", "numpy"),
        ("docent generate --style = nu", "numpy"), ("docent generate --no-pri", "--no-private"),
        ("docent completions z", "zsh"), ("docent help js", "json"), ("docent --ver", "--version"),
    ])
    func `offers in bash what fits`(line: String, offer: String) throws {
        let words = line.split(separator: " ").map { "'\($0)'" }
        let script = """
            \(BashCompletions.script)
            COMP_WORDS=(\(words.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
            _docent
            printf '%s\\n' "${COMPREPLY[@]}"
            """

        let result = try Subprocess.run(["bash"], input: Data(script.utf8))

        #expect(result.text == offer + "\n")
    }
}

/// Compares a text with a file in `Golden/`, or writes the file when `UPDATE_GOLDEN=1`.
func expectGolden(_ text: String, _ name: String, source: String = #filePath) throws {
    let root = URL(filePath: source).deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden)
}
