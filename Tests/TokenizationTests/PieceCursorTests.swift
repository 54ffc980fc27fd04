import Foundation
import Testing
@testable import Tokenization

/// Pieces that are found in blocks, judged by the scanners that find them one by one: 20,000 texts for each pattern,
/// 500,000 with DOCENT_LONG_TESTS=1.
struct PieceCursorTests {
    private static let rounds = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1" ? 500_000 : 20_000

    @Test func `cuts as o200k's scanner does`() throws {
        try compare(O200KScanner.self)
    }

    @Test func `cuts as cl100k's scanner does`() throws {
        try compare(CL100KScanner.self)
    }

    @Test func `cuts as Llama's scanner does`() throws {
        try compare(ThreeDigitScanner.self)
    }

    @Test func `cuts what has no blocks`() throws {
        try compare(GPT2Scanner.self)
    }

    private func compare<Scanner: PieceScanner>(_ scanner: Scanner.Type) throws {
        var strings = StringGenerator(seed: 11)
        for _ in 0..<Self.rounds {
            let text = strings.next(ofASCII: 120)
            let (many, one) = Array(text.utf8).withUnsafeBufferPointer { buffer in
                let bytes = TextBytes(buffer, CharacterClasses())
                return (ends(bytes, inRunsBy: scanner), ends(bytes, oneByOneBy: scanner))
            }
            try #require(many == one, "\(text.debugDescription)")
        }
    }

    private func ends<Scanner: PieceScanner>(_ text: TextBytes, inRunsBy scanner: Scanner.Type) -> [Int] {
        var cursor = PieceCursor<Scanner>(text)
        var ends: [Int] = []
        while let run = cursor.next() {
            ends += run.ends == 0 ? [run.end] : (0..<64).filter { run.ends >> $0 & 1 == 1 }.map { run.start + $0 }
        }
        return ends
    }

    private func ends<Scanner: PieceScanner>(_ text: TextBytes, oneByOneBy scanner: Scanner.Type) -> [Int] {
        var ends: [Int] = []
        while (ends.last ?? 0) < text.count { ends.append(Scanner.end(ofPieceAt: ends.last ?? 0, in: text)) }
        return ends
    }
}

extension StringGenerator {
    private static let ascii = [
        " ", " ", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\n    ", "\u{B}", "a", "b", "word", "A", "Word",
        "WORD", "s",
        "t", "m", "d", "re", "LL", "'", "'", "'s", "'S", "'ve", "'rE", "'ll", "''", "1", "23", "4567", "/", "//", "/",
        "(",
        ")", "_", "__", ":", "=", "==", ";\n", ":\n/", "-", "\0", "\u{1C}", "\u{7F}", "#",
    ]

    /// A string of so many parts of ASCII, in which seldom something else stands.
    fileprivate mutating func next(ofASCII parts: Int) -> String {
        let isWide = number(below: 4) == 0
        return (0..<parts).reduce(into: "") { text, _ in
            if isWide, number(below: 40) == 0 { text += next(pieces: 1) }
            text += Self.ascii[number(below: Self.ascii.count)]
        }
    }
}
