import LanguageModels
import Testing

/// The recorded traffic of the services; skipped where the recordings are not at hand.
@Suite(.enabled(if: WireFixtures.areThere, "no recordings: set DOCENT_WIRE_FIXTURES to their folder"))
struct WireFixtureTests {
    @Test(arguments: JudgedFormat.folders)
    func `reads every recorded answer as expected`(folder: String) async throws {
        var judged = 0
        var passed = 0
        for fixture in try WireFixtures.all(in: folder) where Self.isExchange(fixture) {
            guard let format = JudgedFormat.format(of: fixture) else {
                Issue.record("\(fixture): no format judges it")
                continue
            }
            judged += 1
            let faults = await WireJudge(fixture: fixture, format: format).faultsOfAnswer()
            for fault in faults { Issue.record("\(fixture): \(fault)") }
            if faults.isEmpty { passed += 1 }
        }
        print("wire fixtures, answers of \(folder): \(passed) of \(judged)")
        #expect(judged > 0)
    }

    @Test(arguments: JudgedFormat.folders)
    func `writes every recorded request alike`(folder: String) async throws {
        var judged = 0
        var passed = 0
        for fixture in try WireFixtures.all(in: folder) where Self.isExchange(fixture) {
            guard let format = JudgedFormat.format(of: fixture) else { continue }
            guard let faults = try await WireJudge(fixture: fixture, format: format).faultsOfRequest() else {
                if fixture.request != nil { print("wire fixtures, request not judged: \(fixture)") }
                continue
            }
            judged += 1
            for fault in faults { Issue.record("\(fixture): \(fault)") }
            if faults.isEmpty { passed += 1 }
        }
        print("wire fixtures, requests of \(folder): \(passed) of \(judged)")
    }

    /// Whether a recording is a question and its answer or error; lists and counts have tests of their own.
    private static func isExchange(_ fixture: WireFixture) -> Bool {
        fixture.expected["api"] != nil || fixture.expected["kind"] != nil
    }
}
