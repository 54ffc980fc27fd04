/// The choice of the first phrase that fits into a line; phrases behind it are never made.
struct PhraseChoice {
    let width: Int
    private var chosen: String?
    private var shortest: String?
    private var last: String?

    init(width: Int) { self.width = width }

    /// Whether a phrase has been found that fits.
    var isSettled: Bool { chosen != nil }

    /// Takes a phrase into account, unless one before it fits.
    mutating func offer(_ phrase: @autoclosure () -> String?) {
        guard chosen == nil, let phrase = phrase() else { return }
        if Phrases.fits(phrase, in: width) { chosen = phrase }
        if shortest.map({ phrase.utf8.count < $0.utf8.count }) ?? true { shortest = phrase }
        last = phrase
    }

    /// The first phrase that fits, else the shortest, as a sentence.
    var sentence: String { Phrases.sentence(chosen ?? shortest ?? "") }

    /// The first phrase that fits, else the last one, as a sentence.
    var sentenceOrLast: String { Phrases.sentence(chosen ?? last ?? "") }
}
