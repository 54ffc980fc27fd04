/// A way of writing docstrings down: Google, NumPy, reST or Epytext.
public protocol DocstringStyle: Sendable {
    /// The name that options and configuration use.
    var name: String { get }

    /// Reads a cleaned docstring; what the style does not know stays text.
    func parse(_ text: String) -> Docstring

    /// Writes a docstring down, without quotes and without indentation of the block it goes into.
    ///
    /// Lines end with a line feed and carry no trailing blanks; there is no blank line at either end.
    func render(_ docstring: Docstring, layout: DocstringLayout) -> String
}

/// The room that a rendered docstring has.
public struct DocstringLayout: Hashable, Sendable {
    /// The longest line of the file, in characters, indentation and quotes included; 88 by default.
    public var lineLength = 88
    /// The characters in front of every line: the block's indentation, tabs counted as the file's readers count them.
    public var indentationWidth = 0
    /// One step of indentation inside sections; four blanks by default.
    public var indentationUnit = "    "
    /// Characters that the opening quotes take on the first line: 3, or 4 for a raw literal.
    public var openingWidth = 3

    /// The defaults.
    public init() {}
}
