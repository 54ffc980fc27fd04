public import SourceCode

/// Writes the declarations of an outline with their facts, one JSON object a line: for tools, tests and editors.
///
/// Lines are in file order, the module first. Every member is always there; what is absent in the source is `null` or
/// an empty array. Lines and columns are counted from 1, columns in bytes; offsets are bytes from 0.
///
/// | member | value |
/// |---|---|
/// | `file` | the path as found |
/// | `path`, `ordinal` | names from the outermost declaration inwards, joined by periods, `""` for the module; position among the declarations of the same path |
/// | `kind`, `name` | `module`, `class`, `function` or `method` |
/// | `line`, `column`, `endLine` | of `async`, `def` or `class`; last line of the last statement |
/// | `async`, `traits` | `async def`; names of ``SourceCode/DeclarationTraits`` that hold (`generator`, `property`, …) |
/// | `decorators`, `bases`, `typeParameters` | each as written; keyword arguments of a class are among `bases` |
/// | `parameters` | `{name, kind, receiver, annotation, default}`; kind is `positionalOnly`, `positional`, `variadic`, `keywordOnly` or `variadicKeyword` |
/// | `returnAnnotation` | text or `null` |
/// | `docstring` | `null` or `{text, line, endLine, start, end, prefix, quotes}`: cleaned text, place of the literals |
/// | `returns` | `{line, value, kind}` for each `return` of the own body; `value` is `null` for a bare one |
/// | `yields` | the same with `delegating` (`yield from`) |
/// | `raises` | `{line, exception, message, caughtInside, reraise, conditions}`; conditions are `{kind, text}`, outermost first, of kind `holds`, `fails`, `caught`, `matches` or `iterates` |
/// | `catches`, `calls` | exception types of `except` clauses; what stands in front of each call's parenthesis |
/// | `fields`, `attributes` | `{name, annotation, value, comment, docstring}`: of the class body; set on the receiver |
/// | `complexity` | McCabe's, of the own body |
/// | `comments` | `{leading, header, body}` without `#` |
public struct OutlineJSON: Sendable {
    private let language: any SourceLanguage

    /// Makes a writer for outlines of one language, which knows what its docstrings say.
    public init(language: any SourceLanguage) {
        self.language = language
    }

    /// Appends a line for each declaration.
    public func write(_ outline: SourceOutline, to json: inout JSONWriter) {
        for declaration in outline.declarations {
            json.object { json in write(declaration, to: &json) }
            json.endLine()
        }
    }

    private func write(_ declaration: Declaration, to json: inout JSONWriter) {
        writeIdentity(of: declaration, to: &json)
        writeHeader(of: declaration, to: &json)
        writeDocstring(of: declaration, to: &json)
        writeBody(of: declaration, to: &json)
        writeComments(of: declaration, to: &json)
    }

    private func writeIdentity(of declaration: Declaration, to json: inout JSONWriter) {
        let outline = declaration.outline
        let record = declaration.record
        json.member("file", outline.file.path)
        json.member("path", declaration.path)
        json.member("ordinal", record.ordinal)
        json.member("kind", declaration.isMethod ? "method" : "\(declaration.kind)")
        json.member("name", declaration.name)
        json.member("line", record.line)
        json.member("column", outline.position(of: Int(record.header.start)).column)
        json.member("endLine", outline.lastLine(of: record.extent))
        json.member("async", declaration.traits.contains(.isAsync))
        json.member("traits", declaration.traits.names)
    }

    private func writeHeader(of declaration: Declaration, to json: inout JSONWriter) {
        json.member("decorators", declaration.decorators)
        json.member("bases", declaration.bases)
        json.member("typeParameters", declaration.typeParameters)
        json.array("parameters") { json in
            for parameter in declaration.parameters {
                json.object { $0.write(parameter) }
            }
        }
        json.member("returnAnnotation", declaration.returnAnnotation)
    }

    private func writeDocstring(of declaration: Declaration, to json: inout JSONWriter) {
        let outline = declaration.outline
        let range = declaration.record.docstring
        guard !range.isEmpty else { return json.member("docstring", String?.none) }
        let opening = LiteralOpening(of: outline.file.bytes[range.offsets])
        json.object("docstring") { json in
            json.member("text", language.docstring(of: declaration))
            json.member("line", outline.position(of: Int(range.start)).line)
            json.member("endLine", outline.lastLine(of: range))
            json.member("start", range.start)
            json.member("end", range.end)
            json.member("prefix", opening.prefix)
            json.member("quotes", opening.quotes)
        }
    }

    private func writeBody(of declaration: Declaration, to json: inout JSONWriter) {
        json.array("returns") { json in
            for fact in declaration.returns { json.object { $0.write(result: fact) } }
        }
        json.array("yields") { json in
            for fact in declaration.yields { json.object { $0.write(yield: fact) } }
        }
        json.array("raises") { json in
            for fact in declaration.raises { json.object { $0.write(fact) } }
        }
        json.member("catches", declaration.catches)
        json.member("calls", declaration.calls)
        json.array("fields") { json in
            for field in declaration.fields { json.object { $0.write(field) } }
        }
        json.array("attributes") { json in
            for field in declaration.attributes { json.object { $0.write(field) } }
        }
        json.member("complexity", declaration.record.complexity)
    }

    private func writeComments(of declaration: Declaration, to json: inout JSONWriter) {
        json.object("comments") { json in
            json.member("leading", declaration.leadingComment)
            json.member("header", declaration.headerComment)
            json.member("body", declaration.bodyComment)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ parameter: Parameter) {
        member("name", parameter.name)
        member("kind", "\(parameter.kind)")
        member("receiver", parameter.isReceiver)
        member("annotation", parameter.annotation)
        member("default", parameter.defaultValue)
    }

    fileprivate mutating func write(result: ResultFact) {
        member("line", result.line)
        member("value", result.kind == .absent ? nil : result.value)
        member("kind", "\(result.kind)")
    }

    fileprivate mutating func write(yield: ResultFact) {
        write(result: yield)
        member("delegating", yield.isDelegating)
    }

    fileprivate mutating func write(_ raise: RaiseFact) {
        member("line", raise.line)
        member("exception", raise.exception)
        member("message", raise.message)
        member("caughtInside", raise.isCaughtInside)
        member("reraise", raise.isReraise)
        array("conditions") { json in
            for condition in raise.guards where condition.kind != .untold {
                json.object { json in
                    json.member("kind", "\(condition.kind)")
                    json.member("text", condition.condition)
                }
            }
        }
    }

    fileprivate mutating func write(_ field: Field) {
        member("name", field.name)
        member("annotation", field.annotation)
        member("value", field.value)
        member("comment", field.comment)
        member("docstring", field.docstring)
    }
}

extension SourceOutline {
    /// The line of a range's last byte.
    fileprivate func lastLine(of range: ByteRange) -> Int {
        position(of: max(Int(range.start), Int(range.end) - 1)).line
    }
}

/// How a string literal begins: the letters in front of its quotes, and the quotes.
private struct LiteralOpening {
    let prefix: String
    let quotes: String

    init(of bytes: ArraySlice<UInt8>) {
        let letters = bytes.prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
        let rest = bytes.dropFirst(letters.count)
        let isTriple = rest.count >= 6 && rest.prefix(3).allSatisfy { $0 == rest.first }
        prefix = String(decoding: letters, as: UTF8.self)
        quotes = String(decoding: rest.prefix(isTriple ? 3 : 1), as: UTF8.self)
    }
}
