/// The rules of one `.gitignore` or `.git/info/exclude`, as git understands them.
package struct IgnoreRules: Sendable {
    private let rules: [IgnoreRule]
    /// A summary of each rule, apart from them: most rules are done with by it, without touching a reference count.
    private let gates: [QuickLook]

    /// Reads the rules of a file's bytes.
    package init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        rules = text.split(separator: UInt8(ascii: "\n")).compactMap(IgnoreRule.init(line:))
        gates = rules.map(\.gate)
    }

    /// Whether there are no rules.
    package var isEmpty: Bool { rules.isEmpty }

    /// Whether a path is ignored, `nil` when no rule speaks of it; the last rule that does decides.
    ///
    /// - Parameters:
    ///   - path: The path below the rules' folder, without a slash in front.
    ///   - nameStart: Where the last component begins.
    ///   - isFolder: Whether it is a folder, links to folders excepted.
    /// - Returns: `true` for ignored, `false` for taken after all.
    package func verdict(on path: UnsafeBufferPointer<UInt8>, nameStart: Int, isFolder: Bool) -> Bool? {
        var index = gates.count
        while index > 0 {
            index -= 1
            let isCandidate = gates[index].admits(path, nameStart: nameStart, isFolder: isFolder)
            if isCandidate, rules[index].matches(path, nameStart: nameStart) { return !rules[index].isNegated }
        }
        return nil
    }
}

/// What must be true of a path before a rule is tried on it.
private struct QuickLook: Sendable {
    let isForFolders: Bool
    let isForPaths: Bool
    /// What a name, or a path for patterns with a slash, must begin and end with.
    let firstByte: UInt8?
    let lastByte: UInt8?

    func admits(_ path: UnsafeBufferPointer<UInt8>, nameStart: Int, isFolder: Bool) -> Bool {
        if isForFolders, !isFolder { return false }
        if let lastByte, path[path.count - 1] != lastByte { return false }
        if let firstByte, path[isForPaths ? 0 : nameStart] != firstByte { return false }
        return true
    }
}

/// One line of a `.gitignore`.
private struct IgnoreRule: Sendable {
    enum Shape: Sendable {
        case name([UInt8])
        case nameEnding([UInt8])
        case nameGlob(Glob)
        case path(prefix: [UInt8], rest: Glob?)
    }

    let shape: Shape
    let isNegated: Bool
    let isForFolders: Bool

    init?(line: ArraySlice<UInt8>) {
        var pattern = line.prefix { $0 != 0 }
        guard pattern.first != UInt8(ascii: "#") else { return nil }
        if pattern.count == line.count, pattern.last == UInt8(ascii: "\r") { pattern.removeLast() }
        pattern = Self.withoutTrailingBlanks(pattern)
        isNegated = pattern.first == UInt8(ascii: "!")
        if isNegated { pattern.removeFirst() }
        isForFolders = pattern.last == UInt8(ascii: "/")
        if isForFolders { pattern.removeLast() }
        guard !pattern.isEmpty else { return nil }
        shape = pattern.contains(UInt8(ascii: "/")) ? Self.pathShape(pattern) : Self.nameShape(pattern)
    }

    var gate: QuickLook {
        switch shape {
        case .name(let name): gate(name.first, name.last)
        case .nameEnding(let ending): gate(nil, ending.last)
        case .nameGlob(let glob): gate(glob.firstByte, glob.lastByte)
        case .path(let prefix, let rest): gate(prefix.first, rest.map(\.lastByte) ?? prefix.last, isForPaths: true)
        }
    }

    private func gate(_ first: UInt8?, _ last: UInt8?, isForPaths: Bool = false) -> QuickLook {
        QuickLook(isForFolders: isForFolders, isForPaths: isForPaths, firstByte: first, lastByte: last)
    }

    /// Blanks at the end count only behind a backslash.
    private static func withoutTrailingBlanks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var firstBlank: Int?
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == UInt8(ascii: " ") {
                firstBlank = firstBlank ?? index
            } else {
                firstBlank = nil
                if line[index] == UInt8(ascii: "\\") { index += 1 }
            }
            index += 1
        }
        return line[..<(firstBlank ?? line.endIndex)]
    }

    private static func nameShape(_ pattern: ArraySlice<UInt8>) -> Shape {
        let isPlain = !pattern.contains(where: isSpecial)
        if isPlain { return .name(Array(pattern)) }
        let ending = pattern.dropFirst()
        if pattern.first == UInt8(ascii: "*"), !ending.contains(where: isSpecial) { return .nameEnding(Array(ending)) }
        return .nameGlob(Glob(gitPattern: pattern))
    }

    /// As git does, the part in front of the first special character is compared alone, and two stars right
    /// behind it count as if they stood at the beginning.
    private static func pathShape(_ pattern: ArraySlice<UInt8>) -> Shape {
        let anchored = pattern.first == UInt8(ascii: "/") ? pattern.dropFirst() : pattern
        let prefix = anchored.prefix { !isSpecial($0) }
        let rest = anchored[prefix.endIndex...]
        return .path(prefix: Array(prefix), rest: rest.isEmpty ? nil : Glob(gitPattern: rest))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: "\\")
    }

    /// Whether the rule speaks of a path that passed its gate.
    func matches(_ path: UnsafeBufferPointer<UInt8>, nameStart: Int) -> Bool {
        switch shape {
        case .name(let expected):
            return path.count - nameStart == expected.count && path[nameStart...].elementsEqual(expected)
        case .nameEnding(let ending):
            return path.count - nameStart >= ending.count && path.suffix(ending.count).elementsEqual(ending)
        case .nameGlob(let glob):
            return glob.matches(UnsafeBufferPointer(rebasing: path[nameStart...]))
        case .path(let prefix, let rest):
            guard path.starts(with: prefix) else { return false }
            guard let rest else { return path.count == prefix.count }
            return rest.matches(UnsafeBufferPointer(rebasing: path[prefix.count...]))
        }
    }
}
