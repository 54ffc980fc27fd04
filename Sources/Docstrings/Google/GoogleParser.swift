enum GoogleParser {
    static func parse(_ text: String) -> Docstring {
        Docstring(summary: text)
    }
}
