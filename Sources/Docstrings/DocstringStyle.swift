/// A way of writing docstrings down: Google, NumPy, reST or Epytext.
///
/// The texts of a ``Docstring`` are neutral: inline code stands between backticks, as in `` `None` `` (two of them where
/// the code holds one), and everything else is prose. `render` writes code in the style's own form and escapes what
/// the style would read as markup; `parse` undoes both. Defaults are source text without backticks.
///
/// `render` wraps prose at the layout's line length. A paragraph of several lines keeps them if they all fit. Doctests,
/// fenced and literal blocks, lists, tables, block quotes, directives and field lists stay as they are; so does what
/// has no blank to break at. Entries should have a text: ruff's D417 takes a parameter without one for undocumented.
/// A summary that does not fit on its line is cut, and its rest begins the description.
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
