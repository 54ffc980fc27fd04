import SourceCode

/// Reads one file: tokens, grammar, facts.
struct PythonReader {
    let file: SourceFile
    let encoding: SourceEncoding
    let contentStart: Int
    /// Whether more is wanted than the declarations with their places and docstrings.
    let keepsFacts: Bool

    func outline() throws(SourceError) -> SourceOutline {
        // The zero bytes behind the text stop the lexer's loops, which look ahead by up to 16 bytes.
        let count = file.bytes.count
        let base = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 64)
        defer { base.deallocate() }
        file.bytes.withUnsafeBufferPointer { bytes in
            if let source = bytes.baseAddress { base.update(from: source, count: count) }
        }
        (base + count).update(repeating: 0, count: 64)
        do {
            return try outline(UnsafePointer(base), count, .shallow)
        } catch {
            guard error.isTooDeep else { throw located(error, base, count) }
            return try deepOutline(UnsafePointer(base), count, failure: error)
        }
    }

    /// Reads again on a stack that holds whatever the full limits allow.
    private func deepOutline(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        failure: SyntaxFailure
    ) throws(SourceError) -> SourceOutline {
        var result = Result<SourceOutline, SyntaxFailure>.failure(failure)
        let isDone = DeepStack.run {
            do throws(SyntaxFailure) {
                result = .success(try outline(base, count, .full))
            } catch {
                result = .failure(error)
            }
        }
        switch result {
        case .success(let outline) where isDone: return outline
        case .success: throw located(failure, base, count)
        case .failure(let failure): throw located(failure, base, count)
        }
    }

    private func outline(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        _ limits: NestingLimits
    ) throws(SyntaxFailure) -> SourceOutline {
        var lexer = Lexer(base: base, count: count, start: contentStart, encoding: encoding, limits: limits)
        try lexer.run()
        let comments = CommentIndex(
            base: base,
            count: count,
            contentStart: contentStart,
            ranges: lexer.comments.base,
            rangeCount: lexer.comments.count
        )
        var parser = Parser(
            base: base,
            tokens: lexer.tokens.base,
            tokenCount: lexer.tokens.count,
            facts: FactsBuilder(base: base, count: count, comments: comments, keepsFacts: keepsFacts),
            encoding: encoding,
            limits: limits
        )
        try parser.run()
        guard keepsFacts else {
            return SourceOutline(
                file: file,
                encoding: encoding,
                layout: (.lineFeed, "    "),
                tables: parser.facts.tables,
                residue: CodeTokens(tokens: lexer.tokens, comments: lexer.comments, shapes: parser.shapes)
            )
        }
        let lines = LineIndex(base: base, count: count, contentStart: contentStart)
        parser.facts.tables.lineStarts = lines.starts
        let unit = lexer.firstIndentation.isEmpty ? "    " : encoding.decode(file.bytes[lexer.firstIndentation.offsets])
        var runtime = parser.facts.runtime
        noteDocstringUse(lexer.notedNames, lexer.tokens, base, &runtime)
        var tables = parser.facts.finished()
        ModulePlace(base: base, count: count, contentStart: contentStart, comments: comments).mark(&tables)
        let text = UnsafeBufferPointer(start: base, count: count)
        ProtectionMarks(text: text, contentStart: contentStart, comments: comments, runtime: runtime).mark(&tables)
        return SourceOutline(
            file: file,
            encoding: encoding,
            layout: (lines.lineEnding, unit),
            tables: tables,
            residue: CodeTokens(tokens: lexer.tokens, comments: lexer.comments, shapes: parser.shapes)
        )
    }

    /// Notes whose `__doc__` the code reads or sets, and whether it assigns `tokens` at its top level.
    private func noteDocstringUse(
        _ names: [Int],
        _ tokens: borrowing Arena<Token>,
        _ base: UnsafePointer<UInt8>,
        _ runtime: inout RuntimeDocstrings.Module
    ) {
        for index in names {
            let isAssigned = tokens[index + 1].kind == .equal
            let isAttribute = index > 0 && tokens[index - 1].kind == .dot
            if base[Int(tokens[index].start)] != UInt8(ascii: "_") {
                let isAtTop = index == 0 || tokens[index - 1].kind == .newline
                if isAssigned, isAtTop { runtime.definesTokens = true }
            } else if isAttribute {
                guard index > 1, tokens[index - 2].kind.isName else { continue }
                runtime.namesWithUsedDocstrings.insert(NameHash.of(base, tokens[index - 2].range))
            } else if !isAssigned {
                runtime.readsDocstring = true
            }
        }
    }

    private func located(_ failure: SyntaxFailure, _ base: UnsafePointer<UInt8>, _ count: Int) -> SourceError {
        let lines = LineIndex(base: base, count: count, contentStart: contentStart)
        let row = max(lines.starts.lastIndex { Int($0) <= failure.offset } ?? 0, 0)
        return SourceError(
            failure.isTooDeep ? .tooDeep : .syntax,
            path: file.path,
            line: row + 1,
            column: failure.offset - Int(lines.starts[row]) + 1,
            reason: failure.reason
        )
    }
}

/// What is kept of a reading for comparing code: tokens, comments and the statements' shapes.
final class CodeTokens: @unchecked Sendable {
    // Unchecked because the buffers are written before `init` only and read ever after: they need no lock.
    let tokens: Arena<Token>
    let comments: Arena<ByteRange>
    let shapes: Arena<UInt16>

    init(tokens: consuming Arena<Token>, comments: consuming Arena<ByteRange>, shapes: consuming Arena<UInt16>) {
        self.tokens = tokens
        self.comments = comments
        self.shapes = shapes
    }
}
