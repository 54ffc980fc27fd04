import LanguageModels

/// Which model a command asks, as its options say.
struct ModelChoice: Hashable, Sendable {
    /// `provider/model`, or a name whose provider its beginning tells; `nil` for the configured one.
    var model: String?
    /// The provider, in other words than the model's name.
    var type: String?
    /// A configuration file.
    var configuration: String?
    /// A file of variables; `.env` in the current folder, where there is one, if `nil`.
    var environmentFile: String?
}

/// A command that asks models.
protocol ModelChoosing: Command {
    /// What its options say about the model.
    var choice: ModelChoice { get set }
}

extension ModelChoosing {
    /// The options that every command has that asks models.
    static var modelOptions: [Option<Self>] {
        [
            .text("model", "NAME", "The model, as in 'anthropic/claude-sonnet-5' or 'gpt-5.6'") { $0.choice.model = $1 }
                .short("m").group("Which model")
        ] + providerOptions(in: "Which model")
    }

    /// The options that say which services there are, in help under a heading.
    static func providerOptions(in group: String) -> [Option<Self>] {
        [
            .text("model-type", "TYPE", "The provider: openai, azure, claude, gemini, cohere, ollama, …") {
                $0.choice.type = $1
            }.group(group),
            .text("model-config", "FILE", "Services, addresses and limits, in YAML or JSON") {
                $0.choice.configuration = $1
            }.completing(.files).group(group),
            .text("env-file", "FILE", "Variables such as keys; '.env' where there is one") {
                $0.choice.environmentFile = $1
            }.completing(.files).group(group),
        ]
    }

    /// Refuses what says how services are asked where none is.
    static func checkServices(_ choice: ModelChoice, isLive: Bool) throws(UsageError) {
        guard !isLive, choice.environmentFile != nil else { return }
        throw UsageError("--env-file is for asking services; say --live, or leave it out", command: name)
    }
}

/// What commands need of models: put together in `Assembly`, replaced by scripted ones in tests.
struct ModelAccess: Sendable {
    /// The providers that are configured, in alphabetical order.
    var providers: [String]
    /// The model that is meant; throws ``ModelError``.
    var model: @Sendable () throws -> any LanguageModel
    /// How requests are answered where the options of a command say nothing.
    var options = RequestOptions()
    /// The models that a provider lists; throws ``ModelError``.
    var list: @Sendable (_ provider: String) async throws -> [AvailableModel]
    /// How a provider does, with the model that is meant where it is the provider's.
    var health: @Sendable (_ provider: String) async -> HealthReport
    /// Whether the model that is meant is asked at its service's own address, not at another server in its place.
    var isAtOwnAddress: @Sendable () -> Bool = { false }
    /// What is known of models, those included that the configuration names; throws an error that says what to mend.
    var directory: @Sendable () throws -> ModelDirectory
    /// Gives everything back.
    var close: @Sendable () async -> Void
}
