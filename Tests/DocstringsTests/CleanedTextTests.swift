import SourceCode
import Testing

struct CleanedTextTests {
    @Test(arguments: [
        ("", ""),
        ("Return it.", "Return it."),
        ("  Return it.  ", "Return it.  "),
        ("\tReturn it.", "Return it."),
        ("a\tb", "a       b"),
        ("ä\tb", "ä       b"),
        ("\n    Return it.\n    ", "Return it."),
        ("Return it.\n\n    More.\n      Deeper.\n    ", "Return it.\n\nMore.\n  Deeper."),
        ("Return it.\n\tMore.\n\t    Deeper.", "Return it.\nMore.\n    Deeper."),
        ("First\n  \n    second\n", "First\n\nsecond"),
        ("First\n      \n  second\n", "First\n    \nsecond"),
        ("First\n    second\n      ", "First\nsecond\n  "),
        ("First\n\u{3000}\u{3000}second\n\u{3000}third", "First\n\u{3000}second\nthird"),
        ("\n\n  \n", "  "),
        ("First\r\n    second\r\n", "First\r\nsecond\r"),
    ])
    func `cleans a text as inspect.cleandoc does`(text: String, cleaned: String) {
        #expect(Array(cleanedDocstring(text).utf8) == Array(cleaned.utf8))
    }
}
