import LanguageModels
import Tokenization

extension TokenizerProfile {
    private static let members: Set<String> = [
        "kind", "ranks", "relative_to", "factor", "margin", "note", "vocab", "url", "repo", "sha256",
    ]
    private static let kinds: Set<String> = ["tiktoken", "estimate", "hf-bpe", "sentencepiece-bpe", "hf"]

    /// Reads how tokens are counted; in a user's list what is misspelled is reported.
    init(_ row: CatalogRow, _ report: inout CatalogReport) {
        row.allow(Self.members, &report)
        kind = row.word("kind", &report, among: Self.kinds) ?? "estimate"
        ranks = Self.encoding("ranks", row, &report)
        relativeTo = Self.encoding("relative_to", row, &report) ?? "o200k_base"
        margin = row.factor("margin", &report) ?? Self.defaultMargin
        if row.object("factor", &report) != nil, let json = row.json["factor"] {
            let factorRow = CatalogRow(json, at: row.path("factor"))
            factorRow.allow(Set(TextKind.allCases.map(\.rawValue)), &report)
            for kind in TextKind.allCases { factors[kind] = factorRow.factor(kind.rawValue, &report) }
        }
    }

    private static func encoding(_ name: String, _ row: CatalogRow, _ report: inout CatalogReport) -> String? {
        guard let encoding = row.text(name, &report) else { return nil }
        if report.isStrict, TokenEncoding.named(encoding) == nil {
            report.add(row.path(name), "there is no encoding \(encoding.prefix(40))")
        }
        return encoding
    }
}
