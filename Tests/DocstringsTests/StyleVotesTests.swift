import Docstrings
import Testing

struct StyleVotesTests {
    @Test(arguments: [
        ("Do it.\n\n    Args:\n        x: Text.", "google"),
        ("Do it.\n\n    Parameters\n    ----------\n    x : int", "numpy"),
        ("Do it.\n\n    :param x: Text.", "rest"),
        ("Do it.\n\n    @param x: Text.", "epytext"),
        ("Do it.\n\n    @return: Text.", "epytext"),
        ("Do it.\n\n    :rtype: int", "rest"),
        ("Do it.\n\n    Title\n    -----\n    Text.", nil),
        ("Do it.\n\n    Usage:\n        run", nil),
        ("Return: text", nil),
        ("", nil),
    ])
    func `recognizes the style of a docstring`(text: String, style: String?) {
        var votes = StyleVotes()

        votes.add(text)

        #expect(votes.majority == style)
    }

    @Test(arguments: DocstringStyles.names)
    func `recognizes what each style writes`(name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var votes = StyleVotes()

        votes.add(style.render(sample, layout: DocstringLayout()))

        #expect(votes.majority == name)
    }

    @Test func `takes the majority of all votes`() {
        var votes = StyleVotes()
        var others = StyleVotes()

        votes.add("Do it.\n\nArgs:\n    x: Text.")
        others.add("Do it.\n\n:param x: Text.")
        others.add("Do it.\n\n:returns: Text.")
        votes.merge(others)

        #expect(votes.google == 1 && votes.rest == 2)
        #expect(votes.majority == "rest")
    }
}
