import LanguageModels
import Testing

@testable import ModelProviders

struct KeyRingTests {
    @Test(arguments: ["secret key", "secretkey\n", "\tsecretkey", "   ", "sécretkey", "secret\u{0}key"])
    func `names the variable whose key cannot be one, and never shows it`(value: String) {
        let ring = KeyRing(environment: ["A_KEY": value], sources: ConfigurationSources(environment: [:]))

        for source in [nil, KeySource.environment("A_KEY")] {
            let error = #expect(throws: ModelError.self) { try ring.secret(source, or: ["NONE", "A_KEY"]) }
            #expect(
                error?.description == "wrong configuration: the variable A_KEY holds white space or another character "
                    + "that no key has; set it to the key alone"
            )
        }
    }

    @Test func `takes the first variable that holds a key`() throws {
        let variables = ["A_KEY": "", "B_KEY": "b~!", "C_KEY": "c c"]
        let ring = KeyRing(environment: variables, sources: ConfigurationSources(environment: [:]))

        #expect(try ring.secret(nil, or: ["A_KEY", "B_KEY", "C_KEY"])?.value == "b~!")
        #expect(try ring.secret(nil, or: ["A_KEY"]) == nil)
    }
}
