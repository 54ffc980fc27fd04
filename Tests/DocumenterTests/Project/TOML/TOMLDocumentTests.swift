import Documenter
import Foundation
import Testing

struct TOMLDocumentTests {
    @Test func `reads every kind of value`() throws {
        let document = TOMLDocument(Array(Self.everything.utf8))

        #expect(document.problems.isEmpty)
        #expect(document["text"] == "s:é\t\"x\"\\")
        #expect(document["servers", "alpha", "ip"] == "s:10.0.0.1")
        #expect(document["dotted", "a b", "c"] == "i:3232")
        #expect(document["paragraph"] == "s:one two\n\"\"three\"")
        #expect(document["raw"] == "s:C:\\path\n'")
        #expect(document["list"] == "[s:a, [i:1, i:2], {x=b:true}]")
        #expect(document["day"] == "d:1979-05-27 07:32:00.5Z")
        #expect(document["float"] == "f:-1500.25")
        #expect(document["fruit"] == "tables 2")
        #expect(document.root["dotted", "a b", "c"]?.line == 4)
    }

    @Test func `another section's mistakes keep no section from being read`() throws {
        let text = """
            [tool.other]
            a = what is this
            b = [1, 2
              3,
              "x = 4",
            c = \"\"\"never closed
            [tool.other]
            [tool.docent]
            style = "numpy"
            [other.
            style = "lost"
            [last]
            x = 1
            """

        let document = TOMLDocument(Array(text.utf8))

        #expect(document["tool", "docent", "style"] == "s:numpy")
        #expect(document["tool", "docent"] == "{style=s:numpy}")
        #expect(document["last", "x"] == "i:1")
        #expect(document.problems.allSatisfy { !$0.path.starts(with: ["tool", "docent"]) })
        #expect(document.problems.map(\.line) == [2, 4, 6, 7, 10])
    }

    @Test(arguments: [
        ("a = 1\na = 2", 2, "the key `a` is defined twice, first on line 1"),
        ("[t]\nx = 1\n[t]", 3, "the table `t` is defined twice, first on line 1"),
        ("a = {b = 1}\na.c = 2", 2, "the key `a.c` is defined twice, first on line 1"),
        ("\n\"a", 2, "a string is not closed with \""),
        ("a = 'x", 1, "a string is not closed with '"),
        ("a = \"\"\"\n\nx", 1, "a string is not closed with \"\"\""),
        ("a = yes", 1, "`yes` is no value; write strings in quotes"),
        ("a =", 1, "the key `a` has no value"),
        ("a = [\n1\n", 1, "an array is not closed with ]"),
        ("a = [\n1\n2]", 3, "`,` or `]` is expected in the array that begins on line 1"),
        ("[a", 1, "a table's header is not closed with ]"),
        ("a", 1, "`=` is expected after the key `a`"),
        ("a = 1 b = 2", 1, "only one statement may stand on a line"),
        ("a = {x = 1", 1, "`,` or `}` is expected in an inline table"),
        ("a = \"\\q\"", 1, "a string holds an unknown escape; write '…' or double its backslash"),
    ])
    func `says what is wrong and where`(text: String, line: Int, message: String) {
        let document = TOMLDocument(Array(text.utf8))

        #expect(document.problems.map(\.line) == [line])
        #expect(document.problems.map(\.message) == [message])
    }

    @Test(arguments: [
        "a = " + String(repeating: "[", count: 100_000), String(repeating: "a.", count: 100_000) + "a = 1",
    ])
    func `deep nesting is refused without harm`(text: String) {
        #expect(TOMLDocument(Array(text.utf8)).problems.count == 1)
    }

    @Test(arguments: ["x = \"\"\"\n", "x = [1,\n", "x = [\n", "x = {a = '''\n", "[[x]]\n", "x.y.z = 1\n", "\"\n"])
    func `time grows with the text only`(line: String) {
        let start = ContinuousClock.now
        _ = TOMLDocument(Array(String(repeating: line, count: 20_000).utf8))

        #expect(ContinuousClock.now - start < .seconds(10))
    }

    /// Python's own reader is the judge.
    @Test func `reads what Python's reader reads, and finds mistakes where it does`() throws {
        var random = SeededGenerator(seed: 7)
        let seeds = [Self.everything] + Self.small
        let count = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == nil ? 4_000 : 100_000
        let documents =
            seeds + (0..<count).map { _ in Self.mutated(seeds.randomElement(using: &random) ?? "", using: &random) }
        let input = Data(documents.map { Array($0.utf8) }.joined(separator: [0]))
        let judged = try Ran(["python3", "-c", Self.judge], in: "/", input: input)
        try #require(judged.status == 0, "needs Python 3.11 or newer")
        let answers = String(decoding: judged.output, as: UTF8.self).split(separator: "\n")
        try #require(answers.count == documents.count)

        for (document, answer) in zip(documents, answers) {
            let read = TOMLDocument(Array(document.utf8))
            let own = read.problems.isEmpty ? TOMLValue.table(read.root).canonical : "E"
            #expect(own == answer, "\(document)\n\(read.problems)")
        }
        #expect(answers.count { $0 != "E" } > documents.count / 10)
        #expect(answers.count { $0 == "E" } > documents.count / 10)
    }

