import Testing

struct PythonLanguagePlaceholderTests {
    @Test func placeholder() {}
}
