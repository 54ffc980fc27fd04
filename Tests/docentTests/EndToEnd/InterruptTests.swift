import Foundation
import Testing

/// Ctrl-C and its relatives: the files in hand are finished, and the run says what it did.
@Suite(.serialized, .enabled(if: Judges.python != nil, Judges.pythonIsMissing))
struct InterruptTests {
    private static let options = ["generate", "--private", "--nested", "--jobs", "1"]

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a signal ends a writing run with its code, and no file is half written`(signal: Int32) throws {
        let workspace = try Workspace(packages: Workspace.packages)
        defer { workspace.remove() }
        let old = try workspace.snapshot()

        let run = try RunningDocent(Self.options, in: workspace)
        let hasBegun = try run.waits { try Self.hasBegun(in: workspace, old) }
        run.send(signal)
        let end = run.end()

        #expect(hasBegun)
        #expect(end == .exited(128 + signal))
        let now = try workspace.snapshot()
        let written = now.different(from: old)
        #expect(now.paths == old.paths)
        #expect(run.messages.hasPrefix("docent: interrupted; what is written stays, each file in whole\n"))
        #expect(run.messages.contains(" in \(written.count) of "), "\(run.messages)")
        try expectNew(written, of: now, in: workspace)
    }

    @Test
    func `a signal ends a quiet run and one that writes JSON with a word of what was done`() throws {
        for option in ["--quiet", "--json"] {
            let workspace = try Workspace(packages: ["asyncio", "email", "unittest"])
            defer { workspace.remove() }
            let old = try workspace.snapshot()

            let run = try RunningDocent(Self.options + [option], in: workspace)
            _ = try run.waits { try Self.hasBegun(in: workspace, old) }
            run.send(SIGINT)

            #expect(run.end() == .exited(130))
            #expect(run.messages.hasPrefix("docent: interrupted; what is written stays"), "\(run.messages)")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a second signal ends a run at once that cannot end by itself`(signal: Int32) throws {
        let workspace = try Workspace(packages: Workspace.packages)
        defer { workspace.remove() }
        let old = try workspace.snapshot()
        let neverRead = Pipe()
        neverRead.fileHandleForWriting.write(Data(repeating: 0x20, count: 60_000))

        let run = try RunningDocent(Self.options + ["--json"], in: workspace, output: neverRead)
        let isStuck = try run.waits { try self.isQuiet(workspace, since: old) }
        run.send(signal)
        usleep(200_000)
        let outlivesFirst = run.isRunning
        run.send(signal)

        #expect(isStuck)
        #expect(outlivesFirst)
        #expect(run.end() == .exited(128 + signal))
        let now = try workspace.snapshot()
        try expectNew(now.different(from: old), of: now, in: workspace)
        withExtendedLifetime(neverRead) {}
    }

    /// Whether one of the first files is written.
    private static func hasBegun(in workspace: Workspace, _ old: Snapshot) throws -> Bool {
        let name = "asyncio/base_events.py"
        return try Data(workspace.text(name).utf8) != old.contents[name]
    }

    /// Whether something was written and nothing more in half a second.
    private func isQuiet(_ workspace: Workspace, since old: Snapshot) throws -> Bool {
        let now = try workspace.snapshot()
        usleep(500_000)
        let written = now.different(from: old)
        return try !written.isEmpty && workspace.snapshot().different(from: old) == written
    }

    /// What was written is all that there is to write.
    private func expectNew(_ written: Set<String>, of now: Snapshot, in workspace: Workspace) throws {
        #expect(now.temporaries.isEmpty)
        #expect(!written.isEmpty)
        let again = try workspace.docent(["generate", "--private", "--nested", "--check"] + written.sorted())
        #expect(again.code == 0, "\(again.errors)")
    }
}
