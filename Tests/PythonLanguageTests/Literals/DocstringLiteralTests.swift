import PythonLanguage
import SourceCode
import Testing

struct DocstringLiteralTests {
    @Test(arguments: [
        ("Return it.", #""""Return it.""""#),
        ("  Return it. \n", #""""Return it.""""#),
        ("Return it.\n\nArgs:\n    x: No.", "\"\"\"Return it.\n\n    Args:\n        x: No.\n    \"\"\""),
        ("A\r\nB\rC\u{85}D\u{2028}E\u{B}F", "\"\"\"A\n    B\n    C\n    D\n    E\n    F\n    \"\"\""),
        (#"Match \d."#, #"r"""Match \d.""""#),
        (#"Ends in \"#, #""""Ends in \\""""#),
        ("Ends in \\\non two lines \\", "r\"\"\"Ends in \\\n    on two lines \\\n    \"\"\""),
        (#"Say "no""#, #""""Say "no\"""""#),
        (#"Say \ "no""#, #""""Say \\ "no\"""""#),
        (#""No" is said."#, #""""\"No" is said.""""#),
        ("\"No\"\nis said.", "\"\"\"\\\"No\"\n    is said.\n    \"\"\""),
        ("Has \"\"\" and \"\"\"\"\" inside.", #""""Has \"\"\" and \"\"\""" inside.""""#),
        ("Has \\ and \"\"\".", #""""Has \\ and \"\"\".""""#),
        ("\n  a\nb", "\"\"\"\n      a\n    b\n    \"\"\""),
        ("a\n\n    b", #""""a\#n\#n    b\#n    """"#),
        ("\ta\n\tb\n\t\tc", "\"\"\"a\n    b\n            c\n    \"\"\""),
        ("Nul\0 and \u{1B}[1m and\u{7F}.", #""""Nul and \u001b[1m and\u007f.""""#),
        ("é 漢 😀", #""""é 漢 😀""""#),
    ])
    func `is written with the quotes and escapes that the text needs`(text: String, literal: String) throws {
        let bytes = try source(text).get()

        #expect(String(decoding: bytes, as: UTF8.self) == literal)
    }

    @Test func `takes the file's line ends and indentation`() throws {
        let windows = try source("a\n\nb", indentation: "\t", lineEnding: .carriageReturnLineFeed).get()
        let classic = try source("a\nb", indentation: " \u{0C}  ", lineEnding: .carriageReturn).get()

        #expect(String(decoding: windows, as: UTF8.self) == "\"\"\"a\r\n\r\n\tb\r\n\t\"\"\"")
        #expect(String(decoding: classic, as: UTF8.self) == "\"\"\"a\r  b\r  \"\"\"")
    }

    @Test func `escapes what the file's encoding lacks`() throws {
        let cyrillic = try #require(PythonEncoding.named("koi8-r"))

        let bytes = try source("а € 😀 \\", encoding: cyrillic).get()

        #expect(bytes == [0x22, 0x22, 0x22, 0xC1] + Array(#" \u20ac \U0001f600 \\""""#.utf8))
    }

    @Test func `refuses empty texts, and several lines where there is room for one`() {
        let empty = source(" \n\u{A0}\n\0")
        let long = source("a\nb", oneLineOnly: true)

        #expect("\(empty)".contains("the docstring is empty"))
        #expect("\(long)".contains("a docstring of several lines does not fit on one line"))
        #expect(source("a\n", oneLineOnly: true) == .success(Array(#""""a""""#.utf8)))
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `is read back by CPython as the text it was made from`() throws {
        var generator = SeededGenerator(seed: 7)
        let pieces = #"\ \\ \n \N{ \x \u " " "" """ """" ' ''' é я € 漢 😀 a b. } # >>> %(x)s :"#
            .split(separator: " ").map(String.init)
        let blanks = [" ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "\0", "\u{B}", "\u{C}", "\u{1B}", "\u{A0}"]
        let rare = ["\u{85}", "\u{2028}", "\u{3000}", "\u{FEFF}", "\u{1C}", "\u{7F}", "\n        ", "\\\n", "\"\n"]
        let encodings = try ["utf-8", "ascii", "latin-1", "koi8-r", "cp1252", "cp437", "iso8859-8"].map { name in
            (name: name, encoding: try #require(PythonEncoding.named(name)))
        }
        var questions: [[String]] = []
        var expected: [String] = []
        for _ in 0..<10_000 {
            let text = generator.text(of: pieces + blanks + rare, upTo: 12)
            let (name, encoding) = encodings.randomElement(using: &generator) ?? encodings[0]
            let indentation =
                [" ", "    ", "\t", "\t\t", "  \t", "\u{C}   ", "  \u{C}\t"].randomElement(using: &generator) ?? ""
            let lineEnding = LineEnding.allCases.randomElement(using: &generator) ?? .lineFeed
            let result = source(text, indentation: indentation, lineEnding: lineEnding, encoding: encoding)
            guard case .success(let literal) = result else { continue }

            let value = try #require(StringLiteral.value(of: literal[...], encoding: encoding))
            #expect(cleanedDocstring(value) == DocstringLiteral.normalized(text))
            #expect(!encoding.decode(literal).contains("\0"))
            let end = lineEnding.rawValue
            let head = "# coding: \(name)\(end)def f():\(end)\(indentation)"
            let tail = "\(end)\(indentation)pass\(end)"
            questions.append([
                name, (Array(head.utf8) + literal + Array(tail.utf8)).map { String($0) }.joined(separator: " "),
            ])
            expected.append(DocstringLiteral.normalized(text))
        }
        let answers: [String] = try PythonJudge.answers(
            to: questions,
            script: """
                def answer(question):
                    tree = ast.parse(bytes(map(int, question[1].split())))
                    assert len(tree.body) == 1 and len(tree.body[0].body) == 2
                    return ast.get_docstring(tree.body[0], clean=True)
                """
        )

        #expect(answers.count > 8000)
        for (index, answer) in answers.enumerated() {
            #expect(answer.utf8.elementsEqual(expected[index].utf8), "\(questions[index])")
        }
    }

    private func source(
        _ text: String,
        indentation: String = "    ",
        lineEnding: LineEnding = .lineFeed,
        encoding: SourceEncoding = .utf8,
        oneLineOnly: Bool = false
    ) -> Result<[UInt8], DocstringLiteral.Refusal> {
        DocstringLiteral.source(
            for: text,
            indentation: Array(indentation.utf8),
            lineEnding: lineEnding,
            encoding: encoding,
            oneLineOnly: oneLineOnly
        )
    }
}
