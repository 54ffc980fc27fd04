/// A `.env` file: a variable a line, `NAME=value`, with comments, quotes and an optional `export`.
struct DotEnvFile {
    /// The variables.
    private(set) var variables: [String: String] = [:]
    /// The line of each variable, counted from 1; of one that stands repeatedly the last, which counts.
    private(set) var lines: [String: Int] = [:]
    /// The lines that are no variable.
    private(set) var problems: [ConfigurationProblem] = []

    /// Reads a file; the path is for messages.
    init(_ bytes: [UInt8], path: String) {
        // Some editors put a byte order mark in front.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            let message = "this is no text in UTF-8; a line for each variable is expected, NAME=value"
            problems = [ConfigurationProblem(source: path, message: message)]
            return
        }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = Self.trimmed(line)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let (name, value) = Self.variable(line) else {
                let message = "NAME=value is expected here"
                problems.append(ConfigurationProblem(source: path, line: index + 1, message: message))
                continue
            }
            variables[name] = value
            lines[name] = index + 1
        }
    }

    private static func variable(_ line: Substring) -> (String, String)? {
        var line = line
        if line.hasPrefix("export ") { line = trimmed(line.dropFirst(7)) }
        guard let sign = line.firstIndex(of: "=") else { return nil }
        let name = trimmed(line[..<sign])
        guard isName(name) else { return nil }
        return value(trimmed(line[line.index(after: sign)...])).map { (String(name), $0) }
    }

    /// Whether a text can be the name of a variable: letters, digits and `_`, no digit in front.
    static func isName(_ name: some StringProtocol) -> Bool {
        guard let first = name.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else { return false }
        return name.unicodeScalars.allSatisfy {
            $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
    }

    /// The value: in double quotes with escapes, in single quotes as it stands, or up to a comment.
    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else { return unquoted(text) }
        var value = ""
        var isEscaped = false
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if isEscaped {
                value.append(unescaped(character))
                isEscaped = false
            } else if character == "\\", quote == "\"" {
                isEscaped = true
            } else if character == quote {
                let behind = trimmed(rest)
                return behind.isEmpty || behind.hasPrefix("#") ? value : nil
            } else {
                value.append(character)
            }
        }
        return nil
    }

    private static func unescaped(_ character: Character) -> String {
        switch character {
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "\\", "\"", "$": String(character)
        default: "\\\(character)"
        }
    }

    private static func unquoted(_ text: Substring) -> String {
        var end = text.endIndex
        for index in text.indices where text[index] == "#" {
            let isComment = index == text.startIndex || text[text.index(before: index)].isWhitespace
            guard isComment else { continue }
            end = index
            break
        }
        return String(trimmed(text[..<end]))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
