import Testing

/// A way to nest code in code, to any depth.
struct NestingShape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// How deep CPython's limits or ours let it go; `nil` where it may go on for ever.
    let limit: Int?
    let text: @Sendable (Int) -> String

    init(_ description: String, limit: Int?, _ text: @escaping @Sendable (Int) -> String) {
        testDescription = description
        self.limit = limit
        self.text = text
    }

    static let all = brackets + prefixes + chains + blocks

    /// CPython's tokenizer gives up at 200 open brackets.
    private static let brackets = [
        enclosing("parentheses", "(", ")"),
        enclosing("tuples", "(a, ", ")"),
        enclosing("lists", "[", "]"),
        enclosing("sets", "{", "}"),
        enclosing("dictionaries", "{a: ", "}"),
        enclosing("calls", "f(", ")"),
        enclosing("keyword arguments", "f(a=", ")"),
        enclosing("starred arguments", "f(*", ")"),
        enclosing("subscripts", "a[", "]"),
        enclosing("slices", "a[b:", "]"),
        enclosing("list comprehensions", "[a for b in ", "]"),
        enclosing("comprehension elements", "[", " for a in b]"),
        enclosing("comprehension conditions", "[a for b in c if ", "]"),
        enclosing("generators in calls", "f(a for b in ", ")"),
        enclosing("dictionary comprehensions", "{a: b for c in ", "}"),
        enclosing("named expressions", "(b := ", ")"),
        enclosing("yields", "(yield ", ")"),
        enclosing("lambdas in parentheses", "(lambda: ", ")"),
        enclosing("starred tuples", "(*", ", )"),
        enclosing("conditionals in parentheses", "(a if b else ", ")"),
        NestingShape("format specifications", limit: 200) { n in
            "x = f'" + String(repeating: "{a:", count: n) + String(repeating: "}", count: n) + "'"
        },
        NestingShape("patterns", limit: 200) { n in
            "match a:\n case " + String(repeating: "[", count: n) + "b" + String(repeating: "]", count: n) + ": pass\n"
        },
        NestingShape("class patterns", limit: 200) { n in
            "match a:\n case " + String(repeating: "A(b=", count: n) + "b" + String(repeating: ")", count: n)
                + ": pass\n"
        },
        NestingShape("mapping patterns", limit: 200) { n in
            "match a:\n case " + String(repeating: "{1: ", count: n) + "b" + String(repeating: "}", count: n)
                + ": pass\n"
        },
        NestingShape("assignment targets", limit: 200) { n in
            "class A:\n " + String(repeating: "[", count: n) + "a" + String(repeating: "]", count: n) + " = b\n"
        },
        NestingShape("loop targets", limit: 200) { n in
            "for " + String(repeating: "(a, ", count: n) + "a" + String(repeating: ")", count: n) + " in b: pass\n"
        },
        NestingShape("annotations", limit: 200) { n in
            "def f(a: " + String(repeating: "b[", count: n) + "c" + String(repeating: "]", count: n) + "): pass\n"
        },
        NestingShape("bases", limit: 200) { n in
            "class A(" + String(repeating: "b(", count: n) + String(repeating: ")", count: n) + "): pass\n"
        },
    ]

    private static let prefixes = [
        repeating("minuses", "-", limit: 1000),
        repeating("tildes", "~", limit: 1000),
        repeating("not", "not ", limit: 1000),
        repeating("lambdas", "lambda: ", limit: 1000),
        NestingShape("lambda defaults", limit: 1000) { n in
            "x = " + String(repeating: "lambda a=", count: n) + "a" + String(repeating: ": a", count: n) + "\n"
        },
        repeating("conditionals", "a if b else ", limit: 1000),
        repeating("powers", "a ** ", limit: 1000),
        NestingShape("nested f-strings", limit: 100) { n in
            "x = " + String(repeating: "f'{", count: n) + "a" + String(repeating: "}'", count: n)
        },
    ]

    private static let chains = [
        repeating("sums", "a + ", limit: nil),
        repeating("comparisons", "a < ", limit: nil),
        repeating("disjunctions", "a or ", limit: nil),
        repeating("assignments", "a = ", limit: nil),
        repeating("tuples without parentheses", "a, ", limit: nil),
        repeating("strings", "'a' ", "'a'", limit: nil),
        repeating("format strings", "f'{a}' ", "f''", limit: nil),
        trailing("attributes", ".a"),
        trailing("calls of calls", "()"),
        trailing("subscripts of subscripts", "[0]"),
        trailing("conditions", " if b else c", isInside: true),
        trailing("comprehension clauses", " for a in b", isInside: true),
        trailing("arguments", ", b", isInside: true),
        NestingShape("elif", limit: nil) { n in "if a: pass\n" + String(repeating: "elif a: pass\n", count: n) },
        NestingShape("except", limit: nil) { n in
            "try: raise A\n" + String(repeating: "except B: pass\n", count: n)
        },
        NestingShape("cases", limit: nil) { n in "match a:\n" + String(repeating: " case 1: pass\n", count: n) },
        NestingShape("alternatives", limit: nil) { n in
            "match a:\n case " + String(repeating: "1 | ", count: n) + "1: pass\n"
        },
        NestingShape("decorators", limit: nil) { n in String(repeating: "@a\n", count: n) + "def f(): pass\n" },
        NestingShape("with items", limit: nil) { n in "with a" + String(repeating: ", b as c", count: n) + ": pass\n" },
        NestingShape("with items in parentheses", limit: nil) { n in
            "with (a" + String(repeating: ", b as c", count: n) + "): pass\n"
        },
        NestingShape("parameters", limit: nil) { n in "def f(" + String(repeating: "a, ", count: n) + "): pass\n" },
        NestingShape("semicolons", limit: nil) { n in String(repeating: "a; ", count: n) + "a\n" },
        NestingShape("continuations", limit: nil) { n in "x = " + String(repeating: "\\\n", count: n) + "a\n" },
    ]

    /// CPython's tokenizer gives up at 100 levels of indentation.
    private static let blocks = ["if a:", "while a:", "for a in b:", "with a:", "def f():", "class A:"].map { header in
        // As the text grows with the square of the depth, it ends where everything is long refused.
        NestingShape("blocks of \(header)", limit: 100) { depth in
            let n = min(depth, 1500)
            return (0..<n).map { String(repeating: " ", count: $0) + header + "\n" }.joined()
                + String(repeating: " ", count: n) + "pass\n"
        }
    }

    private static func enclosing(_ name: String, _ open: String, _ close: String) -> NestingShape {
        NestingShape(name, limit: 200) { n in
            "x = " + String(repeating: open, count: n) + "a" + String(repeating: close, count: n) + "\n"
        }
    }

    private static func repeating(_ name: String, _ prefix: String, _ end: String = "a", limit: Int?) -> NestingShape {
        NestingShape(name, limit: limit) { n in "x = " + String(repeating: prefix, count: n) + end + "\n" }
    }

    private static func trailing(_ name: String, _ suffix: String, isInside: Bool = false) -> NestingShape {
        NestingShape(name, limit: name == "conditions" ? 1000 : nil) { n in
            isInside
                ? "x = f(a" + String(repeating: suffix, count: n) + ")\n"
                : "x = a" + String(repeating: suffix, count: n) + "\n"
        }
    }
}