    private static func mutated(_ text: String, using random: inout some RandomNumberGenerator) -> String {
        var scalars = Array(text.unicodeScalars)
        let pieces = [
            "\"", "'", "\"\"\"", "'''", "[", "]", "{", "}", "=", ".", ",", "\n", "#", " ", "\\", "1", "0", "_", "e",
            "a", "-",
            ":", "\r\n", "\t", "a.b = 1\n", "[a.b]\n", "[[a]]\n", "a = {b = 1}\n", "\\u00e9", "+", "true", "inf",
            "0x1F",
            "1979-05-27", "07:32:00", "a", "b", "\u{1}", "é",
        ]
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let position = Int.random(in: 0...scalars.count, using: &random)
            let end = min(scalars.count, position + Int.random(in: 0...3, using: &random))
            let piece = Bool.random(using: &random) ? "" : pieces.randomElement(using: &random) ?? ""
            scalars.replaceSubrange(position..<end, with: Array(piece.unicodeScalars))
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private static let everything = #"""
        # A comment
        text = "\u00e9\t\"x\"\\" # behind
        'quoted key' = 'C:\n'
        dotted."a b".c = 0xC_A0
        int = [ +1_000, -0, 0o17, 0b1, 9223372036854775807 ]
        float = -1.500_25e3
        special = [inf, -inf, +nan, 1e5, 6.6E-3, 0.0]
        yes = true
        paragraph = """
        one \
            two
        ""three""""
        raw = '''C:\path
        ''''
        list = ["a", [1, 2], {x = true},] # end
        many = [
          # comment
          1,

          2 # last
          ,
        ]
        day = 1979-05-27 07:32:00.5Z
        days = [1979-05-27, 07:32:00, 1979-05-27T07:32:00-07:00, 2000-02-29]
        empty = {}
        inline = { a.b = 1, a.c = "x", 'd e' = [ ] }

        [servers]
        [servers.alpha]
        ip = "10.0.0.1"
        [a.b.c]
        x = 1
        [a]
        b.d = 2
        [[fruit]]
        name = "apple"
        [fruit.physical]
        color = "red"
        [[fruit.variety]]
        name = "red delicious"
        [[fruit]]
        name = "banana"
        """#

    private static let small = [
        "", "\n", "a = 1\n", "a = 1\r\nb = 2\r\n", "[a]\n[a.b]\n", "[a.b]\n[a]\n", "a.b.c = 1\na.b.d = 2\n[x]\n",
        "x = 1",
        "[fruit]\napple.color = 1\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true\n",
        "[[a]]\nb = 1\n[[a]]\n[[a.c]]\n[a.d]\n", "a = [[], [[]], [1, 'x', {y = []}]]\n", "\"\" = 1\n'' . x = 2\n",
        "a = { b = { c = 1 } }\n", "t = 23:59:59.999999\nd = 2024-02-29t00:00:00z\n",
        "a = \"\"\"x\\\n\n   y\\\\\\n\"\"\"\n",
    ]

    private static let judge = """
        import sys, tomllib, struct, math
        def show(v):
            if isinstance(v, bool): return 'b:' + ('true' if v else 'false')
            if isinstance(v, str): return 's:' + v.encode().hex()
            if isinstance(v, int): return 'i:' + str(v) if -2**63 <= v < 2**63 else None
            if isinstance(v, float): return 'f:' + ('nan' if math.isnan(v) else struct.pack('>d', v).hex())
            if isinstance(v, list): return '[' + ', '.join(map(show, v)) + ']'
            if isinstance(v, dict):
                return '{' + ', '.join(k + '=' + x for k, x in sorted((k.encode().hex(), show(x)) for k, x in v.items())) + '}'
            return 'd'
        for document in sys.stdin.buffer.read().split(b'\\0'):
            try:
                print(show(tomllib.loads(document.decode())))
            except Exception:
                print('E')
        """
}

extension TOMLDocument {
    fileprivate subscript(path: String...) -> String? {
        var value = TOMLValue.table(root)
        for name in path {
            guard case .table(let table) = value, let entry = table[name] else { return nil }
            value = entry.value
        }
        return value.shown
    }
}

extension TOMLValue {
    /// A short form for people.
    fileprivate var shown: String {
        switch self {
        case .string(let text): "s:" + text
        case .integer(let number): "i:\(number)"
        case .float(let number): "f:\(number)"
        case .boolean(let value): "b:\(value)"
        case .date(let text): "d:" + text
        case .array(let values): "[" + values.map(\.shown).joined(separator: ", ") + "]"
        case .table(let table):
            "{" + table.entries.map { "\($0.key)=\($0.value.value.shown)" }.sorted().joined(separator: ", ") + "}"
        case .tables(let tables): "tables \(tables.all.count)"
        }
    }

    /// The form in which the judge writes values.
    fileprivate var canonical: String {
        switch self {
        case .string(let text): "s:" + text.hexadecimal
        case .integer(let number): "i:\(number)"
        case .float(let number): "f:" + (number.isNaN ? "nan" : number.bitPattern.padded)
        case .boolean(let value): "b:\(value)"
        case .date: "d"
        case .array(let values): "[" + values.map(\.canonical).joined(separator: ", ") + "]"
        case .table(let table):
            "{"
                + table.entries.map { ($0.key.hexadecimal, $0.value.value.canonical) }.sorted { $0 < $1 }
                .map { "\($0)=\($1)" }.joined(separator: ", ") + "}"
        case .tables(let tables): "[" + tables.all.map { TOMLValue.table($0).canonical }.joined(separator: ", ") + "]"
        }
    }
}

extension String {
    fileprivate var hexadecimal: String {
        utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension UInt64 {
    fileprivate var padded: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
