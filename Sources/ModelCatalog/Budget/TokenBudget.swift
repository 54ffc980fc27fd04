public import LanguageModels

/// What a model's limits leave for a prompt, once its answer has its room.
public struct TokenBudget: Hashable, Sendable {
    /// The most tokens of the prompt; `nil` where the model's limits are not known.
    public var promptTokens: Int?
    /// The tokens that are kept for the answer.
    public var answerTokens: Int

    /// A budget.
    public init(promptTokens: Int?, answerTokens: Int) {
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
    }

    /// The budget of a model.
    ///
    /// - Parameters:
    ///   - profile: The model.
    ///   - answerTokens: The tokens to keep for the answer; ``defaultAnswerTokens(of:)`` where this is `nil`.
    public init(for profile: ModelProfile, answerTokens: Int? = nil) {
        let answer = max(answerTokens ?? Self.defaultAnswerTokens(of: profile), 0)
        let shared = profile.hasSeparateOutput ? profile.contextWindow : profile.contextWindow.map { $0 - answer }
        let limits = [shared, profile.maximumInputTokens].compactMap { $0 }
        self.init(promptTokens: limits.min().map { max($0, 0) }, answerTokens: answer)
    }

    /// The most tokens of an answer that a request should allow where nobody has said anything: the model's own
    /// maximum, but at most a quarter of a context window that prompt and answer share; 4,096 where neither is known.
    public static func defaultAnswerTokens(of profile: ModelProfile) -> Int {
        let most = profile.maximumOutputTokens ?? 4096
        guard !profile.hasSeparateOutput, let window = profile.contextWindow else { return most }
        return min(most, window / 4)
    }

    /// Whether a request fits its model, and by how much it does not.
    ///
    /// Estimates are rounded up, at most by 15 %: a request that is said to fit should not fail for its length.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - profile: The model.
    ///   - counter: What counts.
    /// - Returns: The counts and the limits.
    public static func validate(
        _ request: ModelRequest,
        for profile: ModelProfile,
        counting counter: RequestCounter
    ) -> BudgetReport {
        BudgetReport(of: counter.count(request, for: profile), request.options.maximumTokens, for: profile)
    }
}

/// Whether a request fits its model.
public struct BudgetReport: Hashable, Sendable {
    /// The model, as `provider/name`.
    public var model: String
    /// The tokens of the prompt.
    public var prompt: TokenCount
    /// The most tokens of a prompt, with room for the answer; `nil` where it is not known.
    public var promptLimit: Int?
    /// The tokens that the answer asks for: as the request says, or the least of what the model gives and what is left.
    public var answer: Int
    /// The most tokens of an answer; `nil` where it is not known.
    public var answerLimit: Int?
    /// The tokens that are left for an answer beside this prompt; `nil` where it is not known.
    public var roomForAnswer: Int?

    /// A report on a prompt that has been counted.
    ///
    /// - Parameters:
    ///   - prompt: The prompt's tokens.
    ///   - maximumTokens: The most tokens of the answer, as the request says; `nil` where it says nothing.
    ///   - profile: The model.
    public init(of prompt: TokenCount, _ maximumTokens: Int?, for profile: ModelProfile) {
        model = profile.identity.description
        self.prompt = prompt
        answerLimit = profile.maximumOutputTokens
        let used = prompt.upperBound
        let left = profile.hasSeparateOutput ? nil : profile.contextWindow.map { max($0 - used, 0) }
        roomForAnswer = [left, answerLimit].compactMap { $0 }.min()
        let usual = TokenBudget.defaultAnswerTokens(of: profile)
        answer = max(maximumTokens ?? min(usual, max(roomForAnswer ?? usual, 1)), 0)
        promptLimit = TokenBudget(for: profile, answerTokens: answer).promptTokens
    }

    /// By how many tokens the prompt, rounded up where it is an estimate, is too long; 0 where it fits.
    public var excessPrompt: Int { promptLimit.map { max(prompt.upperBound - $0, 0) } ?? 0 }

    /// By how many tokens the answer asks for more than the model gives; 0 where it does not.
    public var excessAnswer: Int { answerLimit.map { max(answer - $0, 0) } ?? 0 }

    /// Whether the request fits, as far as the limits are known.
    public var fits: Bool { excessPrompt == 0 && excessAnswer == 0 }
}

extension BudgetReport: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        guard excessAnswer == 0 else {
            return "\(model): an answer of \(answer) tokens is \(excessAnswer) more than the \(answer - excessAnswer) "
                + "that the model gives at most"
        }
        let length = "the prompt has \(prompt)"
        guard let promptLimit else { return "\(model): \(length); the model's limit is not known" }
        let limit = "the \(promptLimit) that are left beside an answer of \(answer)"
        guard excessPrompt == 0 else { return "\(model): \(length), \(excessPrompt) too many for \(limit)" }
        return "\(model): \(length), within \(limit)"
    }
}
