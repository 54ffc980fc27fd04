import ModelProviders
import Testing

struct ConfigurationSourcesTests {
    @Test(arguments: [
        ("/", "/: the file cannot be read: Is a directory"),
        ("/dev/null/x", "/dev/null/x: the file cannot be read: Not a directory"),
        ("/none/x", "/none/x: the file cannot be read: No such file or directory"),
    ])
    func `says why a file cannot be read`(path: String, message: String) {
        let error = #expect(throws: ConfigurationProblem.self) { try ConfigurationSources.process.readFile(path) }

        #expect(error.map { "\($0)" } == message)
    }

    @Test func `reads devices and files whole`() throws {
        #expect(try ConfigurationSources.process.readFile("/dev/null").isEmpty)
        #expect(try ConfigurationSources.process.readFile(#filePath).starts(with: "import ModelProviders".utf8))
    }
}
