enum ReSTParser {
    static func parse(_ text: String) -> Docstring {
        Docstring(summary: text)
    }
}
