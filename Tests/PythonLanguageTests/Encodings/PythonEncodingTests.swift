import Foundation
import PythonLanguage
import SourceCode
import Testing

struct PythonEncodingTests {
    @Test(arguments: [
        ("x = 1\n", "utf-8"),
        ("# coding: latin-1\n", "iso8859-1"),
        ("# -*- coding: iso-latin-1-unix -*-\n", "iso8859-1"),
        ("#!/usr/bin/python\n# vim: set fileencoding=Windows-1252 :\n", "cp1252"),
        ("\u{0C}\t \r# coding=KOI8_R\r", "koi8-r"),
        ("\r\n#coding:U8\r\n", "utf-8"),
        ("# coding: utf-8-anything\n", "utf-8"),
        ("# coding:\n# coding: l9", "iso8859-15"),
        ("# coding: =coding=cp437", "cp437"),
        ("\n\n# coding: gbk\n", "utf-8"),
        ("x = 1\n# coding: gbk\n", "utf-8"),
        ("\\\n# coding: gbk\n", "utf-8"),
        ("# coding : gbk\n", "utf-8"),
        ("# coding: iso.8859.5", "iso8859-5"),
    ])
    func `takes the encoding from the cookie in one of the first two lines`(source: String, name: String) throws {
        let found = try PythonEncoding.detect(Array(source.utf8)).get()

        #expect(found.encoding.name == name)
        #expect(found.contentStart == 0)
    }

    @Test func `skips a byte-order mark`() throws {
        let found = try PythonEncoding.detect([0xEF, 0xBB, 0xBF] + "# coding: UTF_8-sig\n".utf8).get()

        #expect(found.encoding.name == "utf-8")
        #expect(found.contentStart == 3)
    }

    @Test(arguments: [
        ("# coding: gbk\n", 1, 11, "encoding 'gbk' is not supported; convert the file to UTF-8"),
        ("\n# coding: rot13\n", 2, 11, "encoding 'rot13' is not supported; convert the file to UTF-8"),
        ("# coding: .cp1252\n", 1, 11, "encoding '.cp1252' is not supported; convert the file to UTF-8"),
        ("\u{FEFF}# coding: utf8\n", 1, 14, "encoding 'utf8' contradicts the byte-order mark, which says UTF-8"),
        ("# coding: ascii\r\nx\r\r# é\n", 4, 3, "byte 0xC3 is not valid in ascii"),
    ])
    func `refuses with the place and the reason`(source: String, line: Int, column: Int, reason: String) {
        let problem = problem(in: Array(source.utf8))

        #expect(problem?.reason == reason)
        #expect(problem?.line == line)
        #expect(problem?.column == column)
    }

