import LanguageModels
import ModelCatalog

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where is kept what answers have taught about estimates of tokens.
struct CalibrationStore: Sendable {
    /// What was learnt so far.
    var load: @Sendable () -> Calibration
    /// Keeps what is known now; that it cannot be kept is no reason to fail.
    var save: @Sendable (Calibration) -> Void

    /// Remembers nothing.
    static let none = CalibrationStore(load: { Calibration() }, save: { _ in })

    /// A file; one that is missing or broken counts as empty.
    static func file(_ path: String) -> CalibrationStore {
        CalibrationStore(
            load: {
                guard let bytes = try? FileInput.system.bytes(path, limit: 1 << 24),
                    let json = try? JSONValue(parsing: bytes)
                else { return Calibration() }
                return Calibration(json)
            },
            save: { calibration in replace(path, with: calibration.json.bytes) }
        )
    }

    /// The file of this user: in `$XDG_STATE_HOME/docent`, else in `~/.local/state/docent`.
    static func ofUser(environment: (String) -> String?) -> CalibrationStore {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return .file("\(state)/docent/calibration.json")
        }
        guard let home = environment("HOME"), home.hasPrefix("/") else { return .none }
        return .file("\(home)/.local/state/docent/calibration.json")
    }

    /// Puts a file in another's place, as a whole.
    private static func replace(_ path: String, with bytes: [UInt8]) {
        var folder = ""
        for name in path.split(separator: "/").dropLast() {
            folder += "/\(name)"
            mkdir(folder, 0o700)
        }
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { return }
        let isWritten = StandardStream(descriptor: descriptor).write(bytes) == .complete
        close(descriptor)
        if !isWritten || rename(temporary, path) != 0 { unlink(temporary) }
    }
}

extension CalibrationStore {
    /// Learns from a service's own answer how a model counts.
    ///
    /// A guess at which model that is, or another provider's model, teaches nothing: it would be learnt of the wrong one.
    func learn(from usage: Usage, for request: ModelRequest, of model: ModelIdentity, in catalogue: ModelCatalogue) {
        guard let match = catalogue.match(model), !match.isAssumed else { return }
        let counter = RequestCounter(in: catalogue)
        guard !counter.meter(for: match.profile).isExact else { return }
        let known = load()
        var calibration = known
        calibration.learn(from: usage, for: counter.count(request, for: match.profile), of: match.profile.identity)
        if calibration != known { save(calibration) }
    }
}

extension Calibration.Ratio {
    /// What was learnt, for other programs.
    var json: JSONValue {
        ["ratio": .double((value * 10_000).rounded() / 10_000), "answers": .integer(answers)]
    }
}
