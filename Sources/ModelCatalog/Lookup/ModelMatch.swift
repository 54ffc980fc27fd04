public import LanguageModels

/// What the catalogue knows of a model that was asked for, and how sure that is.
public struct ModelMatch: Hashable, Sendable {
    /// How the name led to the profile.
    public enum Kind: Hashable, Sendable {
        /// The catalogue has the name.
        case exact
        /// The name is another spelling of the profile's.
        case alias
        /// A deployment or nickname that the user has mapped.
        case deployment
        /// The catalogue does not know the name; the profile is that of the model it most likely is, or is most like.
        case assumed
        /// The provider is not in the catalogue: the model is another's, its prices and limits are this provider's own.
        case foreign
    }

    /// What was asked for.
    public var asked: ModelIdentity
    /// What is known of it.
    ///
    /// Where the match is assumed, its tokenizer is not called exact; where it is foreign, it has
    /// no prices.
    public var profile: ModelProfile
    /// How the name led to the profile.
    public var kind: Kind
    /// Why this profile, in words, where the match is not sure.
    public var note: String?

    /// Whether the profile is only a guess.
    public var isAssumed: Bool { kind == .assumed || kind == .foreign }

    init(_ asked: ModelIdentity, _ profile: ModelProfile, _ kind: Kind, note: String? = nil) {
        self.asked = asked
        self.profile = profile
        self.kind = kind
        self.note = note
        guard isAssumed else { return }
        if profile.tokenizer.certainty == .exact { self.profile.tokenizer.certainty = .assumed }
        guard kind == .foreign else { return }
        self.profile.prices = nil
        self.profile.retirement = nil
        self.profile.isRetired = false
    }
}