    @Test func `refuses bytes that a table leaves undefined`() {
        let problem = problem(in: "# coding: cp1253\nx = '".utf8 + [0xC1, 0xD2])

        #expect(problem?.reason == "byte 0xD2 is not valid in cp1253")
        #expect(problem?.line == 2)
        #expect(problem?.column == 7)
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `decodes and encodes every byte of every table as CPython does`() throws {
        let names = """
            ascii iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10
            iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256
            cp1257 cp1258 cp437 cp850 cp852 cp855 cp866 koi8-r koi8-u mac-roman tis-620
            """.split { $0 == " " || $0 == "\n" }
        let tables: [[Int]] = try PythonJudge.answers(
            to: names.map(String.init),
            script: """
                def answer(name):
                    texts = [bytes([i]).decode(name, 'replace') for i in range(256)]
                    assert codecs.lookup(name).name == name
                    return [-1 if text == '\\ufffd' else ord(text) for text in texts]
                """
        )

        for (name, table) in zip(names, tables) {
            let encoding = try #require(PythonEncoding.named(String(name)))
            #expect(encoding.name == name)
            for (byte, scalar) in table.enumerated() {
                let text = encoding.decode([UInt8(byte)])
                #expect(text.unicodeScalars.first?.value == (scalar < 0 ? 0xFFFD : UInt32(scalar)), "\(name) \(byte)")
                if scalar >= 0 { #expect(try encoding.encode(text).get() == [UInt8(byte)], "\(name) \(byte)") }
            }
        }
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `knows every alias that CPython has for its encodings, and agrees on thousands of first lines`() throws {
        let aliases: [[String]] = try PythonJudge.answers(
            to: [""],
            script: """
                import encodings.aliases
                def answer(_):
                    return sorted(set(encodings.aliases.aliases) | set(encodings.aliases.aliases.values()))
                """
        )
        let names =
            aliases[0] + ["UTF-8", "Latin_1", "latin-1-x", "iso-8859-1x", "utf--8", "-cp1252-", "cp__1251", "u.8"]
        let sources = names.flatMap { name in
            [
                "# coding: \(name)\n", "#!x\r\n\t#coding=\(name.uppercased()) \r\n",
                "\u{FEFF}#coding:\(name.lowercased())", "\r#coding:\t\(name)",
            ]
        }
        let answers: [String] = try PythonJudge.answers(
            to: sources,
            script: """
                def answer(source):
                    try:
                        ast.parse(source.encode())
                    except (SyntaxError, LookupError, ValueError):
                        return ''
                    return codecs.lookup(tokenize.detect_encoding(io.BytesIO(source.replace('\\r\\n', '\\n').replace('\\r', '\\n').encode()).readline)[0]).name.replace('-sig', '')
                """
        )

        for (source, answer) in zip(sources, answers) {
            guard case .success(let found) = PythonEncoding.detect(Array(source.utf8)) else {
                #expect(answer.isEmpty || !Self.shipped.contains(answer), "\(source)")
                continue
            }
            #expect(found.encoding.name == answer, "\(source)")
        }
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `agrees with CPython on every file of the standard library and its tests`() throws {
        let answers: [[[String]]] = try PythonJudge.answers(
            to: [""],
            script: """
                import glob, os
                def judged(path):
                    with open(path, 'rb') as file:
                        source = file.read()
                    try:
                        name = tokenize.detect_encoding(io.BytesIO(source).readline)[0]
                        source.decode(name)
                    except (SyntaxError, LookupError, ValueError):
                        return [path, '']
                    return [path, codecs.lookup(name).name.replace('-sig', '')]
                def answer(_):
                    folder = os.path.dirname(os.__file__)
                    paths = [p for p in glob.glob(folder + '/**/*.py', recursive=True) if 'site-packages' not in p]
                    return [judged(path) for path in sorted(paths)]
                """
        )

        #expect(answers[0].count > 500)
        for file in answers[0] {
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: file[0])))
            switch PythonEncoding.detect(bytes) {
            case .success(let found): #expect(found.encoding.name == file[1], "\(file[0])")
            case .failure: #expect(!Self.shipped.contains(file[1]), "\(file[0])")
            }
        }
    }

    private static let shipped = Set(["ascii", "utf-8", "koi8-r", "koi8-u", "mac-roman", "tis-620"])
        .union((1...16).map { "iso8859-\($0)" })
        .union([437, 850, 852, 855, 866, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map { "cp\($0)" })

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0x80], [0xE2, 0x82],
            [0xED, 0xA0, 0x80],
            [0xE2, 0x28, 0xA1], [0xF0, 0x8F, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80],
            [0xFF],
        ] as [[UInt8]]
    )
    func `finds malformed UTF-8 wherever it stands`(malformed: [UInt8]) {
        for filler in [0, 1, 7, 8, 31, 32, 33, 100] {
            let front = Array(repeating: UInt8(ascii: "x"), count: filler) + "é€😀".utf8

            #expect(problem(in: front + malformed)?.offset == front.count)
            #expect(problem(in: front + malformed + "xxxx".utf8)?.offset == front.count)
            #expect(problem(in: front + front) == nil)
        }
    }

    private func problem(in bytes: [UInt8]) -> EncodingProblem? {
        guard case .failure(let problem) = PythonEncoding.detect(bytes) else { return nil }
        return problem
    }
}
