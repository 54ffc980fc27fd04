/// Gathers the fields of reST and Epytext into sections: a name's text and type stand in different fields.
struct FieldReader {
    private var parameters: [Docstring.Entry] = []
    private var otherParameters: [Docstring.Entry] = []
    private var attributes: [Docstring.Entry] = []
    private var returned: Docstring.Entry?
    private var yielded: Docstring.Entry?
    private var received: Docstring.Entry?
    private var raised: [Docstring.Entry] = []
    private var warned: [Docstring.Entry] = []
    private var types: [String: String] = [:]
    private var others: [Docstring.Section] = []

    /// Takes a field; `false` if its tag is not known.
    mutating func take(_ tag: String, _ argument: Substring, _ text: String, _ builder: DocstringBuilder) -> Bool {
        switch tag {
        case "param", "parameter", "arg", "argument": parameters.append(named(argument, text, builder))
        case "keyword", "key", "kwarg", "kwparam": otherParameters.append(named(argument, text, builder))
        case "ivar", "cvar", "var": attributes.append(named(argument, text, builder))
        case "type", "paramtype", "vartype", "kwtype": types[String(argument)] = joined(text)
        case "return", "returns": returned = result(returned, text: builder.text(text))
        case "rtype", "returntype": returned = result(returned, type: joined(text))
        case "yield", "yields": yielded = result(yielded, text: builder.text(text))
        case "ytype": yielded = result(yielded, type: joined(text))
        case "receives": received = result(received, text: builder.text(text))
        case "raise", "raises", "except", "exception", "throws":
            raised.append(Docstring.Entry(type: String(argument), text: builder.text(text)))
        case "warns": warned.append(Docstring.Entry(type: String(argument), text: builder.text(text)))
        case "note": others.append(.notes(builder.text(text)))
        case "see": others.append(.seeAlso(builder.text(text)))
        case "deprecated": others.append(deprecated(builder.text(text)))
        default: return false
        }
        return true
    }

    /// Adds the sections to a docstring.
    func add(to builder: inout DocstringBuilder) {
        let sections: [Docstring.Section] = [
            .parameters(typed(parameters)), .otherParameters(typed(otherParameters)),
            .attributes(typed(attributes)), .returns(entries(returned)), .yields(entries(yielded)),
            .receives(entries(received)), .raises(raised), .warns(warned),
        ]
        for section in sections where section.entries?.isEmpty == false { builder.add(section) }
        for section in others { builder.add(section) }
    }

    /// `name` or `type name`.
    private func named(_ argument: Substring, _ text: String, _ builder: DocstringBuilder) -> Docstring.Entry {
        let words = argument.split(separator: " ")
        let type = words.count > 1 ? words.dropLast().joined(separator: " ") : nil
        return builder.entry(words.suffix(1).map { $0.filter { $0 != "\\" } }, type: type, text: text)
    }

    private func typed(_ entries: [Docstring.Entry]) -> [Docstring.Entry] {
        entries.map { entry in
            var result = entry
            if let type = entry.names.first.flatMap({ types[$0] }) {
                result.isOptional = type.hasSuffix(", optional")
                result.type = result.isOptional ? String(type.dropLast(10)) : type
            }
            return result
        }
    }

    private func result(_ entry: Docstring.Entry?, text: String? = nil, type: String? = nil) -> Docstring.Entry {
        var result = entry ?? Docstring.Entry()
        if let text { result.text = text }
        if let type { result.type = type }
        return result
    }

    private func entries(_ entry: Docstring.Entry?) -> [Docstring.Entry] { entry.map { [$0] } ?? [] }

    /// A type's lines as one.
    private func joined(_ text: String) -> String {
        text.utf8.contains(.lineFeed) ? text.split(separator: "\n").joined(separator: " ") : text
    }

    /// Splits `Since 1.6.0. Text` into version and text.
    private func deprecated(_ text: String) -> Docstring.Section {
        guard text.hasPrefix("Since ") else { return .deprecated(version: "", text: text) }
        let version = text.dropFirst(6).prefix { $0 != " " && $0 != "\n" }
        let rest = text.dropFirst(6 + version.count).trimmed
        return .deprecated(version: String(version.last == "." ? version.dropLast() : version), text: String(rest))
    }
}
