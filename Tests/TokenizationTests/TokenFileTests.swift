import Foundation
import Testing
@testable import Tokenization

struct TokenFileTests {
    private func ranks(_ extra: [String]) -> [UInt8] {
        let tokens = (0...255).map { Data([UInt8($0)]) } + extra.map { Data($0.utf8) }
        return Array(tokens.enumerated().map { "\($1.base64EncodedString()) \($0)\n" }.joined().utf8)
    }

    @Test func `reads a rank file of one's own`() throws {
        let encoding = try TokenEncoding(ranks: ranks(["he", "ll", "hell"]), name: "mine", cutLike: .cl100kBase)

        #expect(encoding.encode("hello") == [258, 111])
        #expect(encoding.decode([258, 111]) == "hello")
    }

    @Test func `refuses a rank file that is none`() {
        #expect(throws: TokenFileError("mine", "line 1 is no token in base64 with a rank of its own")) {
            try TokenEncoding(ranks: Array("hello".utf8), name: "mine", cutLike: .cl100kBase)
        }
        #expect(throws: TokenFileError("mine", "not every byte has a token")) {
            try TokenEncoding(ranks: Array("aGU= 0\n".utf8), name: "mine", cutLike: .cl100kBase)
        }
    }

    private func tokenizer(merges: String, preTokenizer: String, wholePieces: Bool = false, added: String = "")
        -> [UInt8]
    {
        var others = 256
        var vocabulary: [String] = []
        for byte in 0...255 {
            let isPlain = 33...126 ~= byte || 161...172 ~= byte || byte >= 174
            vocabulary.append(UnicodeScalar(isPlain ? byte : others).map { String($0) } ?? "")
            others += isPlain ? 0 : 1
        }
        vocabulary += ["ab", "bc", "abc"]
        let ids = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
        let rows = (try? JSONEncoder().encode(ids)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return Array(
            """
            {"added_tokens": [\(added)], "normalizer": null, "pre_tokenizer": \(preTokenizer), "model": {"type": "BPE",
            "ignore_merges": \(wholePieces), "vocab": \(rows), "merges": \(merges)}}
            """.utf8
        )
    }

    private let byteLevel = #"{"type": "ByteLevel", "add_prefix_space": false, "use_regex": true}"#

    @Test(arguments: [#"["b c", "a b", "ab c"]"#, #"[["b", "c"], ["a", "b"], ["ab", "c"]]"#])
    func `joins only the pairs that are listed`(merges: String) throws {
        let data = tokenizer(merges: merges, preTokenizer: byteLevel)
        let encoding = try TokenEncoding(huggingFace: data, name: "mine")
        // "a" and "bc" are no listed pair, although their join is a token.
        #expect(encoding.encode("abc") == encoding.encode("a") + [257])
    }

    @Test func `takes whole pieces where the file says so`() throws {
        let data = tokenizer(merges: #"["b c"]"#, preTokenizer: byteLevel, wholePieces: true)
        #expect(try TokenEncoding(huggingFace: data, name: "mine").encode("abc") == [258])
    }

    @Test func `names what it does not support`() {
        let split =
            #"{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "x+"}}, "# + byteLevel
            + "]}"
        #expect(throws: TokenFileError("mine", "the pre-tokenizer x+, ByteLevel is not supported")) {
            try TokenEncoding(huggingFace: tokenizer(merges: "[]", preTokenizer: split), name: "mine")
        }
        #expect(throws: TokenFileError("mine", "not a tokenizer.json of byte-pair encoding")) {
            try TokenEncoding(huggingFace: Array("{}".utf8), name: "mine")
        }
    }

    @Test func `finds added tokens that are not special in every text`() throws {
        let added =
            #"{"id": 300, "content": "<a>", "special": false, "normalized": false}, "#
            + #"{"id": 301, "content": "<s>", "special": true, "normalized": false}"#
        let encoding = try TokenEncoding(
            huggingFace: tokenizer(merges: #"["b c"]"#, preTokenizer: byteLevel, added: added),
            name: "mine"
        )
        #expect(encoding.encode("bc<a>bc") == [257, 300, 257])
        #expect(encoding.count("bc<a>bc") == 3)
        #expect(encoding.decode([257, 300, 257, 301]) == "bc<a>bc<s>")
        #expect(encoding.encode("<s>").count == 3)
        var counter = TokenCounter(encoding)
        #expect(counter.encode("<s><a>", allowing: ["<s>"]) == [301, 300])
        #expect(counter.count("bc<a>bc", upTo: 2) == nil)
        // "bc<a>" would do, too, but "bc<a" has three tokens.
        #expect(counter.split("bc<a>bc", afterTokens: 2) == TokenSplit(utf8Offset: 3, tokenCount: 2))
        var growing = GrowingTokenCount(encoding, settlingFrom: 2)
        for part in ["bc<", "a", ">bc"] { growing.append(part) }
        #expect(growing.count == 3)
    }

    @Test func `refuses added tokens that strip`() {
        let added = #"{"id": 300, "content": "<a>", "special": false, "lstrip": true}"#
        let reason = "the added token \"<a>\", which strips or wants a word, is not supported"
        #expect(throws: TokenFileError("mine", reason)) {
            try TokenEncoding(
                huggingFace: tokenizer(merges: "[]", preTokenizer: byteLevel, added: added),
                name: "mine"
            )
        }
    }

    @Test(.enabled(if: TiktokenJudge.isInstalled, TiktokenJudge.missing))
    func `reads Anthropic's tokenizer of 2023 from Hugging Face's form`() throws {
        let data = try Data(contentsOf: TiktokenJudge.ranks.appending(path: "anthropic_tokenizer.json"))
        let encoding = try TokenEncoding(huggingFace: [UInt8](data), name: "from a file")
        var fromFile = TokenCounter(encoding)
        var packed = TokenCounter(.claude2)
        var strings = StringGenerator(seed: 21)
        for _ in 0..<3000 {
            let text = strings.next(pieces: 10)
            #expect(fromFile.encode(text) == packed.encode(text), "\(text.debugDescription)")
        }
    }
}
