import Docstrings
import Testing

struct RoundTripTests {
    @Test(arguments: DocstringStyles.names)
    func `reads back what it wrote when no line is wrapped`(style name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var generated = GeneratedDocstrings(seed: 7, style: name)
        var layout = DocstringLayout()
        layout.lineLength = 10_000

        for _ in 0..<200 {
            let docstring = generated.next()
            let text = style.render(docstring, layout: layout)
            #expect(difference(style.parse(text).inOrder, docstring.inOrder.comparable) == nil, "\(text)")
        }
    }

    @Test(arguments: DocstringStyles.names)
    func `reads back what it wrote when lines are wrapped`(style name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var generated = GeneratedDocstrings(seed: 8, style: name)
        var layout = DocstringLayout()

        for round in 0..<200 {
            layout.lineLength = 88 + round % 40
            let docstring = generated.next()
            let text = style.render(docstring, layout: layout)
            let expected = docstring.inOrder.comparable.unwrapped
            #expect(difference(style.parse(text).inOrder.unwrapped, expected) == nil, "\(text)")
        }
    }

    @Test(arguments: DocstringStyles.names)
    func `writes the same text again from what it reads`(style name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var generated = GeneratedDocstrings(seed: 9, style: name)
        var layout = DocstringLayout()

        for round in 0..<200 {
            layout.lineLength = 50 + round % 60
            layout.indentationWidth = 4 * (round % 3)
            let text = style.render(generated.next(), layout: layout)
            let again = style.render(style.parse(text), layout: layout)
            #expect(difference("\(again)", "\(text)") == nil)
        }
    }
}

/// What two docstrings first differ in; `nil` if they are equal.
private func difference<Value: Equatable>(_ first: Value, _ second: Value) -> String? {
    guard first != second else { return nil }
    let (found, expected) = ("\(first)", "\(second)")
    let common = zip(found, expected).prefix { $0 == $1 }.count
    return "\(found.dropFirst(max(common - 30, 0)).prefix(80)) ≠ \(expected.dropFirst(max(common - 30, 0)).prefix(80))"
}

extension Docstring {
    /// The docstring with its sections by title, since each style has an order of its own.
    var inOrder: Docstring {
        Docstring(
            summary: summary,
            description: description,
            sections: sections.sorted { $0.title < $1.title }
        )
    }

    /// The docstring without blanks that its code spans do not need.
    var comparable: Docstring { mapTexts { $0.replacing("`` a`b ``", with: "``a`b``") } }

    /// The docstring with each paragraph on one line.
    var unwrapped: Docstring {
        mapTexts { text in
            text.split(separator: "\n\n", omittingEmptySubsequences: false)
                .map {
                    $0.contains(">>>") ? String($0) : $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                }
                .joined(separator: "\n\n")
        }
    }

    private func mapTexts(_ transform: (String) -> String) -> Docstring {
        Docstring(
            summary: transform(summary),
            description: transform(description),
            sections: sections.map { section in
                switch section {
                case .parameters(let entries): .parameters(entries.map { $0.mapText(transform) })
                case .attributes(let entries): .attributes(entries.map { $0.mapText(transform) })
                case .returns(let entries): .returns(entries.map { $0.mapText(transform) })
                case .yields(let entries): .yields(entries.map { $0.mapText(transform) })
                case .raises(let entries): .raises(entries.map { $0.mapText(transform) })
                case .notes(let text): .notes(transform(text))
                case .deprecated(let version, let text): .deprecated(version: version, text: transform(text))
                default: section
                }
            }
        )
    }
}

extension Docstring.Entry {
    fileprivate func mapText(_ transform: (String) -> String) -> Self {
        var result = self
        result.text = transform(text)
        return result
    }
}
