import PythonLanguage
import SourceCode
import Testing

struct StringLiteralTests {
    @Test(arguments: [
        (#""abc""#, "abc"),
        ("'''a\r\n  b\rc'''", "a\n  b\nc"),
        (#"'a' "b" '''c'''"#, "abc"),
        ("('a' # 'no'\n \\\n  \"b\" # it's\r\n)", "ab"),
        (#"r'\n' R"\x" u'\n' U"\x41""#, "\\n\\x\nA"),
        ("'a\\\r\nb\\\rc\\\nd'", "abcd"),
        ("r'a\\\r\nb'", "a\\\nb"),
        (#"'\a\b\f\n\r\t\v\\\'\"'"#, "\u{7}\u{8}\u{C}\n\r\t\u{B}\\'\""),
        (#"'\0\18\101\1011\400\777'"#, "\0\u{1}8AA1\u{100}\u{1FF}"),
        (#"'\x41\u00e9\U0001F600\d\8\ \é'"#, #"Aé😀\d\8\ \é"#),
        (#"'\N{LATIN SMALL LETTER A}\N{greek small letter alpha}\N{NBSP}\N{lf}\N{BOM}'"#, "aα\u{A0}\n\u{FEFF}"),
        (
            #"'\N{HANGUL SYLLABLE GAG}\N{CJK UNIFIED IDEOGRAPH-4E00}\N{VS17}\N{LATIN CAPITAL LETTER GHA}'"#,
            "각一\u{E0100}Ƣ"
        ),
        (#"'\ud800x'"#, "\u{FFFD}x"),
        (#""""a\""" "b""""#, "a\"\"\" \"b"),
        ("''", ""),
    ])
    func `has the value that CPython gives it`(literal: String, value: String) throws {
        let bytes = Array(literal.utf8)

        #expect(StringLiteral.value(of: bytes[...], encoding: .utf8) == value)
        #expect(bytes.withUnsafeBufferPointer { StringLiteral.firstMistake(in: $0) } == nil)
    }

    @Test(arguments: [
        "b'a'", "f'a'", "rb'a'", "t'a'", "'a' b'b'", "name", "", "'a' + 'b'", "'open", "'a\\'", #"'\x4'"#, #"'\N{NO}'"#,
    ])
    func `has no value when it is not text`(literal: String) {
        #expect(StringLiteral.value(of: Array(literal.utf8)[...], encoding: .utf8) == nil)
    }

    @Test func `is read through the file's encoding`() throws {
        let cyrillic = try #require(PythonEncoding.named("koi8-r"))

        #expect(StringLiteral.value(of: [0x27, 0xC1, 0x5C, 0xC1, 0x5C, 0x6E, 0x27], encoding: cyrillic) == "а\\а\n")
    }

    @Test func `tells of lone surrogates`() {
        let literal = Array(#"'\ud83d\ude00'"#.utf8)

        let reading = literal.withUnsafeBufferPointer { StringLiteral.reading(of: $0, encoding: .utf8) }

        #expect(reading?.text == "\u{FFFD}\u{FFFD}")
        #expect(reading?.hasSurrogates == true)
    }

    @Test(arguments: [
        (#"'ab\x4'"#, 3, "truncated \\xXX escape"),
        (#"u'\u12'"#, 2, "truncated \\uXXXX escape"),
        (#"'\U0000'"#, 1, "truncated \\UXXXXXXXX escape"),
        (#"'\U00110000'"#, 1, "illegal Unicode character"),
        (#"'''\N'''"#, 3, "malformed \\N character escape"),
        (#"'\N{}'"#, 1, "malformed \\N character escape"),
        (#"'\\\n\N{NO SUCH}'"#, 5, "unknown Unicode character name"),
        (#"'\N{cjk unified ideograph-4e00}'"#, 1, "unknown Unicode character name"),
        (#"b'a\xg1'"#, 3, "invalid \\x escape"),
        ("Rb'\\xé'", 5, "bytes can only contain ASCII literal characters"),
    ])
    func `names the first mistake and its place`(literal: String, offset: Int, message: String) {
        let mistake = Array(literal.utf8).withUnsafeBufferPointer { StringLiteral.firstMistake(in: $0) }

        #expect(mistake?.offset == offset)
        #expect(mistake?.message == message)
    }

    @Test func `allows in bytes and in raw literals what is no escape there`() {
        for literal in [#"b'\u12\N{\U'"#, #"r'\x\u\N'"#, #"rb'\x'"#, #"b'\777'"#] {
            #expect(Array(literal.utf8).withUnsafeBufferPointer { StringLiteral.firstMistake(in: $0) } == nil)
        }
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `agrees with CPython on thousands of hostile literals`() throws {
        var generator = SeededGenerator(seed: 1)
        let pieces =
            #"\ \\ \n \x \x4 \x41 \u \u00e9 \ud800 \U0010ffff \U00110000 \N{DASH} \N{EM\ DASH} \N{ \N{NBSP} 7 \7 \477 " ' """ ''' é 漢 😀 a } # ( ) { \( \é"#
            .split(separator: " ").map(String.init) + ["\r\n", "\r", "\n", "\\\r\n", "\\\n", " ", "\u{0C}", "\u{85}"]
        let questions = (0..<8000).map { _ in
            (1...Int.random(in: 1...2, using: &generator)).map { _ in
                let quote = ["'", "\"", "'''", "\"\"\""].randomElement(using: &generator) ?? ""
                let prefix = ["", "", "r", "u", "R", "U", "b", "Rb"].randomElement(using: &generator) ?? ""
                return prefix + quote + generator.text(of: pieces, upTo: 7) + quote
            }.joined(separator: [" ", "\r\n", "# c'\r", "\\\n"].randomElement(using: &generator) ?? "")
        }
        let answers: [String?] = try PythonJudge.answers(
            to: questions,
            script: """
                def answer(source):
                    try:
                        value = ast.parse(('(' + source + '\\n)').encode()).body[0].value
                    except SyntaxError as error:
                        return 'mistake' if '(unicode error)' in str(error) or '(value error)' in str(error) else None
                    if not isinstance(value, ast.Constant) or len(ast.parse(('(' + source + '\\n)').encode()).body) > 1:
                        return None
                    if isinstance(value.value, bytes):
                        return 'bytes'
                    return '=' + ''.join('\\ufffd' if 0xD800 <= ord(c) <= 0xDFFF else c for c in value.value)
                """
        )

        #expect(answers.count { $0?.hasPrefix("=") == true } > 2000)
        #expect(answers.count { $0 == "mistake" } > 1000)
        for (question, answer) in zip(questions, answers) {
            guard let answer else { continue }
            let value = StringLiteral.value(of: Array(question.utf8)[...], encoding: .utf8)
            #expect(value.map { "=" + $0 } == (answer.hasPrefix("=") ? answer : nil), "\(question)")
        }
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `finds every character by CPython's name for it`() throws {
        let found: [[[String]]] = try PythonJudge.answers(
            to: [""],
            script: """
                import unicodedata
                def answer(_):
                    named = [(unicodedata.name(chr(i), ''), chr(i)) for i in range(0x110000)]
                    regular = ('CJK UNIFIED', 'HANGUL SYLLABLE')
                    return [(n, c) for n, c in named if n and (not n.startswith(regular) or ord(c) % 50 == 0)]
                """
        )

        let wrong = found[0].filter { pair in
            StringLiteral.value(of: Array("'\\N{\(pair[0])}'".utf8)[...], encoding: .utf8) != pair[1]
        }
        #expect(found[0].count > 30_000)
        #expect(wrong.prefix(10) == [])
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `reads every string of the standard library's modules as CPython does`() throws {
        let files: [[String]] = try PythonJudge.answers(
            to: [""],
            script: """
                import glob, os
                def answer(_):
                    folder = os.path.dirname(os.__file__)
                    return sorted(glob.glob(folder + '/*.py') + glob.glob(folder + '/test/test_s*.py'))
                """
        )
        let found: [[[String]]] = try PythonJudge.answers(
            to: files[0],
            script: """
                def answer(path):
                    result = {}
                    with open(path, 'rb') as file:
                        for token in tokenize.tokenize(file.readline):
                            if token.type == tokenize.STRING:
                                value = ast.literal_eval(token.string) if 'f' not in token.string[:2].lower() else b''
                                if isinstance(value, str):
                                    result[token.string] = ''.join('\\ufffd' if 0xD800 <= ord(c) < 0xE000 else c for c in value)
                    return list(result.items())
                """
        )

        let pairs = found.flatMap(\.self)
        #expect(pairs.count > 10_000)
        let wrong = pairs.filter { pair in
            let bytes = Array(pair[0].utf8)
            let value = StringLiteral.value(of: bytes[...], encoding: .utf8) ?? "no value"
            let mistake = bytes.withUnsafeBufferPointer { StringLiteral.firstMistake(in: $0) }
            return !value.utf8.elementsEqual(pair[1].utf8) || mistake != nil
        }
        #expect(wrong.prefix(5) == [])
    }
}
