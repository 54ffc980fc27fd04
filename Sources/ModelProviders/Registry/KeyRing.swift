import LanguageModels
import Synchronization

/// Finds keys where the configuration says they are, and remembers what commands printed.
final class KeyRing: Sendable {
    private let environment: [String: String]
    private let sources: ConfigurationSources
    private let printed = Mutex<[String: Printed]>([:])

    /// Held while a command runs.
    private let running = Mutex(())
    /// How long what a command printed is used, so that tokens may expire.
    private static let lifetime = Duration.seconds(300)

    /// What a command printed, and when.
    private struct Printed {
        let secret: Secret
        let printed = ContinuousClock.now
        /// When it was printed, or somebody went to ask anew.
        var time = ContinuousClock.now
    }

    init(environment: [String: String], sources: ConfigurationSources) {
        self.environment = environment
        self.sources = sources
    }

    /// The first of the variables that holds something.
    func variable(_ names: [String]) -> String? {
        names.lazy.compactMap { self.environment[$0] }.first { !$0.isEmpty }
    }

    /// The secret that a source gives, or the first of the variables where there is no source; `nil` where neither
    /// does.
    ///
    /// What a command printed is used for five minutes, so that tokens may expire.
    ///
    /// - Throws: ``ModelError`` of kind `configuration` where a source is named that gives nothing.
    func secret(_ source: KeySource?, or variables: [String]) throws(ModelError) -> Secret? {
        switch source {
        case nil:
            for name in variables {
                if let secret = try secret(inVariable: name) { return secret }
            }
            return nil
        case .environment(let name):
            guard let secret = try secret(inVariable: name) else {
                throw ModelError(.configuration, "the variable \(name), which should hold the key, is not set")
            }
            return secret
        case .file(let path):
            let text = try read { String(decoding: try sources.readFile(path), as: UTF8.self) }
            return try checked(text, "the key's file \(path)")
        case .command(let command):
            let asked = ContinuousClock.now
            if let secret = known(command) { return secret }
            return try fresh(command, after: asked)
        }
    }

    /// What a command has printed; the first to ask once that is old gets nothing, so that one asks anew for all.
    private func known(_ command: String) -> Secret? {
        printed.withLock { printed in
            guard let known = printed[command] else { return nil }
            if ContinuousClock.now - known.time < Self.lifetime { return known.secret }
            printed[command]?.time = .now
            return nil
        }
    }

    /// What a command prints after somebody asked; those who ask while it runs for the first time wait for it.
    private func fresh(_ command: String, after asked: ContinuousClock.Instant) throws(ModelError) -> Secret {
        try running.withLock { _ throws(ModelError) in
            if let known = printed.withLock({ $0[command] }), known.printed > asked { return known.secret }
            return try run(command)
        }
    }

    private func run(_ command: String) throws(ModelError) -> Secret {
        do {
            let secret = try checked(try read { try sources.run(command) }, "the key's command")
            printed.withLock { $0[command] = Printed(secret: secret) }
            return secret
        } catch {
            // The next to ask has it run again.
            printed.withLock { $0[command] = nil }
            throw error
        }
    }

    /// The secret in a variable; `nil` where the variable is empty or not set.
    private func secret(inVariable name: String) throws(ModelError) -> Secret? {
        guard let value = variable([name]) else { return nil }
        guard value.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            let fault = "holds white space or another character that no key has"
            throw ModelError(.configuration, "the variable \(name) \(fault); set it to the key alone")
        }
        return Secret(value)
    }

    private func read(_ step: () throws -> String) throws(ModelError) -> String {
        do {
            return try step()
        } catch {
            throw ModelError(.configuration, "\(error)")
        }
    }

    /// A key in one line without white space around it.
    private func checked(_ text: String, _ place: String) throws(ModelError) -> Secret {
        if let secret = Secret(alone: text) { return secret }
        throw ModelError(.configuration, "\(place) should give one key and nothing else")
    }
}
