import Documenter
import ModelCatalog
import SourceCode

/// The parts that do the work behind the commands, as closures, so that tests can put others in their place.
struct Services: Sendable {
    /// What the project's configuration asks for, for the files under some paths.
    var settings: @Sendable (_ paths: [String]) throws -> ProjectSettings
    /// Documents the files under some paths.
    var generate: @Sendable (GenerateOrder, @escaping @Sendable (GenerateRun.Event) -> Void) async throws -> RunReport
    /// The files to read under some paths, in path order.
    var files: @Sendable (_ paths: [String], Settings) throws -> ProjectFiles
    /// The declarations of a file.
    var outline: @Sendable (ProjectFile) throws -> SourceOutline
    /// Appends a line of JSON for each declaration.
    var writeJSON: @Sendable (SourceOutline, inout JSONWriter) -> Void
    /// The models that options choose; throws an error whose description says what to mend.
    var models: @Sendable (ModelChoice) throws -> ModelAccess
    /// The files that commands are given.
    var fileInput: FileInput
    /// What is known of models and providers; throws an error whose description says what to mend.
    var directory: @Sendable (CatalogueChoice) throws -> ModelDirectory
    /// What answers have taught about estimates.
    var calibration: CalibrationStore
    /// The seconds since 1970-01-01, in coordinated universal time.
    var secondsSince1970: @Sendable () -> Int
}

/// What `generate` is asked to do.
struct GenerateOrder: Sendable {
    let paths: [String]
    let settings: Settings
    /// The style where neither the settings nor the project's docstrings name one.
    let fallbackStyle: String?
    let mode: RunMode
    let markdownFolder: String?
}
