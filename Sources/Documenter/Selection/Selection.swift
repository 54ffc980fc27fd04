public import SourceCode

/// Decides what gets a docstring, from settings, traits and names; looks at bytes only, at a few per declaration.
///
/// Some are never documented: overloads, setters and deleters, registrations named `_`, what stands in a generated file
/// or where a formatter is off. All else has an option that opens it:
///
/// - `documentsPrivate`: names with an underscore in front, parts of such, and vendored files.
/// - `documentsNested`: what is declared inside functions or under `if __name__ == "__main__":`.
/// - `documentsInitializers`: `__init__`, and the file `__init__.py` when it is empty.
/// - `documentsTests`: tests, and all files of tests.
/// - `documentsRuntimeData`: docstrings that the program itself reads, inherits (`@override`) or sets.
/// - `documentsStubs`: stub files.
public struct Selection: Sendable {
    private let settings: Settings

    /// Makes a selection for a run.
    public init(_ settings: Settings) {
        self.settings = settings
    }

    /// Why each declaration is left as it is, row by row; `nil` for those to document.
    public func skipReasons(in outline: SourceOutline, file: FileTraits) -> [SkipReason?] {
        let limits = Visibility(of: outline, file: file).limits
        let names = NameBytes(outline)
        let isGenerated = outline.tables.declarations.first?.traits.contains(.isGenerated) ?? false
        return zip(outline.tables.declarations, limits).map { record, limits in
            if !record.docstring.isEmpty && !settings.overwrites { return .documented }
            return isGenerated
                ? .generated
                : permanentReason(record, names)
                    ?? fileReason(record, file)
                    ?? audienceReason(record, limits)
                    ?? initializerReason(record, in: outline, names)
                    ?? contentReason(record, in: outline, file)
        }
    }

    private func permanentReason(_ record: DeclarationRecord, _ names: NameBytes) -> SkipReason? {
        let traits = record.traits
        if traits.isDisjoint(with: Self.permanent) { return nil }
        if traits.contains(.isGenerated) { return .generated }
        if traits.contains(.isInProtectedZone) { return .protectedZone }
        if traits.contains(.isOverload) { return .overload }
        if !traits.isDisjoint(with: [.isSetter, .isDeleter]) { return .accessor }
        return names.equals(record.name, "_") ? .registration : nil
    }

    private static let permanent: DeclarationTraits = [
        .isGenerated, .isInProtectedZone, .isOverload, .isSetter, .isDeleter, .isRegistration,
    ]

    private func fileReason(_ record: DeclarationRecord, _ file: FileTraits) -> SkipReason? {
        if file.contains(.isStub) && !settings.documentsStubs { return .stubFile }
        if file.contains(.isVendored) && !settings.documentsPrivate { return .vendored }
        return nil
    }

    private func audienceReason(_ record: DeclarationRecord, _ limits: Visibility.Limits) -> SkipReason? {
        if limits.contains(.isTest) && !settings.documentsTests { return .test }
        if limits.contains(.isPrivate) && !settings.documentsPrivate { return .isPrivate }
        let isInside = record.traits.contains(.isNested) || limits.contains(.isScript)
        return isInside && !settings.documentsNested ? .nested : nil
    }

    private func initializerReason(
        _ record: DeclarationRecord,
        in outline: SourceOutline,
        _ names: NameBytes
    ) -> SkipReason? {
        guard !settings.documentsInitializers, record.kind == .function,
            names.equals(record.name, "__init__")
        else { return nil }
        return outline.tables.declarations[Int(record.parent)].kind == .class ? .initializer : nil
    }

    private func contentReason(
        _ record: DeclarationRecord,
        in outline: SourceOutline,
        _ file: FileTraits
    ) -> SkipReason? {
        let isEmptyPackage =
            record.kind == .module && record.body.isEmpty && file.contains(.isPackage)
            && outline.tables.declarations.count == 1
        if isEmptyPackage && !settings.documentsInitializers { return .emptyPackage }
        guard !settings.documentsRuntimeData else { return nil }
        if record.traits.contains(.setsDocstringItself) { return .setsItself }
        if record.traits.contains(.isOverride) { return .override }
        return record.traits.isDisjoint(with: [.hasRuntimeDocstring, .hasDocstringDecorator]) ? nil : .runtimeData
    }
}
