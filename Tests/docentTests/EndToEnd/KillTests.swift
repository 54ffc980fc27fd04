import Foundation
import Testing

/// What a writing run leaves when nothing can be cleaned up: `kill -9`.
@Suite(.serialized, .enabled(if: Judges.python != nil, Judges.pythonIsMissing))
struct KillTests {
    private static let options = ["generate", "--private", "--nested", "--init", "--runtime-docstrings", "."]

    @Test
    func `a killed run leaves each file old or new in whole, and the next run completes it`() throws {
        let before = try Workspace(packages: Workspace.packages)
        defer { before.remove() }
        let old = try before.snapshot()
        let (new, duration) = try undisturbed(before, Self.options)
        var numbers = SeededNumbers(seed: 9)

        var cutShort = 0
        var leftTemporaries = 0
        let rounds = Judges.isLong ? 50 : 5
        for round in 0..<rounds {
            let share = (Double(round) + Double.random(in: 0..<1, using: &numbers)) / Double(rounds)
            let workspace = try before.copied()
            defer { workspace.remove() }

            let end = try killed(Self.options, in: workspace, after: duration * share)
            let now = try workspace.snapshot()
            try expectWholeFiles(now, old: old, new: new)
            let second = try workspace.docent(Self.options)
            let completed = try workspace.snapshot()

            if end == .killed(bySignal: SIGKILL), !now.different(from: old).isEmpty { cutShort += 1 }
            leftTemporaries += now.temporaries.isEmpty ? 0 : 1
            #expect(second.code == 0, "\(second.errors)")
            #expect(completed.paths == old.paths)
            #expect(completed.different(from: new).isEmpty)
        }
        print("killed \(rounds) runs: \(cutShort) had written some files, \(leftTemporaries) left temporary files")
        #expect(cutShort > 0)
    }

    @Test
    func `a killed run leaves only whole pages, and the next run removes what else is there`() throws {
        let before = try Workspace(packages: ["email", "json"])
        defer { before.remove() }
        let options = ["generate", "--markdown", "pages", "email", "json"]
        let old = try before.snapshot()
        let (new, duration) = try undisturbed(before, options)
        var numbers = SeededNumbers(seed: 10)

        let rounds = Judges.isLong ? 20 : 3
        for round in 0..<rounds {
            let share = (Double(round) + Double.random(in: 0..<1, using: &numbers)) / Double(rounds)
            let workspace = try before.copied()
            defer { workspace.remove() }

            _ = try killed(options, in: workspace, after: duration * share)
            try expectWholeFiles(workspace.snapshot(), old: old, new: new)
            try workspace.docent(options)

            #expect(try workspace.snapshot().paths == new.paths)
            #expect(try workspace.snapshot().different(from: new).isEmpty)
        }
    }

    @Test
    func `a run removes the temporary files of dead processes alone, beside sources and pages`() throws {
        let workspace = try Workspace(files: ["a.py": "def open_door(key):\n    return key\n", "pages/b/c.md": ""])
        defer { workspace.remove() }
        let dead = try Subprocess.run(["bash", "-c", "echo $$"]).text.filter(\.isNumber)
        let living = String(ProcessInfo.processInfo.processIdentifier)
        for folder in ["", "pages/"] {
            for owner in [dead, living, "x"] { try workspace.write("", to: "\(folder).docent-\(owner)-1.tmp") }
        }

        let run = try workspace.docent("generate", "--markdown", "pages", "a.py")

        #expect(run.code == 0, "\(run.errors)")
        let kept = ["", "pages/"].flatMap { ["\($0).docent-\(living)-1.tmp", "\($0).docent-x-1.tmp"] }
        #expect(try workspace.snapshot().temporaries == kept.sorted())
    }

    private func undisturbed(_ before: Workspace, _ options: [String]) throws -> (Snapshot, Duration) {
        let workspace = try before.copied()
        defer { workspace.remove() }
        let start = ContinuousClock.now
        let run = try workspace.docent(options)
        let duration = ContinuousClock.now - start
        #expect(run.code == 0, "\(run.errors)")
        return (try workspace.snapshot(), duration)
    }

    private func killed(
        _ options: [String],
        in workspace: Workspace,
        after delay: Duration
    ) throws -> RunningDocent.End {
        let run = try RunningDocent(options, in: workspace)
        usleep(UInt32(delay / .microseconds(1)))
        run.send(SIGKILL)
        return run.end()
    }

    private func expectWholeFiles(_ now: Snapshot, old: Snapshot, new: Snapshot) throws {
        for (name, file) in now.files where !now.temporaries.contains(name) {
            let isWhole = file.bytes == old.files[name]?.bytes || file.bytes == new.files[name]?.bytes
            #expect(isWhole, "\(name) is neither the old nor the new version")
        }
        let missing = Set(old.files.keys).subtracting(now.files.keys)
        #expect(missing.isEmpty)
    }
}
