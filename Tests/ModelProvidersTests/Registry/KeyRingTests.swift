import LanguageModels
import Synchronization
import Testing

@testable import ModelProviders

struct KeyRingTests {
    @Test func `runs a command once for all who ask at the same time`() async throws {
        let runs = Mutex(0)
        let run: @Sendable (String) -> String = { _ in
            runs.withLock { $0 += 1 }
            return "key"
        }
        let sources = ConfigurationSources(environment: [:], run: run)
        let ring = KeyRing(environment: [:], sources: sources)

        try await withThrowingTaskGroup(of: Secret?.self) { group in
            for _ in 0..<64 { group.addTask { try ring.secret(.command("print"), or: []) } }
            for try await secret in group { #expect(secret == Secret("key")) }
        }

        #expect(runs.withLock { $0 } == 1)
    }

    @Test func `runs a command again after it has failed`() throws {
        let runs = Mutex(0)
        let run: @Sendable (String) throws -> String = { _ in
            let count = runs.withLock { runs in
                runs += 1
                return runs
            }
            guard count > 1 else { throw ConfigurationProblem(message: "locked") }
            return "key"
        }
        let sources = ConfigurationSources(environment: [:], run: run)
        let ring = KeyRing(environment: [:], sources: sources)

        #expect(throws: ModelError.self) { try ring.secret(.command("print"), or: []) }
        #expect(try ring.secret(.command("print"), or: []) == Secret("key"))
        #expect(try ring.secret(.command("print"), or: []) == Secret("key"))
        #expect(runs.withLock { $0 } == 2)
    }

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
