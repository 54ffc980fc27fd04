import SourceCode

/// For whom each declaration of an outline is: everybody, the module alone, the tests, or a script's own run.
///
/// One pass over the table; a member is at most as visible as what holds it.
struct Visibility {
    /// What limits a declaration's audience.
    struct Limits: OptionSet {
        let rawValue: UInt8

        /// A name with a leading underscore that is not one of the language's own (`__len__`), or a part of such.
        static let isPrivate = Limits(rawValue: 1)
        /// A test, or a part of one.
        static let isTest = Limits(rawValue: 2)
        /// Declared under `if __name__ == "__main__":`.
        static let isScript = Limits(rawValue: 4)
    }

    /// The limits, row by row.
    private(set) var limits: [Limits] = []

    /// Finds the limits of every row.
    ///
    /// A private file's name limits the module alone: its public names are usually exported by another module.
    init(of outline: SourceOutline, file: FileTraits) {
        let names = NameBytes(outline)
        let testClasses = Self.classesWithTests(outline, names)
        let scripts = ScriptBlocks(outline)
        limits.reserveCapacity(outline.tables.declarations.count)
        for (row, record) in outline.tables.declarations.enumerated() {
            guard record.kind != .module else {
                limits.append(file.contains(.isTest) ? .isTest : [])
                continue
            }
            var own = limits[Int(record.parent)]
            if names.isPrivate(record.name) { own.insert(.isPrivate) }
            if names.isTest(record, holdsTests: testClasses.contains(row)) { own.insert(.isTest) }
            if record.traits.contains(.isConditional), scripts.contains(record) { own.insert(.isScript) }
            limits.append(own)
        }
        if file.contains(.isPrivate), !limits.isEmpty { limits[0].insert(.isPrivate) }
    }

    private static func classesWithTests(_ outline: SourceOutline, _ names: NameBytes) -> Set<Int> {
        var rows: Set<Int> = []
        for record in outline.tables.declarations where record.kind == .function && record.parent > 0 {
            if names.starts(record.name, with: "test") { rows.insert(Int(record.parent)) }
        }
        return rows
    }
}

/// Questions about names, answered on the file's bytes.
struct NameBytes {
    private let bytes: [UInt8]
    private let ranges: [ByteRange]

    init(_ outline: SourceOutline) {
        bytes = outline.file.bytes
        ranges = outline.tables.ranges
    }

    func starts(_ name: ByteRange, with prefix: StaticString) -> Bool {
        bytes[name.offsets].starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
    }

    func ends(_ name: ByteRange, with suffix: StaticString) -> Bool {
        guard name.count >= suffix.utf8CodeUnitCount else { return false }
        return starts(ByteRange(Int(name.end) - suffix.utf8CodeUnitCount, Int(name.end)), with: suffix)
    }

    func equals(_ name: ByteRange, _ text: StaticString) -> Bool {
        name.count == text.utf8CodeUnitCount && starts(name, with: text)
    }

    func isPrivate(_ name: ByteRange) -> Bool {
        guard starts(name, with: "_") else { return false }
        return !(name.count > 4 && starts(name, with: "__") && ends(name, with: "__"))
    }

    /// Whether a declaration is a test by its name or its bases; what holds it is not looked at.
    func isTest(_ record: DeclarationRecord, holdsTests: Bool) -> Bool {
        switch record.kind {
        case .module: false
        case .function: record.parent == 0 && starts(record.name, with: "test_")
        case .class: isTestClass(record, holdsTests: holdsTests)
        }
    }

    private func isTestClass(_ record: DeclarationRecord, holdsTests: Bool) -> Bool {
        let isNamedSo =
            starts(record.name, with: "Test") || ends(record.name, with: "Test")
            || ends(record.name, with: "Tests")
        if holdsTests, isNamedSo { return true }
        // `class LiveServerTestCase(TestCase)` without tests of its own is a library's offer to others' tests.
        return (holdsTests || !ends(record.name, with: "TestCase"))
            && ranges[record.bases.rows].contains { ends($0, with: "TestCase") }
    }
}
