import Testing

struct DocumenterPlaceholderTests {
    @Test func placeholder() {}
}
