/// The tokens that a request used, with one meaning for all services.
///
/// Services count differently: Anthropic's input leaves cached tokens out, Gemini's output leaves thoughts out. Here
/// ``inputTokens`` is everything that was read and ``outputTokens`` everything that was written; the others are parts.
///
/// Encoded it is an object of its properties by their names; what is `nil` is left out.
public struct Usage: Hashable, Sendable, Codable {
    /// All tokens of the prompt, cached ones included.
    public var inputTokens: Int
    /// All tokens of the answer, reasoning included.
    public var outputTokens: Int
    /// The part of the input that came from the cache; `nil` where the service does not say.
    public var cacheReadTokens: Int?
    /// The part of the input that was written to the cache; `nil` where the service does not say.
    public var cacheWriteTokens: Int?
    /// The part of ``cacheWriteTokens`` that is kept for an hour, where the service tells lifetimes apart.
    public var longCacheWriteTokens: Int?
    /// The part of the output that was reasoning; `nil` where the service does not say.
    public var reasoningTokens: Int?
    /// The input that is charged, where the service bills another number than ``inputTokens``; `nil` where it does not.
    ///
    /// Cohere leaves out what it adds to a prompt itself.
    public var billedInputTokens: Int?
    /// The output that is charged, where the service bills another number than ``outputTokens``; `nil` where it does
    /// not.
    public var billedOutputTokens: Int?

    /// Tokens read and written.
    public init(
        inputTokens: Int,
        outputTokens: Int,
        cacheReadTokens: Int? = nil,
        cacheWriteTokens: Int? = nil,
        reasoningTokens: Int? = nil
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cacheReadTokens = cacheReadTokens
        self.cacheWriteTokens = cacheWriteTokens
        self.reasoningTokens = reasoningTokens
    }

    /// Input and output together.
    public var totalTokens: Int { inputTokens.addingToLimit(outputTokens) }

    /// The tokens of two requests together.
    public static func + (left: Usage, right: Usage) -> Usage {
        var sum = Usage(
            inputTokens: left.inputTokens.addingToLimit(right.inputTokens),
            outputTokens: left.outputTokens.addingToLimit(right.outputTokens),
            cacheReadTokens: added(left.cacheReadTokens, right.cacheReadTokens),
            cacheWriteTokens: added(left.cacheWriteTokens, right.cacheWriteTokens),
            reasoningTokens: added(left.reasoningTokens, right.reasoningTokens)
        )
        sum.longCacheWriteTokens = added(left.longCacheWriteTokens, right.longCacheWriteTokens)
        // Where one of them does not say, everything that it counts is charged.
        if left.billedInputTokens != nil || right.billedInputTokens != nil {
            sum.billedInputTokens = left.chargedInput.addingToLimit(right.chargedInput)
        }
        if left.billedOutputTokens != nil || right.billedOutputTokens != nil {
            sum.billedOutputTokens = left.chargedOutput.addingToLimit(right.chargedOutput)
        }
        return sum
    }

    private var chargedInput: Int { billedInputTokens ?? inputTokens }
    private var chargedOutput: Int { billedOutputTokens ?? outputTokens }

    private static func added(_ left: Int?, _ right: Int?) -> Int? {
        guard left != nil || right != nil else { return nil }
        return (left ?? 0).addingToLimit(right ?? 0)
    }
}

extension Int {
    /// The sum, or the largest or smallest number where it would be beyond: figures come from outside.
    fileprivate func addingToLimit(_ other: Int) -> Int {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? (other > 0 ? .max : .min) : sum
    }
}
