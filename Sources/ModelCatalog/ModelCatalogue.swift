import CModelCatalog
public import LanguageModels
import Tokenization

/// The models that are known, and what is known of them.
///
/// This module knows what models hold, cost and can do, how they count, and how a prompt is fitted to them. It touches
/// no network.
public struct ModelCatalogue: Sendable {
    /// The models, as they stand in the list; a user's own come last.
    public private(set) var models: [ModelProfile] = []
    /// The day on which the list was made.
    public private(set) var date: CalendarDay?
    /// How tokens are counted, by the name that ``TokenizerChoice`` gives.
    public private(set) var tokenizers: [String: TokenizerProfile] = [:]
    /// Names of a user's own for models: deployments at Azure, nicknames elsewhere; in lower case.
    public private(set) var deployments: [String: String] = [:]

    /// The rows as they were read, beside ``models``: what an overlay is merged into.
    private var rows: [JSONObject] = []
    private var tokenizerRows: [String: JSONObject] = [:]
    private var positions: [ModelIdentity: Int] = [:]

    private static let shipped = Result { () throws(CatalogError) in
        var count = 0
        let start = docent_model_catalog(&count)
        return try ModelCatalogue(parsing: UnsafeBufferPointer(start: start, count: count))
    }

    /// The list that is part of the program.
    ///
    /// It is read once, when it is first asked for.
    ///
    /// - Throws: ``CatalogError`` where the program was built with a broken list.
    public static func builtIn() throws(CatalogError) -> ModelCatalogue { try shipped.get() }

