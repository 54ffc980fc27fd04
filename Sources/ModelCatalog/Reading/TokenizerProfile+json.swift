import LanguageModels

extension TokenizerProfile {
    init(_ row: CatalogRow, _ report: inout CatalogReport) {
        kind = row.text("kind", &report) ?? "estimate"
        ranks = row.text("ranks", &report)
        relativeTo = row.text("relative_to", &report) ?? "o200k_base"
        margin = row.factor("margin", &report) ?? Self.defaultMargin
        if row.object("factor", &report) != nil, let json = row.json["factor"] {
            let factorRow = CatalogRow(json, at: row.path("factor"))
            factorRow.allow(Set(TextKind.allCases.map(\.rawValue)), &report)
            for kind in TextKind.allCases { factors[kind] = factorRow.factor(kind.rawValue, &report) }
        }
    }
}
