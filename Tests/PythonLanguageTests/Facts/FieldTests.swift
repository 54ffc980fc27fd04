import PythonLanguage
import SourceCode
import Testing

struct FieldTests {
    @Test(
        arguments: [
            ("x = 1", ["x = number 1"]),
            ("x: int", ["x: int"]),
            ("x: int = f(a) # why", ["x: int = call f(a) # why"]),
            ("#: why\n#: so\nx = 'a'", ["x = string 'a' # why\nso"]),
            ("# why\nx = 'a' # how", ["x = string 'a' # how"]),
            ("# why\n\nx = None", ["x = none None"]),
            ("x = 1\n'''doc'''\ny = 2", ["x = number 1 '''doc'''", "y = number 2"]),
            ("x = 1\n\n# c\n'doc'", ["x = number 1 'doc'"]),
            ("x = 1\npass\n'doc'", ["x = number 1"]),
            ("x = y = 1", ["x = number 1", "y = number 1"]),
            ("x, (y, [z]) = 1, 2 # c", ["x # c", "y # c", "z # c"]),
            ("x = 1; y = 2 # c", ["x = number 1", "y = number 2 # c"]),
            ("x += 1", []),
            ("x.y = 1", []),
            ("x[0] = 1", []),
            ("if a: x = 1", ["x = number 1"]),
            ("for x in y: pass", []),
            ("def f(self): y = 1", []),
            ("A, B = range(2)", ["A", "B"]),
            ("x = 1\nx = 2", ["x = number 1", "x = number 2"]),
            ("(x): int = 1", ["x: int = number 1"]),
        ] as [(String, [String])]
    )
    func `lists what a class body assigns, with comments and docstrings`(body: String, lines: [String]) throws {
        let text = body.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")

        let declaration = try Reading("class f:\n    # body\n    z9: int\n\(text)\n")()

        #expect(declaration.fields.dropFirst().map(\.line) == lines)
    }

    @Test(
        arguments: [
            ("self.x = a # why", ["x = name a # why"]),
            ("# why\nself.x: int = 1", ["x: int = number 1 # why"]),
            ("self.x = 1\n'doc'", ["x = number 1 'doc'"]),
            ("self.x = self.y = 1", ["x = number 1", "y = number 1"]),
            ("self.x, a, self.y = b", ["x", "y"]),
            ("self.x = 1\nself.x = 2", ["x = number 1"]),
            ("self.x += 1", []),
            ("self.x.y = 1", []),
            ("other.x = 1", []),
            ("x = self.y = 1", ["y = number 1"]),
            ("if a:\n    self.x = 1\nelse:\n    self.y = 2", ["x = number 1", "y = number 2"]),
            ("def g(): self.x = 1", []),
            ("self . x = 1", ["x = number 1"]),
        ] as [(String, [String])]
    )
    func `lists what a method sets on its receiver`(body: String, lines: [String]) throws {
        let inner = function(body).split(separator: "\n").dropFirst().map { "    \($0)\n" }.joined()

        let declaration = try Reading("class A:\n    def f(self):\n\(inner)")("A.f")

        #expect(declaration.attributes.map(\.line) == lines)
    }

    @Test func `takes any first parameter for the receiver, but none of a static method`() throws {
        let named = try Reading("class A:\n    def f(this): this.x = self.y = 1\n")
        let `static` = try Reading("class A:\n    @staticmethod\n    def f(self): self.x = 1\n")

        #expect(try named("A.f").attributes.map(\.name) == ["x"])
        #expect(try `static`("A.f").attributes.isEmpty)
    }
}
