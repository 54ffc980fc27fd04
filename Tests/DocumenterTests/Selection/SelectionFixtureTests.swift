import Documenter
import Foundation
import PythonLanguage
import SourceCode
import Testing

/// The folder with hard Python files, set by `DOCENT_PYTHON_FIXTURES`.
private let fixtures = ProcessInfo.processInfo.environment["DOCENT_PYTHON_FIXTURES"]

@Suite(.enabled(if: fixtures != nil, "DOCENT_PYTHON_FIXTURES names no folder of Python files"))
struct SelectionFixtureTests {
    @Test func `leaves out only what must never be documented when every option is on`() throws {
        var settings = Settings()
        settings.documentsPrivate = true
        settings.documentsNested = true
        settings.documentsInitializers = true
        settings.documentsTests = true
        settings.documentsRuntimeData = true
        settings.documentsStubs = true
        let never: Set<SkipReason> = [.documented, .overload, .accessor, .registration, .generated, .protectedZone]
        let folder = URL(fileURLWithPath: try #require(fixtures))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".py") }

        for name in files.sorted() {
            let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
            let outline = try PythonLanguage().read(SourceFile(path: name, bytes: Array(bytes)))
            let file = FileTraits(path: name, stubExtensions: ["pyi"])
            let reasons = Selection(settings).skipReasons(in: outline, file: file)
            #expect(never.isSuperset(of: reasons.compactMap(\.self)), "\(name)")
        }
        #expect(!files.isEmpty)
    }
}
