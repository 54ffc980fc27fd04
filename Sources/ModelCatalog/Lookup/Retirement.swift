import LanguageModels

/// That a model is gone, or will be soon.
public struct Retirement: Hashable, Sendable, CustomStringConvertible {
    /// The model's provider and name.
    public var model: String
    /// The day on which it is, or was, shut down; `nil` where only is known that it is gone.
    public var date: CalendarDay?
    /// The days until then; 0 and less where it is gone.
    public var daysLeft: Int
    /// A model of the same provider to take instead, where there is one.
    public var successor: String?

    /// Whether the model is gone.
    public var isPast: Bool { daysLeft <= 0 }

    /// One line for people.
    public var description: String {
        let hint = successor.map { "; take \($0) instead" } ?? ""
        guard let date else { return "\(model) has been shut down\(hint)" }
        guard !isPast else { return "\(model) was shut down on \(date)\(hint)" }
        return "\(model) will be shut down on \(date), in \(daysLeft) \(daysLeft == 1 ? "day" : "days")\(hint)"
    }
}

extension ModelCatalogue {
    /// The time before its end in which a model is said to be going, in days.
    public static let noticeDays = 180

    /// Whether a model is gone or going soon; `nil` where it is not.
    ///
    /// - Parameters:
    ///   - profile: The model.
    ///   - today: The day to reckon from; the catalogue's own where it is not known.
    /// - Returns: The end and what to take instead.
    public func retirement(of profile: ModelProfile, on today: CalendarDay? = nil) -> Retirement? {
        let today = today ?? date
        let left = profile.retirement.flatMap { end in today.map { $0.days(until: end) } }
        guard profile.isRetired || left ?? .max <= Self.noticeDays else { return nil }
        // A list that calls a model gone knows it, whatever the clock of the one who asks says.
        let days = profile.isRetired ? min(left ?? 0, 0) : left ?? 0
        return Retirement(
            model: profile.identity.description,
            date: profile.retirement,
            daysLeft: days,
            successor: successor(of: profile, on: today)
        )
    }

    /// The newest model of the same provider and size that will stay: by its name, or as the list says.
    private func successor(of profile: ModelProfile, on today: CalendarDay?) -> String? {
        if let successor = profile.successor { return successor }
        guard !profile.name.hasPrefix("ft:") else { return nil }
        var words = NameParts(profile.name).words
        let first: Set = ["gpt", "claude", "gemini", "command"]
        if words.first.map({ !first.contains($0) }) ?? true {
            words.insert(Self.family(of: profile.provider), at: 0)
        }
        while !words.isEmpty {
            if let name = newest(words, at: profile, on: today) { return name }
            words.removeLast()
        }
        return newest(Self.mainstay(of: profile.provider), at: profile, on: today)
    }

    private func newest(_ words: [String], at retiring: ModelProfile, on today: CalendarDay?) -> String? {
        var best: (name: String, parts: NameParts)?
        let words = words.sorted()
        for profile in models where profile.provider == retiring.provider && profile.name != retiring.name {
            let stays =
                profile.retirement.flatMap { end in today.map { $0.days(until: end) > Self.noticeDays } } ?? true
            guard stays, !profile.isRetired else { continue }
            let parts = NameParts(profile.name)
            guard parts.words.sorted() == words, best.map({ parts.isBetter(than: $0.parts) }) ?? true else { continue }
            best = (profile.name, parts)
        }
        return best?.name
    }

    private static func family(of provider: String) -> String {
        switch provider {
        case "anthropic": "claude"
        case "gemini": "gemini"
        case "cohere": "command"
        default: "gpt"
        }
    }

    private static func mainstay(of provider: String) -> [String] {
        switch provider {
        case "anthropic": ["claude", "sonnet"]
        case "gemini": ["gemini", "flash"]
        case "cohere": ["command"]
        default: ["gpt"]
        }
    }
}
