import Docstrings
import Testing

struct DocstringStylesTests {
    @Test(arguments: [
        ("google", "google"), ("NumPy", "numpy"), ("rest", "rest"), ("sphinx", "rest"), ("epytext", "epytext"),
        ("javadoc", nil),
    ])
    func `finds a style by its name`(name: String, found: String?) {
        #expect(DocstringStyles.style(named: name)?.name == found)
    }

    @Test func `lists the names in the order in which they are offered`() {
        #expect(DocstringStyles.names == ["google", "numpy", "rest", "epytext"])
    }

    @Test func `tells a section's title, entries and text`() {
        let entries = [Docstring.Entry("x")]

        #expect(Docstring.Section.otherParameters(entries).title == "Other Parameters")
        #expect(Docstring.Section.otherParameters(entries).entries == entries)
        #expect(Docstring.Section.otherParameters(entries).text == nil)
        #expect(Docstring.Section.other(title: "Todo", text: "Rest.").title == "Todo")
        #expect(Docstring.Section.seeAlso("f").text == "f")
        #expect(Docstring.Section.seeAlso("f").entries == nil)
        #expect(Docstring.Section.notes("  ").isEmpty)
    }
}
