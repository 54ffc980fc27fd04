/// The styles there are, by name.
public enum DocstringStyles {
    /// One of each, in the order in which they are offered.
    public static let all: [any DocstringStyle] = [GoogleStyle(), NumPyStyle(), ReSTStyle(), EpytextStyle()]

    /// The names for options and messages.
    public static let names = all.map(\.name)

    /// The style of a name, in any case; `sphinx` is another name of `rest`; `nil` for an unknown one.
    public static func style(named name: String) -> (any DocstringStyle)? {
        let name = name.lowercased()
        return all.first { $0.name == (name == "sphinx" ? "rest" : name) }
    }
}
