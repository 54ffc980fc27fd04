import PythonLanguage
import SourceCode
import Testing

@Suite(.serialized)
struct NestingTests {
    @Test(arguments: NestingShape.all)
    func `is read or refused on a small stack, however deep`(shape: NestingShape) async {
        let deep = LongTests.areAsked ? 100_000 : 5000

        let refusals = await SmallStack.run {
            let language = PythonLanguage()
            return [1, 3, 40, 95, 190, 990, deep].map { (depth: $0, error: language.refusal(of: shape.text($0))) }
        }

        for (depth, error) in refusals {
            let isFine = shape.limit.map { depth < $0 } ?? true
            #expect((error == nil) == isFine, "\(depth): \(error.map { "\($0)" } ?? "accepted")")
            if let error { #expect(error.kind == .tooDeep, "\(depth): \(error)") }
        }
    }

    @Test func `fits a small stack when all kinds of nesting meet`() async {
        let blocks = (0..<95).map { String(repeating: " ", count: $0) + "if a:\n" }.joined()
        let indent = String(repeating: " ", count: 95)
        let openings = ["(lambda: not -", "[a for b in c if ", "{a: b ** -", "f(*a, b=", "f'{a:{", "a[b:c if d else "]
        let closings = [")", "]", "}", ")", "}}'", "]"]
        let depth = 190 / 7
        let opening = (0..<depth).map { _ in openings.joined() }.joined()
        let closing = (0..<depth).map { _ in closings.reversed().joined() }.joined()
        let source = "\(blocks)\(indent)x = \(opening)\(String(repeating: "not ", count: 700))a\(closing)\n"

        let error = await SmallStack.run { PythonLanguage().refusal(of: source) }

        #expect(error == nil, "\(error.map { "\($0)" } ?? "")")
    }
}
