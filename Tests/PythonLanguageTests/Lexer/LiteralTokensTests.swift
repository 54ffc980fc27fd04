import PythonLanguage
import SourceCode
import Testing

struct LiteralTokensTests {
    @Test(
        arguments: [
            ("0xFF", .number), ("0b1_0", .number), ("1_000.5e-3J", .number), (".5", .number), ("1.", .number),
            ("1e5", .number), ("00", .number), ("09.5", .number), ("1.0if", nil),
            ("'a'", .string), ("''", .string), (#"'\''"#, .string), (#"'\\'"#, .string), (#"r'\''"#, .string),
            ("'''a'b''c'''", .string), ("'''a\n'''", .string), (#"'''a\''''"#, .string), ("'a\\\nb'", .string),
            ("'a\\\r\nb'", .string), ("\"'\" '\"'", .string), ("U'a' R\"b\"", .string), ("'#'", .string),
            ("b'a'", .bytes), ("Rb'a' bR\"b\"", .bytes),
            ("f'a'", .formattedString), ("f''", .formattedString), ("'a' F'b'", .formattedString),
            ("f'{a}'", .formattedString), ("f'{{{a}}}'", .formattedString), ("f'{a!r:>{b}}'", .formattedString),
            ("f'{a[\"b\"]}'", .formattedString), ("f'{a['b']}'", .formattedString),
            ("f'{f'{f'{1}'}'}'", .formattedString), ("f'{'}'}'", .formattedString), ("f'{a:{'}'}}'", .formattedString),
            ("f'{a # }'\n}'", .formattedString), ("f'''{\n'''x'''\n}'''", .formattedString),
            ("f'{a:%H:%M}'", .formattedString), ("f'{(lambda b: c)}'", .formattedString),
            ("f'{ {1: 2}[1] }'", .formattedString), ("f'{a!=b}'", .formattedString), ("f'{a=}'", .formattedString),
            (#"f'\{a}'"#, .formattedString), (#"f'\N{EN DASH}'"#, .formattedString), (#"rf'\N{a}'"#, .formattedString),
            (#"f'\'{a}\''"#, .formattedString), ("f'{a:\\x41}'", .formattedString),
            ("f'''\n{a\n:b\n}'''", .formattedString),
            ("f\"{'a' 'b'}\"", .formattedString), ("f'{yield}'", .formattedString), ("f'{a,b}'", .formattedString),
            ("f'{a:=^5}'", .formattedString), ("f'{a: {b} }'", .formattedString), ("f'{a}}}'", .formattedString),
            ("t'{a}'", .template), ("tR'\\d{b=!r:{c}}' T''", .template),
            ("match", .name), ("_", .name), ("été", .name), ("名前", .name), ("fb", .name), ("None", ExpressionKind.none),
            ("True", .truth), ("...", .ellipsis),
        ] as [(String, ExpressionKind?)]
    )
    func `end where CPython ends them`(literal: String, kind: ExpressionKind?) throws {
        guard let kind else {
            #expect(throws: SourceError.self) { try Reading("class f:\n    x = \(literal); y = 0\n") }
            return
        }

        let fields = try Reading("class f:\n    x = \(literal); y = 0\n")().fields

        #expect(fields.map(\.name) == ["x", "y"])
        #expect(fields.first?.value == literal)
        #expect(fields.first?.valueKind == kind)
    }
}
