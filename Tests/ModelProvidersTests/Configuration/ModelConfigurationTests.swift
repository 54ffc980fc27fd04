import Foundation
import ModelProviders
import Testing

struct ModelConfigurationTests {
    @Test func `reads services, limits and where the keys are from YAML`() throws {
        let configuration = try load(
            """
            model: work/gpt-5-mini
            temperature: 0.2   # a little
            timeout: 90
            max_retries: 4
            providers:
              work:
                type: azure
                endpoint: https://example.openai.azure.com
                api_version: "2024-10-21"
                key_env: WORK_KEY
                deployments: {small: gpt-5-mini}
              anthropic:
                key_command: pass show anthropic
            """
        )

        #expect(configuration.defaultModel == "work/gpt-5-mini")
        #expect(configuration.temperature == 0.2)
        #expect(configuration.timeout == .seconds(90))
        #expect(configuration.maximumRetries == 4)
        let work = try #require(configuration.providers["work"])
        #expect(work.kind == .azure)
        #expect(work.baseURL == "https://example.openai.azure.com")
        #expect(work.apiVersion == "2024-10-21")
        #expect(work.key == .environment("WORK_KEY"))
        #expect(work.deployments == ["small": "gpt-5-mini"])
        #expect(configuration.providers["anthropic"]?.key == .command("pass show anthropic"))
    }

    @Test func `reads the same from JSON`() throws {
        let configuration = try load(#"{"max_tokens": 500, "providers": {"openai": {"interface": "chat"}}}"#)

        #expect(configuration.maximumTokens == 500)
        #expect(configuration.providers["openai"]?.interface == "chat")
    }

    @Test func `reports every mistake at its line`() {
        let text = """
            temprature: 1
            max_tokens: many
            timeout: 0
            providers:
              here:
                base_url: example.com
              openai:
                api_key: sk-1234567890
                interface: soap
                interface: chat
            """

        let error = #expect(throws: ConfigurationError.self) { try load(text) }

        let lines = error?.problems.map { "\($0.line ?? 0)" } ?? []
        #expect(lines == ["1", "2", "3", "5", "6", "8", "9", "10"])
        #expect(error?.description.contains("sk-1234567890") == false)
        #expect(
            error?.problems.last?.description
                == "models.yaml:10: interface stands here twice, first in line 9; keep one of them"
        )
    }

