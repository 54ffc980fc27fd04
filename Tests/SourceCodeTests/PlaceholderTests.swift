import Testing

struct SourceCodePlaceholderTests {
    @Test func placeholder() {}
}
