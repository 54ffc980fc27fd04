import Foundation
import Testing
@testable import Tokenization

struct NormalizationTests {
    private func normalized(_ text: String, _ form: Normalization) -> String {
        Array(text.utf8).withUnsafeBufferPointer { form.normalized($0) }.map { String(decoding: $0, as: UTF8.self) }
            ?? text
    }

    @Test(arguments: [
        ("ﬁx Ａ１ ① ㍿", "fix A1 1 株式会社"), ("e\u{301}", "é"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
        ("\u{1100}\u{1161}\u{11A8}", "각"), ("ｶﾞ", "ガ"), ("\u{212B}", "Å"), ("x\u{344}", "ẍ\u{301}"),
    ])
    func `brings texts into NFKC`(text: String, expected: String) {
        #expect(Array(normalized(text, .nfkc).utf8) == Array(expected.utf8))
    }

    @Test func `agrees with Foundation on characters up to Unicode 14`() {
        var strings = StringGenerator(seed: 11)
        for _ in 0..<1500 {
            let text = strings.next(pieces: 5)
            // Foundation does not compose what the half-width mark U+FF9E becomes, as the standard and Python do.
            let isOld = text.unicodeScalars.allSatisfy { ($0.properties.age?.major ?? 0) <= 14 }
            guard isOld, !text.unicodeScalars.contains("\u{FF9E}") else { continue }
            #expect(Array(normalized(text, .nfkc).utf8) == Array(text.precomposedStringWithCompatibilityMapping.utf8))
            #expect(Array(normalized(text, .nfc).utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8))
        }
    }
}
