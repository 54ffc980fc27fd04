import Testing

@testable import ModelProviders

struct ServiceAddressTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080/v1", false), ("http://me:word@127.0.0.1:8080/v1", false),
        ("http://me@localhost", false), ("http://me:a@b@[::1]:1/", false), ("HTTP://LOCALHOST/", false),
        ("https://me:word@example.org/", false), ("http://", false),
        ("http://me:word@example.org/", true), ("http://127.0.0.1@example.org/", true),
        ("http://localhost:1@example.org", true), ("http://127.evil.example/", true), ("http://me/x@127.0.0.1/", true),
        ("http://example.org\\@127.0.0.1/", true), ("http://example.org#@localhost/", true),
        ("http://@/", true), ("http://128.0.0.1/", true),
    ])
    func `tells what would be sent in the clear, whoever is named in the address`(address: String, isInsecure: Bool) {
        #expect(ServiceAddress.isInsecure(address) == isInsecure)
    }
}
