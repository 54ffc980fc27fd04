import LanguageModels

/// The places up to which the prompt is to be cached: at most four, and those for an hour before the others.
struct AnthropicCacheMarks {
    private var lifetimes: [Int: CacheLifetime] = [:]
    /// The tools' place stands before all messages.
    private static let tools = -1

    /// How long the definitions of the tools are kept; `nil` where they are no place of their own.
    var ofTools: CacheLifetime? { lifetimes[Self.tools] }

    /// How long the prompt up to a message is kept; `nil` where it is no such place.
    func lifetime(ofMessage index: Int) -> CacheLifetime? { lifetimes[index] }

    /// No places.
    init() {}

    /// Chooses among the places that the request asks for, and says what it leaves out.
    ///
    /// Tools and instructions go first, since other conversations share them; then the latest messages.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported` where the options are strict and something is left out.
    init(for preparation: inout RequestPreparation, limit: Int) throws {
        let request = preparation.request
        guard request.toolsCacheBreakpoint != nil || request.messages.contains(where: { $0.cacheBreakpoint != nil })
        else { return }
        var places = Self.places(in: request)
        if places.count > limit {
            let reason = "\(places.count) places are to be cached where \(limit) can be; the first messages are not"
            try preparation.change("cacheBreakpoint", reason) { _ in }
            places = Self.kept(places, limit)
        }
        if let firstShort = places.firstIndex(where: { $0.lifetime == .standard }),
            places[firstShort...].contains(where: { $0.lifetime == .long })
        {
            let reason = "what is cached for an hour must stand first; later places are cached for five minutes"
            try preparation.change("cacheBreakpoint", reason) { _ in }
            for index in places.indices[firstShort...] { places[index].lifetime = .standard }
        }
        lifetimes = Dictionary(uniqueKeysWithValues: places.map { ($0.index, $0.lifetime) })
    }

    private struct Place {
        var index: Int
        var isShared: Bool
        var lifetime: CacheLifetime
    }

    /// In the order of the prompt: tools, instructions, turns.
    private static func places(in request: ModelRequest) -> [Place] {
        var shared: [Place] = []
        var turns: [Place] = []
        if let lifetime = request.toolsCacheBreakpoint, !request.tools.isEmpty {
            shared.append(Place(index: tools, isShared: true, lifetime: lifetime))
        }
        for (index, message) in request.messages.enumerated() {
            guard let lifetime = message.cacheBreakpoint else { continue }
            if message.role == .system {
                shared.append(Place(index: index, isShared: true, lifetime: lifetime))
            } else {
                turns.append(Place(index: index, isShared: false, lifetime: lifetime))
            }
        }
        return shared + turns
    }

    private static func kept(_ places: [Place], _ limit: Int) -> [Place] {
        let shared = places.filter(\.isShared).suffix(limit)
        return shared + places.filter { !$0.isShared }.suffix(limit - shared.count)
    }
}