    /// Reads a list in JSON.
    ///
    /// - Throws: ``CatalogError``, which names every place that is wrong.
    public init(parsing bytes: some Sequence<UInt8>) throws(CatalogError) {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw CatalogError([.init(place: "byte \(error.offset)", message: error.reason)])
        }
        var report = CatalogReport()
        read(json, &report)
        try report.finish(json)
    }

    /// The catalogue with a user's own list over it.
    ///
    /// The list looks like the catalogue itself: `models` with `id`, `provider` and whatever is to be said, and
    /// `tokenizers` by name; moreover `deployments`, names of the user's own for models. A row for a model that is
    /// known already changes only the members that it has; `null` takes a member away. A `price` is one member: prices
    /// that go together are negotiated together, so that what a new one leaves out is not known any more, and
    /// ``PriceList/cost(of:as:in:)`` gives `nil` where it would be needed. Only regional multipliers stay.
    ///
    /// - Parameters:
    ///   - list: The user's list.
    ///   - source: Where it comes from, for messages, such as the file's name.
    /// - Returns: The merged catalogue.
    /// - Throws: ``CatalogError``, which names every place that is wrong; nothing of the list counts then.
    public func overlaid(with list: JSONValue, from source: String? = nil) throws(CatalogError) -> ModelCatalogue {
        var report = CatalogReport(source: source, isStrict: true)
        var catalogue = self
        catalogue.read(list, &report)
        try report.finish(list)
        return catalogue
    }

    /// The catalogue with more names of a user's own for models, such as Azure's deployments from a configuration.
    public func naming(_ deployments: [String: String]) -> ModelCatalogue {
        var catalogue = self
        for (name, model) in deployments { catalogue.deployments[name.lowercased()] = model }
        return catalogue
    }

    /// The model with exactly this provider and name.
    public func profile(_ identity: ModelIdentity) -> ModelProfile? {
        positions[identity].map { models[$0] }
    }

    /// Forgets the names of the user's own.
    mutating func removeDeployments() {
        deployments = [:]
    }

    private mutating func read(_ list: JSONValue, _ report: inout CatalogReport) {
        let root = CatalogRow(list, at: "")
        guard root.isObject(&report) else { return }
        root.allow(CatalogRow.rootMembers, &report)
        date = list["generated"]?.string.flatMap { CalendarDay(String($0.prefix(10))) } ?? date
        for (name, row) in root.object("tokenizers", &report)?.members ?? [] { read(row, asTokenizer: name, &report) }
        var places: [ModelIdentity: String] = [:]
        for (index, row) in root.array("models", &report).enumerated() {
            read(row, at: "models[\(index)]", &places, &report)
        }
        for (name, model) in root.object("deployments", &report)?.members ?? [] {
            guard let text = model.string, !text.isEmpty else {
                report.add("deployments.\(name)", "the name of a model is expected")
                continue
            }
            deployments[name.lowercased()] = text
        }
    }

    private mutating func read(
        _ json: JSONValue,
        at place: String,
        _ places: inout [ModelIdentity: String],
        _ report: inout CatalogReport
    ) {
        let row = CatalogRow(json, at: place)
        guard row.isObject(&report), let object = json.object else { return }
        row.allow(CatalogRow.modelMembers, &report)
        guard let identity = identity(of: row, &places, &report) else {
            // What else is wrong is told all the same.
            _ = profile(ModelIdentity(provider: "", model: ""), object, stating: object, at: place, &report)
            return
        }
        let position = positions[identity]
        var merged = position.map { rows[$0] } ?? object
        if position != nil { merged.merge(object) }
        if let price = object["price"] { merged["price"] = price }
        var profile = profile(identity, merged, stating: object, at: place, &report)
        if let position {
            if let price = object["price"]?.object {
                profile.prices?.replace(models[position].prices, stating: price.keys)
            }
            models[position] = profile
            rows[position] = merged
        } else {
            positions[identity] = models.count
            models.append(profile)
            rows.append(merged)
        }
    }

    /// Which model a row is for; `nil`, and reported, where it does not say so or another one was for it.
    private func identity(
        of row: CatalogRow,
        _ places: inout [ModelIdentity: String],
        _ report: inout CatalogReport
    ) -> ModelIdentity? {
        let (provider, name) = (row.text("provider", &report), row.text("id", &report))
        guard let provider, let name, !provider.isEmpty, !name.isEmpty else {
            report.add(row.place, "id and provider are expected")
            return nil
        }
        var identity = ModelIdentity(provider: NameForms.provider(provider), model: name)
        let lowercased = ModelIdentity(provider: identity.provider, model: name.lowercased())
        // Names are found whatever their case, so that another case must not make another model.
        if positions[identity] == nil, positions[lowercased] != nil { identity = lowercased }
        guard let first = places.updateValue(row.place, forKey: identity) else { return identity }
        report.add(row.place, "\(identity) stands here a second time", after: first)
        return nil
    }

    /// Reads a row that may be merged of two; what is `stated` is that of the list.
    private func profile(
        _ identity: ModelIdentity,
        _ merged: JSONObject,
        stating stated: JSONObject,
        at place: String,
        _ report: inout CatalogReport
    ) -> ModelProfile {
        let profile = ModelProfile(identity, CatalogRow(.object(merged), at: place), &report)
        guard report.isStrict else { return profile }
        if let price = stated["price"], price.object?.isEmpty == false, price["input"] == nil || price["output"] == nil
        {
            report.add("\(place).price", "both input and output are expected")
        }
        if stated["tokenizer"] != nil, !isKnown(tokenizer: profile.tokenizer.name) {
            let hint = "name an encoding, or one of the list's own tokenizers"
            report.add("\(place).tokenizer", "there is no tokenizer \(profile.tokenizer.name.prefix(40)); \(hint)")
        }
        return profile
    }

    private func isKnown(tokenizer name: String) -> Bool {
        let family = "\(name.prefix { $0 != ":" }):*"
        return TokenEncoding.named(name) != nil || tokenizers[name] != nil || tokenizers[family] != nil
    }

    private mutating func read(_ json: JSONValue, asTokenizer name: String, _ report: inout CatalogReport) {
        let place = "tokenizers.\(name)"
        guard CatalogRow(json, at: place).isObject(&report), let object = json.object else { return }
        var merged = tokenizerRows[name] ?? JSONObject()
        merged.merge(object)
        tokenizerRows[name] = merged
        tokenizers[name] = TokenizerProfile(CatalogRow(.object(merged), at: place), &report)
    }
}
