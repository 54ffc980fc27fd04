import Foundation
import Testing

@testable import docent

/// The built program as a user's shell sees it.
struct BinaryTests {
    @Test(arguments: [
        (["--version"], 0, "docent 0.1.0\n", ""),
        ([], 0, HelpPage.tool, ""),
        (
            ["generate", "--sytle", "x"], 2, "",
            "docent: unknown option '--sytle'; did you mean '--style'?\n"
                + "Run 'docent generate --help' to see what there is.\n"
        ),
        (
            ["genrate"], 2, "",
            "docent: unknown command 'genrate'; did you mean 'generate'?\nRun 'docent --help' to see what there is.\n"
        ),
    ])
    func `answers on the right stream with the right code`(
        words: [String],
        code: Int32,
        output: String,
        errors: String
    ) throws {
        let result = try Subprocess.run([Self.path] + words)

        #expect(result.code == code)
        #expect(result.text == output)
        #expect(result.errors == errors)
    }

    @Test
    func `ends quietly when nobody reads on`() throws {
        let line = "'\(Self.path)' help json | true; '\(Self.path)' generate --help | head -n 1"

        let result = try Subprocess.run(["bash", "-c", line])

        #expect(result.text == "Write a docstring for every declaration that lacks one.\n")
        #expect(result.errors.isEmpty)
    }

    @Test
    func `shows no progress and no colours to a pipe, and changes no file of an empty folder`() throws {
        try Subprocess.withFolder { folder in
            let result = try Subprocess.run([Self.path, "generate", "--diff"], in: folder)

            #expect(result.text.isEmpty)
            #expect(!result.errors.contains("\u{1B}"))
            #expect(result.errors.contains("no .py or .pyi files under .; name another folder"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).isEmpty)
        }
    }

    /// The program beside the bundle of these tests.
    private static var path: String {
        let words = CommandLine.arguments
        let bundle = words.firstIndex(of: "--test-bundle-path").flatMap {
            words.indices.contains($0 + 1) ? words[$0 + 1] : nil
        }
        let file = URL(filePath: bundle ?? words[0])
        return file.deletingLastPathComponent().appending(path: "docent").path()
    }
}
