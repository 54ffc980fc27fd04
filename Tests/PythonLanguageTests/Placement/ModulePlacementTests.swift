import PythonLanguage
import SourceCode
import Testing

struct ModulePlacementTests {
    @Test(
        arguments: [
            ("", "\"\"\"A.\"\"\"\n"),
            ("\n", "\"\"\"A.\"\"\"\n\n"),
            ("x = 1\n", "\"\"\"A.\"\"\"\n\nx = 1\n"),
            ("x = 1", "\"\"\"A.\"\"\"\n\nx = 1"),
            ("\n\nx = 1\n", "\"\"\"A.\"\"\"\n\n\nx = 1\n"),
            ("  \nx = 1\n", "\"\"\"A.\"\"\"\n  \nx = 1\n"),
            ("from __future__ import a\n", "\"\"\"A.\"\"\"\n\nfrom __future__ import a\n"),
            ("#!/bin/x\n", "#!/bin/x\n\"\"\"A.\"\"\"\n"),
            ("#!/bin/x", "#!/bin/x\n\"\"\"A.\"\"\"\n"),
            ("# c", "# c\n\"\"\"A.\"\"\"\n"),
            ("# c\r\n# d", "# c\r\n# d\r\n\"\"\"A.\"\"\"\r\n"),
            (
                "#!/bin/x\n# coding: utf-8\n# Licence\n\nimport a\n",
                "#!/bin/x\n# coding: utf-8\n# Licence\n\"\"\"A.\"\"\"\n\nimport a\n"
            ),
            ("# Licence\nimport a\n", "# Licence\n\"\"\"A.\"\"\"\n\nimport a\n"),
            ("# Licence\n\n# More\nimport a\n", "# Licence\n\"\"\"A.\"\"\"\n\n# More\nimport a\n"),
            ("# About f\ndef f(): pass\n", "\"\"\"A.\"\"\"\n\n# About f\ndef f(): pass\n"),
            (
                "# coding: utf-8\n# About f\ndef f(): pass\n",
                "# coding: utf-8\n\"\"\"A.\"\"\"\n\n# About f\ndef f(): pass\n"
            ),
            ("#!/bin/x\n# About f\n@a\ndef f(): pass\n", "#!/bin/x\n\"\"\"A.\"\"\"\n\n# About f\n@a\ndef f(): pass\n"),
            ("# Licence\n\n# About f\ndef f(): pass\n", "# Licence\n\"\"\"A.\"\"\"\n\n# About f\ndef f(): pass\n"),
            ("\u{FEFF}", "\u{FEFF}\"\"\"A.\"\"\"\n"),
            ("\u{FEFF}# c\nx = 1\n", "\u{FEFF}# c\n\"\"\"A.\"\"\"\n\nx = 1\n"),
            ("\u{0C}\nx = 1\n", "\"\"\"A.\"\"\"\n\u{0C}\nx = 1\n"),
            ("x = 1\r", "\"\"\"A.\"\"\"\r\rx = 1\r"),
            ("'old'\nx = 1\n", "\"\"\"A.\"\"\"\nx = 1\n"),
            ("# c\n('old') # d\n", "# c\n(\"\"\"A.\"\"\") # d\n"),
            ("\u{FEFF}'old'\n", "\u{FEFF}\"\"\"A.\"\"\"\n"),
            ("pass\n'no'\n", "\"\"\"A.\"\"\"\n\npass\n'no'\n"),
            ("f'no'\n", "\"\"\"A.\"\"\"\n\nf'no'\n"),
        ]
    )
    func `stands behind the file's own header and in front of all else`(source: String, result: String) throws {
        let placed = try Placed(source, ["": "A."])

        #expect(placed.text == result)
        #expect(placed.refusals.isEmpty)
    }

    @Test func `keeps a byte-order mark on its line`() throws {
        let placed = try Placed("\u{FEFF}x = 1\n", ["": "A."])

        #expect(placed.text.hasPrefix("\u{FEFF}"))
        #expect(placed.refusals.count == (placed.text == "\u{FEFF}x = 1\n" ? 1 : 0))
    }

    @Test(arguments: [
        ("latin-1", "Für 5 € – „so“.", #"F\#u{FC}r 5 \u20ac \u2013 \u201eso\u201c."#),
        ("koi8-r", "Для é.", #"Для \u00e9."#),
        ("cp1252", "5 € Ж", #"5 € \u0416"#),
        ("ascii", "é 😀", #"\u00e9 \U0001f600"#),
    ])
    func `escapes the characters that the file's encoding lacks`(name: String, text: String, written: String) throws {
        let encoding = try #require(PythonEncoding.named(name))
        let code = "# coding: \(name)\ndef f():\n    pass\n"
        let file = SourceFile(path: "a.py", bytes: try encoding.encode(code).get())

        let placed = try Placed(file, ["f": text, "": text])

        let result = encoding.decode(placed.file.bytes)
        #expect(
            result == "# coding: \(name)\n\"\"\"\(written)\"\"\"\n\ndef f():\n    \"\"\"\(written)\"\"\"\n    pass\n"
        )
    }

    @Test func `leaves bytes of other encodings as they are`() throws {
        let code: [UInt8] =
            Array("# -*- coding: koi8-r -*-\n".utf8) + [0xF0, 0x20, 0x3D, 0x20, 0x27, 0xC1, 0x27, 0x0A]
            + Array("def f():\n    pass # ".utf8) + [0xC1, 0xC2]

        let placed = try Placed(SourceFile(path: "a.py", bytes: code), ["f": "А."])

        let expected: [UInt8] = Array("    \"\"\"".utf8) + [0xE1, 0x2E] + Array("\"\"\"\n".utf8)
        let at = code.count - Array("    pass # ab".utf8).count
        #expect(placed.file.bytes == Array(code[..<at]) + expected + Array(code[at...]))
    }
}
