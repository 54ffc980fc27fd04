import Testing

struct docentPlaceholderTests {
    @Test func placeholder() {}
}
