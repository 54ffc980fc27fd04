import ModelProviders
import Testing

/// What is said about configuration files with mistakes: all of them at once, each with its line.
struct ConfigurationMistakeTests {
    /// A file's text, and what is said about it.
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var messages: [String]

        init(_ text: String, _ messages: String...) {
            self.text = text
            self.messages = messages
        }

        var testDescription: String { text }
    }

    private static let root = [
        Case("model: 5", "1: model must be a text, not the number 5; put it in quotes if it is one"),
        Case("model: [a]", "1: model must be a text, not a list; write one, or take the option away"),
        Case("model:", "1: model must be a text, not nothing; write one, or take the option away"),
        Case("model: true", "1: model must be a text, not true; put it in quotes if it is one"),
        Case(
            "provider: opnai",
            "1: provider opnai is not known; did you mean openai? If not, describe it under providers"
        ),
        Case(
            "max_tokens: 0\ntemperature: 2.5\ntimeout: 0\nmax_retries: 101\nretry_delay: -1\nconcurrency: 10001",
            "1: max_tokens must be a whole number from 1 to 2147483647, not the number 0",
            "2: temperature must be a number from 0 to 2, not the number 2.5",
            "3: timeout must be a number of seconds from 0.001 to 86400, not the number 0",
            "4: max_retries must be a whole number from 0 to 100, not the number 101",
            "5: retry_delay must be a number of seconds from 0 to 86400, not the number -1",
            "6: concurrency must be a whole number from 1 to 10000, not the number 10001"
        ),
        Case(
            "max_tokens: \"500\"\ntemperature: warm\nrequests_per_minute: 1.5\ntokens_per_minute: {}\nmax_retries: ~",
            "1: max_tokens must be a whole number from 1 to 2147483647, not \"500\"; take the quotes away",
            "2: temperature must be a number from 0 to 2, not \"warm\"",
            "3: requests_per_minute must be a whole number from 1 to 2147483647, not the number 1.5",
            "4: tokens_per_minute must be a whole number from 1 to 2147483647, not a mapping",
            "5: max_retries must be a whole number from 0 to 100, not nothing"
        ),
        Case(
            "{\n\"temperature\": \"nan\",\n\"timeout\": 1e9,\n\"retry_delay\": true\n}",
            "2: temperature must be a number from 0 to 2, not \"nan\"",
            "3: timeout must be a number of seconds from 0.001 to 86400, not the number 1e9",
            "4: retry_delay must be a number of seconds from 0 to 86400, not true"
        ),
        Case("temprature: 1", "1: temprature is not known here; did you mean temperature?"),
        Case(
            "model: a\nmax_tokens: 5\nmodel: b",
            "3: model stands here twice, first in line 1; keep one of them"
        ),
        Case(
            "timeout: 5\nrequest_timeout: 5\nprovider: openai\nmodel_type: openai",
            "2: request_timeout: the time is already told by timeout in line 1; keep one of them",
            "4: model_type: the provider is already told by provider in line 3; keep one of them"
        ),
        Case("[a, b]", "1: the file must be a mapping of names to values, not a list"),
        Case("? [a]\n: 1", "1: a name is expected here, not a list"),
        Case("model: a\n---\nmodel: b", "3: a second document begins here; a file holds one"),
        Case("model: a\n\u{7}", "2: this is neither YAML nor JSON: control characters are not allowed"),
        Case(
            "providers:\n  a: &a {type: openai, interface: soap}\n  b: *a\n  A: {type: openai}",
            "2: interface must be chat or responses, not \"soap\"",
            "4: A stands here twice, first in line 2; keep one of them"
        ),
        Case("providers: [openai]", "1: providers must be a mapping of names to values, not a list"),
        Case("providers: {openai: yes}", "1: provider openai must be a mapping of names to values, not yes"),
    ]

    private static let keys = [
        Case(
            "key_command: 5",
            "2: key_command must be a text, not a number; put it in quotes if it is one"
        ),
        Case(
            "key_env: sk-1234567890abcdef",
            "2: key_env must be the name of an environment variable, such as OPENAI_API_KEY: letters, digits and _; "
                + "not the key itself"
        ),
        Case(
            "key_env: 1A\nkey_file: one-key",
            "2: key_env must be the name of an environment variable, such as OPENAI_API_KEY: letters, digits and _; "
                + "not the key itself",
            "3: key_file: the key is already told by key_env in line 3; keep one of them"
        ),
        Case(
            "key_file: nowhere",
            "2: key_file: conf/nowhere: the file does not exist; a relative path begins at the configuration file's "
                + "folder"
        ),
        Case("key_file: two-keys", "2: key_file: conf/two-keys must hold one key and nothing else"),
        Case(
            "api_key: sk-1234567890abcdef\naccess_token: abc",
            "2: api_key: keys do not belong in a file; name where it is with key_env, key_file or key_command",
            "3: access_token: keys do not belong in a file; name where it is with token_env, token_file or "
                + "token_command"
        ),
    ]

    private static let hidden =
        "keys do not belong in a file; name where the key is with key_env, key_file or key_command"

    private static let headers = [
        Case(
            """
            headers:
                Authorization: Bearer abc
                x-api-key: abc
                API-Key: abc
                x-goog-api-key: abc
                Cookie: a=b
                Proxy-Authorization: Basic abc
                Ocp-Apim-Subscription-Key: abc
            """,
            "3: headers must not have Authorization: \(hidden)",
            "4: headers must not have x-api-key: \(hidden)",
            "5: headers must not have API-Key: \(hidden)",
            "6: headers must not have x-goog-api-key: \(hidden)",
            "7: headers must not have Cookie: \(hidden)",
            "8: headers must not have Proxy-Authorization: \(hidden)",
            "9: headers must not have Ocp-Apim-Subscription-Key: \(hidden)"
        ),
        Case(
            "headers:\n    X Team: docs\n    Content-Length: 5\n    x-team: a\n    X-Team: b\n    X-B: \"a\\nb\"",
            "3: \"X Team\" is no name of a header; letters, digits and - are expected",
            "4: Content-Length is set for each request; take it away",
            "6: X-Team stands here twice, first in line 6; keep one of them",
            "7: the value of X-B must stand in one line without control characters"
        ),
        Case(
            "headers: {X-Team: sk-1234567890abcdef, X-Level: [1]}",
            "2: X-Team holds what looks like a key; name where the key is with key_env, key_file or key_command",
            "2: X-Level must be a text, not a list; write one, or take the option away"
        ),
        Case("headers: X", "2: headers must be a mapping of names to values, not \"X\""),
    ]

    private static let inTheClear =
        "plain http to another machine would send the key in the clear; use https, or say allow_insecure_http: true"

    private static let addresses = [
        Case("base_url: http://example.org/v1", "2: \(inTheClear)"),
        Case("base_url: HTTP://example.org/v1\nallow_insecure_http: false", "2: \(inTheClear)"),
        Case("base_url: http://127.evil.example/v1", "2: \(inTheClear)"),
        Case(
            "base_url: http://example.org/v1\nallow_insecure_http: \"true\"",
            "2: \(inTheClear)",
            "3: allow_insecure_http must be true or false, not \"true\"; take the quotes away"
        ),
        Case(
            "base_url: example.org",
            "2: base_url must be an address such as https://host/path, not \"example.org\""
        ),
        Case("base_url: https://", "2: base_url must be an address such as https://host/path, not \"https://\""),
        Case(
            "base_url: https://me:secret@example.org/v1",
            "2: base_url must have no name and password; name where the key is with key_env, key_file or key_command"
        ),
        Case(
            "base_url: https://example.org/v1?key=secret",
            "2: base_url must end with the path; take away what follows it, keys above all"
        ),
        Case(
            "base_url: https://a.example\nendpoint: https://b.example",
            "3: endpoint: the address is already told by base_url in line 3; keep one of them"
        ),
    ]

    private static let sections = [
        Case(
            "type: opnai\nbase_url: example.org\ninterface: soap\nkey_env: a b\nnonsense: 1",
            "2: type opnai is not known; did you mean openai?",
            "3: base_url must be an address such as https://host/path, not \"example.org\"",
            "4: interface must be chat or responses, not \"soap\"",
            "5: key_env must be the name of an environment variable, such as OPENAI_API_KEY: letters, digits and _; "
                + "not the key itself",
            "6: nonsense is not known here; expected is one of type, base_url, endpoint, key_env, key_file, "
                + "key_command, token_env, token_file, token_command, api_version, deployments, project, "
                + "organization, location, interface, headers, allow_insecure_http"
        ),
        Case("type: 5", "2: type must be a text, not the number 5; put it in quotes if it is one"),
        Case(
            "type: openai\napi_version: \"1\"\nlocation: here",
            "3: api_version means nothing to a provider of type openai, only to azure; take it away",
            "4: location means nothing to a provider of type openai, only to vertex; take it away"
        ),
        Case(
            "type: openai\ntoken_env: a b",
            "3: token_env must be the name of an environment variable, such as OPENAI_API_KEY: letters, digits and _; "
                + "not the key itself",
            "3: token_env means nothing to a provider of type openai, only to azure, anthropic, vertex; take it away"
        ),
        Case(
            "type: azure\napi_version: 2024\ndeployments: {small: 5, big: [a]}",
            "3: api_version must be a text, not the number 2024; put it in quotes if it is one",
            "4: small must be a text, not the number 5; put it in quotes if it is one",
            "4: big must be a text, not a list; write one, or take the option away"
        ),
        Case("type: compatible", "1: provider here needs a base_url, such as https://models.example.org/v1"),
        Case(
            "key_env: A",
            "1: provider here needs a type: openai, azure, anthropic, gemini, vertex, cohere, compatible"
        ),
    ]

    @Test(arguments: root)
    func `says what is wrong with a file`(file: Case) {
        #expect(Self.messages(file.text) == file.messages)
    }

    @Test(arguments: keys + headers + addresses)
    func `says what is wrong with a provider of a known type`(section: Case) {
        #expect(Self.messages(ofSection: section.text + "\ninterface: chat", "openai") == section.messages)
    }

    @Test(arguments: sections)
    func `says what is wrong with a provider's type, and with everything else`(section: Case) {
        #expect(Self.messages(ofSection: section.text, "here") == section.messages)
    }

    /// The messages about a provider's section, told as if its name stood in line 1; the lines that messages quote are the file's.
    private static func messages(ofSection text: String, _ name: String) -> [String] {
        let lines = text.split(separator: "\n").map { "\n    " + $0 }
        return messages("providers:\n  \(name):" + lines.joined(), before: 1)
    }

    /// The messages about a file, with their lines, counted after some.
    private static func messages(_ text: String, before first: Int = 0) -> [String] {
        let sources = ConfigurationSources(
            environment: [:],
            readFile: { path in
                switch path {
                case "conf/models.yaml": return Array(text.utf8)
                case "conf/one-key": return Array("key\n".utf8)
                case "conf/two-keys": return Array("one two".utf8)
                default: throw ConfigurationProblem(source: path, message: "the file does not exist")
                }
            }
        )
        do {
            _ = try ModelConfiguration.load(file: "conf/models.yaml", from: sources)
            return []
        } catch let error as ConfigurationError {
            let lines = error.problems.map { "\(($0.line ?? 0) - first): \($0.message)" }
            #expect(error.problems.allSatisfy { $0.source == "conf/models.yaml" })
            #expect(!error.description.contains("sk-1234567890abcdef") && !error.description.contains("secret"))
            return lines
        } catch {
            return ["\(error)"]
        }
    }
}
