import Docstrings
import Documenter
import Foundation
import PythonLanguage
import SourceCode
import TestSupport
import Testing

/// What is true of every docstring that the author writes, tried on code that no one here wrote.
struct CorpusTests {
    /// Folders of the standard library that are read, besides its own files.
    static let folders = ["", "asyncio", "email", "json", "logging", "unittest", "xml/dom", "http", "importlib"]

    /// The standard library of the machine's CPython, if there is one.
    static let library: String? = {
        let process = ChildProcess()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let path = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return process.terminationStatus == 0 && !path.isEmpty ? path : nil
    }()

    @Test(.enabled(if: library != nil, "skipped: no python3 with a standard library on PATH"), arguments: folders)
    func `every claim is in the code`(folder: String) throws {
        let library = try #require(Self.library)
        let path = folder.isEmpty ? library : "\(library)/\(folder)"
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".py") }.sorted()
        var findings: [String] = []
        var count = 0

        for name in names {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
            guard let outline = try? PythonLanguage().read(SourceFile(path: name, bytes: Array(bytes))) else {
                continue
            }
            let known = identifiers(in: String(decoding: bytes, as: UTF8.self)).union(Self.words)
            for declaration in outline.declarations {
                let claims = Claims(declaration)
                count += 1
                findings += claims.faults(known: known).map { "\(name): \(declaration.path): \($0)" }
            }
        }

        #expect(count > 0)
        #expect(findings.isEmpty, "\(findings.prefix(20).joined(separator: "\n"))")
    }

    /// Names of the language itself, which need not stand in a file.
    static let words: Set<String> = [
        "None", "True", "False", "NotImplemented", "return", "case", "except", "__new__", "bool", "int", "str", "float",
    ]
}

/// The words of letters, digits and underscores in a text.
func identifiers(in text: String) -> Set<String> {
    Set(
        text.unicodeScalars.split { !CharacterSet.alphanumerics.contains($0) && $0 != "_" }.map {
            String(String.UnicodeScalarView($0))
        }
    )
}

/// A docstring that the author wrote, held against its declaration.
struct Claims {
    let declaration: Declaration
    let docstring: Docstring

    init(_ declaration: Declaration) {
        self.declaration = declaration
        docstring = OutlineAuthor().docstring(
            for: DocumentationTarget(declaration: declaration, content: DocstringContent())
        )
    }

    func faults(known: Set<String>) -> [String] {
        summaryFaults() + parameterFaults() + raiseFaults() + textFaults() + nameFaults(known) + quoteFaults()
    }

    private func summaryFaults() -> [String] {
        let summary = docstring.summary
        if summary.isEmpty { return declaration.kind == .module ? [] : ["no summary"] }
        var faults: [String] = []
        if summary.contains("\n") || summary.count > 72 && declaration.name.count < 40 {
            faults.append("summary too long: \(summary)")
        }
        if summary.last != "." { faults.append("summary without full stop: \(summary)") }
        if summary.first?.isLowercase == true || summary.hasPrefix("This ") {
            faults.append("summary badly begun: \(summary)")
        }
        let first = summary.prefix { $0 != " " && $0 != "." }
        let isCommand = declaration.kind == .function && !declaration.traits.contains(.isProperty)
        let isThirdPerson =
            first.hasSuffix("s") && !["ss", "us"].contains(where: first.hasSuffix)
            && !["Canvas", "Alias", "Bias"].contains(first)
        if isCommand, isThirdPerson { faults.append("summary not in the imperative: \(summary)") }
        return faults
    }

    private var constructor: Declaration? {
        guard declaration.kind == .class else { return declaration.kind == .function ? declaration : nil }
        return declaration.outline.declarations.last {
            $0.name == "__init__" && Int($0.record.parent) == declaration.row && !$0.traits.contains(.isOverload)
        }
    }

    private func parameterFaults() -> [String] {
        var written: [String] = []
        for case .parameters(let entries) in docstring.sections { written += entries.flatMap(\.names) }
        let function = constructor.flatMap { $0.hasDocstring && declaration.kind == .class ? nil : $0 }
        let expected = (function?.parameters ?? []).filter { !$0.isReceiver && $0.name.contains { $0 != "_" } }.map {
            parameter in
            parameter.kind == .variadic
                ? "*" + parameter.name : parameter.kind == .variadicKeyword ? "**" + parameter.name : parameter.name
        }
        return written == expected ? [] : ["parameters \(written) instead of \(expected)"]
    }

    private func raiseFaults() -> [String] {
        var written: [String] = []
        for case .raises(let entries) in docstring.sections { written += entries.compactMap(\.type) }
        let raised = (constructor?.raises ?? []).filter { !$0.isCaughtInside }.compactMap(\.exception)
        let isRight = Set(written).count == written.count && Set(written).isSubset(of: raised)
        return isRight ? [] : ["raises \(written), the code \(raised)"]
    }

    private var entries: [Docstring.Entry] {
        docstring.sections.flatMap { section -> [Docstring.Entry] in
            switch section {
            case .parameters(let entries), .returns(let entries), .yields(let entries), .raises(let entries),
                .attributes(let entries):
                entries
            default: []
            }
        }
    }

    private func textFaults() -> [String] {
        entries.compactMap { entry in
            guard let first = entry.text.first, entry.text.last == ".", !first.isLowercase else {
                return "text of \(entry.names): \(entry.text)"
            }
            return entry.text.filter { $0 == "`" }.count.isMultiple(of: 2) ? nil : "backticks: \(entry.text)"
        }
    }

    private func nameFaults(_ known: Set<String>) -> [String] {
        let texts = [docstring.summary] + entries.map(\.text)
        let codes = texts.flatMap { text in
            text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map
            { String($0.element) }
        }
        return codes.flatMap { identifiers(in: $0) }.filter { !known.contains($0) }.map { "unknown name \($0)" }
    }

    /// Claims about comparisons and calls whose code does not stand in the body, and instances where there are none.
    private func quoteFaults() -> [String] {
        guard declaration.kind == .function else { return [] }
        let body = declaration.outline.text(declaration.record.body)
        let squeezed = body.filter { !$0.isWhitespace }
        var faults: [String] = []
        for entry in entries {
            let text = entry.text
            if text.contains("unless it is `None`"), !body.contains("is None or"), !body.contains("is not None and") {
                faults.append("no test for None: \(text)")
            }
            let hasReceiver = declaration.parameters.contains { $0.isReceiver }
            if text.contains("the instance"), !hasReceiver, !declaration.parameters.isEmpty {
                faults.append("no instance: \(text)")
            }
            let isQuoting = ["Compared with", "Searched for in", "Called with"].contains(where: text.hasPrefix)
            guard isQuoting, !body.contains("#"), let code = text.split(separator: "`").dropFirst().first else {
                continue
            }
            if !squeezed.contains(code.filter { !$0.isWhitespace }) { faults.append("not in the body: \(text)") }
        }
        return faults
    }
}
