public import LanguageModels

/// A YAML or JSON file as a value, with the line in which each part of it stands.
public struct YAMLDocument: Sendable {
    /// The file's value: numbers, truth values and null as JSON knows them, everything else as text; `null` for an
    /// empty file.
    public let value: JSONValue
    private let root: YAMLNode?

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: The file's bytes.
    ///   - path: The file's path, for messages.
    /// - Throws: ``ConfigurationProblem`` with the line: also for a name that stands twice in one mapping, for values
    ///   nested deeper than 100 levels, and for more than 100,000 of them.
    public init(_ bytes: [UInt8], path: String) throws(ConfigurationProblem) {
        do throws(ConfigurationProblem) {
            root = try YAMLNode.parse(bytes)
            value = try root?.json() ?? .null
        } catch {
            throw ConfigurationProblem(source: path, line: error.line, message: error.message)
        }
    }

    /// The line of each part, counted from 1, by its place, such as `models[3].price.input`; the whole has the place
    /// `""`.
    public func lines() -> [String: Int] {
        var lines: [String: Int] = [:]
        root?.addLines(to: &lines, at: "")
        return lines
    }
}

extension YAMLNode {
    fileprivate func json() throws(ConfigurationProblem) -> JSONValue {
        switch content {
        case .scalar(let text, let isQuoted): return isQuoted ? .string(text) : Self.plain(text)
        case .sequence(let items):
            var elements: [JSONValue] = []
            for item in items { elements.append(try item.json()) }
            return .array(elements)
        case .mapping(let pairs): return .object(try Self.object(pairs))
        }
    }

    private static func object(_ pairs: [(key: YAMLNode, value: YAMLNode)]) throws(ConfigurationProblem) -> JSONObject {
        var members: [(key: String, value: JSONValue)] = []
        var seen: [String: Int] = [:]
        for (key, value) in pairs {
            guard let name = key.scalar else {
                throw ConfigurationProblem(line: key.line, message: "a name is expected here")
            }
            if let first = seen.updateValue(key.line, forKey: name) {
                let message = "\(name) stands here a second time, after line \(first)"
                throw ConfigurationProblem(line: key.line, message: message)
            }
            members.append((name, try value.json()))
        }
        return JSONObject(members)
    }

    /// A scalar without quotes.
    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        if case .number(let number) = try? JSONValue(parsing: text) { return .number(number) }
        return .string(text)
    }

    fileprivate func addLines(to lines: inout [String: Int], at place: String) {
        lines[place] = line
        switch content {
        case .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() { item.addLines(to: &lines, at: "\(place)[\(index)]") }
        case .mapping(let pairs):
            for (key, value) in pairs {
                let name = key.scalar ?? ""
                let inner = place.isEmpty ? name : "\(place).\(name)"
                value.addLines(to: &lines, at: inner)
                lines[inner] = key.line
            }
        }
    }
}
