import Testing

struct DocstringsPlaceholderTests {
    @Test func placeholder() {}
}
