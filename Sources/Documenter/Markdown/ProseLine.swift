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
        if hasPrefix("+--") || hasPrefix("+==") || hasPrefix("| ") || self == "|" { return true }
        return hasPrefix("==") && contains(" ") && utf8.allSatisfy { $0 == 61 || $0 == 32 }
    }

    /// Only one punctuation character, as under a heading.
    var isUnderline: Bool {
        guard let first = utf8.first, "=-~^*+#".utf8.contains(first) else { return false }
        return utf8.count >= 3 && trimmedEnd.utf8.allSatisfy { $0 == first }
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
        case remark(title: String)
        case footnote
        case other
    }

    let kind: Kind
    let argument: String

    init?(_ line: Substring) {
        guard line.hasPrefix(".. ") else { return nil }
        let rest = line.dropFirst(3).trimmed
        if rest.hasPrefix("[") {
            kind = .footnote
            argument = String(rest)
            return
        }
        let head = rest.prefix { $0.isLetter || $0 == "-" || $0 == ":" }
        let name = head.dropLast(2)
        guard !name.isEmpty, head.hasSuffix("::") else { return nil }
        let text = String(rest.dropFirst(head.count).trimmed)
        kind = Self.kind(of: name, text)
        argument = text
    }

    private static func kind(of name: Substring, _ argument: String) -> Kind {
        switch name {
        case "code-block", "code", "sourcecode": .code(language: argument.isEmpty ? "text" : argument)
        case "doctest", "testcode", "ipython": .code(language: "python")
        case "note", "warning", "tip", "important", "caution", "danger", "attention", "hint", "error", "seealso",
            "todo", "versionadded", "versionchanged", "versionremoved", "deprecated":
            .remark(title: titles[name] ?? name.prefix(1).uppercased() + name.dropFirst())
        default: .other
        }
    }

    private static let titles: [Substring: String] = [
        "seealso": "See also", "versionadded": "Added in version", "versionchanged": "Changed in version",
        "versionremoved": "Removed in version", "deprecated": "Deprecated since version",
    ]

    /// A code block's lines behind its options (`:linenos:`).
    func withoutOptions(_ lines: [Substring]) -> [Substring] {
        var rest = lines[...]
        while let line = rest.first, line.isBlankLine || line.trimmed.hasPrefix(":") { rest.removeFirst() }
        return Array(rest)
    }
}
