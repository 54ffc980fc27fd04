/// What stands in front of a list's item.
struct ListMarker {
    /// The marker in CommonMark.
    let text: String
    /// Characters up to the item's text.
    let length: Int

    var isBullet: Bool { text == "-" }
}

extension Substring {
    var isBlankLine: Bool { utf8.allSatisfy { $0 == 32 || $0 == 9 || $0 == 12 } }

    var indentation: Int { utf8.prefix { $0 == 32 }.count }

    var trimmedEnd: Substring {
        var rest = self
        while let last = rest.utf8.last, last == 32 || last == 9 || last == 10 {
            rest = Substring(rest.utf8.dropLast())
        }
        return rest
    }

    var trimmed: Substring { Substring(utf8.drop { $0 == 32 || $0 == 9 }).trimmedEnd }

    /// The run of back-ticks or tildes that opens a fence.
    var fence: Substring? {
        for mark: UInt8 in [96, 126] {
            let run = Substring(utf8.prefix { $0 == mark })
            if run.utf8.count >= 3, !(mark == 96 && utf8.dropFirst(run.utf8.count).contains(96)) { return run }
        }
        return nil
    }

    /// Part of a reST or Markdown table, or of a line block.
    var isTableLine: Bool {
        if begins("+--") || begins("+==") || begins("| ") || self == "|" { return true }
        return begins("==") && contains(" ") && utf8.allSatisfy { $0 == 61 || $0 == 32 }
    }

    /// Only one punctuation character, as under a heading.
    var isUnderline: Bool {
        guard let first = utf8.first, "=-~^*+#".utf8.contains(first) else { return false }
        return utf8.count >= 3 && trimmedEnd.utf8.allSatisfy { $0 == first }
    }

    /// Whether an example without prompts begins here, and not a sentence about it.
    var looksLikeCode: Bool {
        if begins("@") || begins("# ") || begins("$ ") || begins("import ") { return true }
        if begins("from ") { return firstRange(of: " import ") != nil }
        let openers: [StaticString] = ["def ", "class ", "with ", "for ", "if ", "while ", "async "]
        if openers.contains(where: begins) { return trimmedEnd.hasSuffix(":") }
        let call = begins("await ") ? dropFirst(6) : self
        let name = call.utf8.prefix { $0 == 46 || $0 == 95 || MarkdownText.isAlphanumeric($0) }
        let rest = call[name.endIndex...]
        return !name.isEmpty && (rest.begins("(") || rest.begins(" = ") || rest.begins("["))
    }

    var listMarker: ListMarker? {
        let digits = utf8.prefix { (48...57).contains($0) }.count
        let rest = utf8.dropFirst(Swift.max(digits, 1))
        if digits == 0, let first = utf8.first, "-*+".utf8.contains(first), rest.first == 32 {
            return ListMarker(text: "-", length: 2)
        }
        guard rest.first == 46, rest.dropFirst().first == 32 else { return nil }
        if digits == 0 { return utf8.first == 35 ? ListMarker(text: "1.", length: 3) : nil }
        return digits <= 3 ? ListMarker(text: prefix(digits) + ".", length: digits + 2) : nil
    }
}

extension String {
    var trimmedEnd: Substring { self[...].trimmedEnd }

    /// The lines, ended by `\n`, `\r\n` or `\r`, without their ends.
    var lines: [Substring] { self[...].lines }
}

extension Substring {
    /// The lines, ended by `\n`, `\r\n` or `\r`, without their ends.
    var lines: [Substring] {
        guard utf8.contains(13) else {
            return utf8.split(separator: 10, omittingEmptySubsequences: false).map(Substring.init)
        }
        return split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }

    /// `hasPrefix` by bytes, which is all that ASCII needs.
    func begins(_ prefix: StaticString) -> Bool {
        utf8.starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
    }
}

extension [Substring] {
    /// The lines without the blanks that all have in front.
    var outdented: [Substring] {
        let margin = lazy.filter { !$0.isBlankLine }.map(\.indentation).min() ?? 0
        return map { $0.isBlankLine ? "" : Substring($0.utf8.dropFirst(margin)) }
    }
}

/// A reST directive's first line: `.. name:: argument`, or a footnote's `.. [1] text`.
struct Directive {
    enum Kind {
        case code(language: String)
        /// Prose behind a title, which may end with a version.
        case remark(title: String)
        case footnote
        case other
    }

    let kind: Kind
    let argument: String

    init?(_ line: Substring) {
        guard line.begins(".. ") else { return nil }
        let rest = line.dropFirst(3).trimmed
        if rest.begins("[") {
            kind = .footnote
            argument = String(rest)
            return
        }
        let head = rest.prefix { $0.isLetter || $0 == "-" || $0 == ":" }
        let name = head.dropLast(2)
        guard !name.isEmpty, head.hasSuffix("::") else { return nil }
        let text = rest.dropFirst(head.count).trimmed
        guard let title = Self.versionTitles[name] else {
            kind = Self.kind(of: name, String(text))
            argument = String(text)
            return
        }
        let version = text.prefix { $0 != " " }
        kind = .remark(title: version.isEmpty ? title : "\(title) \(version)")
        argument = String(text[version.endIndex...])
    }

    private static func kind(of name: Substring, _ argument: String) -> Kind {
        switch name {
        case "code-block", "code", "sourcecode": .code(language: argument.isEmpty ? "text" : argument)
        case "doctest", "testcode", "ipython": .code(language: "python")
        case "note", "warning", "tip", "important", "caution", "danger", "attention", "hint", "error", "seealso",
            "todo":
            .remark(title: name == "seealso" ? "See also" : name.prefix(1).uppercased() + name.dropFirst())
        default: .other
        }
    }

    private static let versionTitles: [Substring: String] = [
        "versionadded": "Added in version", "versionchanged": "Changed in version",
        "versionremoved": "Removed in version", "deprecated": "Deprecated since version",
    ]

    /// A code block's lines behind its options (`:linenos:`).
    func withoutOptions(_ lines: [Substring]) -> [Substring] {
        var rest = lines[...]
        while let line = rest.first, line.isBlankLine || line.trimmed.begins(":") { rest.removeFirst() }
        return Array(rest)
    }
}
