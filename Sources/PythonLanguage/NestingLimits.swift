/// How deep code may be nested before its reading is given up.
struct NestingLimits {
    /// Open brackets, those of replacement fields included.
    let brackets: Int
    /// Levels of indentation.
    let blocks: Int
    /// Prefix operators, powers, conditionals and lambdas inside one another.
    let expressions: Int

    /// CPython's own limits (MAXLEVEL and MAXINDENT in Parser/tokenizer.h), and one that no real expression comes near.
    static let full = NestingLimits(brackets: 200, blocks: 100, expressions: 1000)

    /// What nearly every file stays within, and half a megabyte of stack holds.
    static let shallow = NestingLimits(brackets: 12, blocks: 14, expressions: 24)
}