    @Test(arguments: [
        ("providers: [", 2), ("a: &a [*a, *a]", 1), ("\"model", 1), ("- 1", 1), ("a: 1\nmodel: \u{7}", 2),
        ("providers:\n\t- x", 2),
    ])
    func `refuses what is no configuration`(text: String, line: Int?) {
        let error = #expect(throws: ConfigurationError.self) { try load(text) }

        #expect(error?.problems.count == 1)
        #expect(error?.problems.first?.line == line)
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "~"])
    func `takes an empty file for no wishes`(text: String) throws {
        #expect(try load(text) == ModelConfiguration())
    }

    @Test func `does not unfold aliases without end`() {
        var text = "a0: &a0 [x]\n"
        for level in 1...30 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }

        #expect(throws: ConfigurationError.self) { try load(text) }
    }

    @Test func `reads the environment on top of the file`() throws {
        let sources = ConfigurationSources(
            environment: [
                "AI_MODEL_TYPE": "Claude", "MAX_TOKENS": "300", "TEMPERATURE": "0.5", "REQUEST_TIMEOUT": "30",
                "MAX_RETRIES": "0", "RETRY_DELAY": "0.25",
            ],
            readFile: { _ in Array("max_tokens: 100\nretry_delay: 3\nconcurrency: 8".utf8) }
        )

        let configuration = try ModelConfiguration.load(file: "models.yaml", from: sources).configuration

        #expect(configuration.defaultProvider == "claude")
        #expect(configuration.maximumTokens == 300)
        #expect(configuration.temperature == 0.5)
        #expect(configuration.timeout == .seconds(30))
        #expect(configuration.maximumRetries == 0)
        #expect(configuration.retryDelay == .milliseconds(250))
        #expect(configuration.maximumConcurrency == 8)
    }

    @Test func `names the variables that hold something else`() {
        let sources = ConfigurationSources(environment: ["MAX_TOKENS": "-1", "TEMPERATURE": "hot", "MAX_RETRIES": ""])

        let error = #expect(throws: ConfigurationError.self) { try ModelConfiguration.load(from: sources) }

        #expect(error?.problems.map(\.source) == ["MAX_TOKENS", "TEMPERATURE"])
    }

    @Test func `reads a .env file below the environment`() throws {
        let text = """
            # keys
            export OPENAI_API_KEY="sk-\\"x\\"" # mine
            ANTHROPIC_API_KEY='a#b'
            PLAIN=some words # a comment
            HASH=a#b
            EMPTY=
            """
        let sources = ConfigurationSources(environment: ["PLAIN": "own"], readFile: { _ in Array(text.utf8) })

        let environment = try ModelConfiguration.load(dotEnv: ".env", from: sources).environment

        #expect(environment["OPENAI_API_KEY"] == "sk-\"x\"")
        #expect(environment["ANTHROPIC_API_KEY"] == "a#b")
        #expect(environment["PLAIN"] == "own")
        #expect(environment["HASH"] == "a#b")
        #expect(environment["EMPTY"]?.isEmpty == true)
    }

    @Test(arguments: ["A=1", "# A\nA=1\n"])
    func `passes over the mark that some editors put in front of a .env file`(text: String) throws {
        let sources = ConfigurationSources(environment: [:], readFile: { _ in [0xEF, 0xBB, 0xBF] + Array(text.utf8) })

        let environment = try ModelConfiguration.load(dotEnv: ".env", from: sources).environment

        #expect(environment["A"] == "1")
    }

    @Test func `tells the lines of a .env file that are no variable`() {
        let text = "A=1\nnonsense\n1B=2\nC=\"open\nD='x' y\n"
        let sources = ConfigurationSources(environment: [:], readFile: { _ in Array(text.utf8) })

        let error = #expect(throws: ConfigurationError.self) {
            try ModelConfiguration.load(dotEnv: ".env", from: sources)
        }

        #expect(error?.problems.map(\.line) == [2, 3, 4, 5])
    }

    @Test func `tells the lines of a .env file whose variables hold something else`() {
        let text = "# mine\nMAX_TOKENS=abc\nnonsense\nTEMPERATURE=9\nMAX_RETRIES=-1\nAI_MODEL_TYPE=opnai\nMAX_TOKENS=x"
        let sources = ConfigurationSources(environment: ["TEMPERATURE": "8"], readFile: { _ in Array(text.utf8) })

        let error = #expect(throws: ConfigurationError.self) {
            try ModelConfiguration.load(dotEnv: "a/.env", from: sources)
        }

        // What the environment says counts more, and has no line.
        #expect(
            error?.problems.map(\.description) == [
                "a/.env:3: NAME=value is expected here",
                "a/.env:5: MAX_RETRIES must be a whole number from 0 to 100, not \"-1\"",
                "a/.env:6: AI_MODEL_TYPE: provider opnai is not known; did you mean openai? If not, describe it under providers",
                "a/.env:7: MAX_TOKENS must be a whole number from 1 to 2147483647, not \"x\"",
                "TEMPERATURE: must be a number from 0.0 to 2.0, not \"8\"",
            ]
        )
    }

    @Test(arguments: [[65, 61, 0, 10, 0], [0xFF, 0xFE, 10, 0xFE]].map { $0 as [UInt8] })
    func `tells once that a .env file is no text`(bytes: [UInt8]) {
        let sources = ConfigurationSources(environment: [:], readFile: { _ in bytes })

        let error = #expect(throws: ConfigurationError.self) {
            try ModelConfiguration.load(dotEnv: ".env", from: sources)
        }

        #expect(
            error?.description == ".env: this is no text in UTF-8; a line for each variable is expected, NAME=value"
        )
    }

    @Test(arguments: [
        (["MAX_TOKENS": "abc"], #"MAX_TOKENS: must be a whole number from 1 to 2147483647, not "abc""#),
        (["TEMPERATURE": "3"], #"TEMPERATURE: must be a number from 0.0 to 2.0, not "3""#),
        (
            ["MAX_RETRIES": String(repeating: "x", count: 41)],
            "MAX_RETRIES: must be a whole number from 0 to 100, not a text of 41 characters"
        ),
    ])
    func `tells what a variable holds in a number's place`(environment: [String: String], message: String) {
        let sources = ConfigurationSources(environment: environment, readFile: { _ in [] })

        let error = #expect(throws: ConfigurationError.self) { try ModelConfiguration.load(from: sources) }

        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("conf/models.yaml", "keys/work", "conf/keys/work"), ("models.yaml", "keys/work", "keys/work"),
        ("/etc/models.yaml", "../work", "/etc/../work"), ("conf/models.yaml", "/run/work", "/run/work"),
        ("conf/models.yaml", "~/work", "/home/me/work"),
    ])
    func `looks for key files beside the configuration file`(file: String, path: String, place: String) throws {
        let sources = ConfigurationSources(
            environment: ["HOME": "/home/me"],
            readFile: { $0 == file ? Array("providers: {openai: {key_file: \(path)}}".utf8) : Array("key".utf8) }
        )

        let configuration = try ModelConfiguration.load(file: file, from: sources).configuration

        #expect(configuration.providers["openai"]?.key == .file(place))
    }

    @Test(arguments: [
        "provider: scripted", "provider: work\nproviders: {Work: {type: openai}}", "provider: Ollama",
        "providers: {scripted: {location: here}}", "providers: {openai: }", "providers:",
        "providers: {openai: {headers: {X-Level: 5, X-Team: docs}, project: 12345}}",
        "providers: {a: {type: groq, base_url: \"http://127.0.0.1:1/v1\"}}", "providers: {a: {type: vertex}}",
        "providers: {a: {type: compatible, base_url: \"http://far.example\", allow_insecure_http: yes}}",
        "providers: {azure: {endpoint: \"https://a.example/openai?api-version=1\", api_version: 2024-10-21}}",
    ])
    func `takes what is no mistake`(text: String) throws {
        let sources = ConfigurationSources(environment: [:], readFile: { _ in Array(text.utf8) })

        _ = try ModelConfiguration.load(file: "models.yaml", registered: ["Scripted"], from: sources)
    }

    @Test func `knows the providers that the environment may name`() {
        let sources = ConfigurationSources(
            environment: ["AI_MODEL_TYPE": "antropic"],
            readFile: { _ in Array("max_tokens: 0".utf8) }
        )

        let error = #expect(throws: ConfigurationError.self) {
            try ModelConfiguration.load(file: "models.yaml", from: sources)
        }

        #expect(
            error?.description
                == "models.yaml:1: max_tokens must be a whole number from 1 to 2147483647, not the number 0\n"
                + "AI_MODEL_TYPE: provider antropic is not known; did you mean anthropic? If not, describe it under providers"
        )
    }

    @Test func `takes the configuration that the documentation shows`() throws {
        let here = URL(filePath: #filePath).resolvingSymlinksInPath()
        let page = try String(
            contentsOf: here.appending(path: "../../../../Documentation/language-models.md").standardized,
            encoding: .utf8
        )
        let start = try #require(page.firstRange(of: "```yaml\n")).upperBound
        let end = try #require(page[start...].firstRange(of: "```")).lowerBound
        let sources = ConfigurationSources(
            environment: [:],
            readFile: { $0 == "models.yaml" ? Array(page[start..<end].utf8) : Array("key".utf8) }
        )

        let configuration = try ModelConfiguration.load(file: "models.yaml", from: sources).configuration

        #expect(configuration.providers.keys.sorted() == ["house", "work"])
        #expect(configuration.providers["house"]?.headers == ["X-Team": "docs"])
    }

    @Test func `says which file cannot be read`() {
        let sources = ConfigurationSources(environment: [:])

        let error = #expect(throws: ConfigurationError.self) {
            try ModelConfiguration.load(file: "a.yaml", dotEnv: "b.env", from: sources)
        }

        #expect(error?.problems.map(\.source) == ["a.yaml", "b.env"])
    }

    private func load(_ text: String) throws -> ModelConfiguration {
        let sources = ConfigurationSources(environment: [:], readFile: { _ in Array(text.utf8) })
        return try ModelConfiguration.load(file: "models.yaml", from: sources).configuration
    }
}
