import PythonLanguage
import SourceCode
import Testing

struct CookiePlaceTests {
    @Test(arguments: [
        ("\n# coding: latin-1\nx = 1\n", "\n# coding: latin-1\n\"\"\"Doc.\"\"\"\n\nx = 1\n"),
        ("#!/bin/x\n# coding: utf-8\ndef f(): ...\n", "#!/bin/x\n# coding: utf-8\n\"\"\"Doc.\"\"\"\n\ndef f(): ...\n"),
        ("# About f.\ndef f(): ...\n", "\"\"\"Doc.\"\"\"\n\n# About f.\ndef f(): ...\n"),
    ])
    func `a module's docstring never comes before its cookie`(source: String, documented: String) throws {
        let language = PythonLanguage()
        let outline = try language.read(SourceFile(text: source))

        let edits = language.placements(of: [0: "Doc."], in: outline, options: PlacementOptions()).edits

        #expect(String(decoding: outline.file.applying(edits).bytes, as: UTF8.self) == documented)
    }
}
