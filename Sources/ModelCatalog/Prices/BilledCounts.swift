import LanguageModels

/// A usage's tokens by price; what cannot be is mended: no count is negative or beyond all reason, no part is larger
/// than its whole.
///
/// Where the service says what it charges, that counts: of those tokens it tells no parts, and none is cheaper.
struct BilledCounts {
    let input: Int
    let read: Int
    let write: Int
    let longWrite: Int
    let output: Int
    let reasoning: Int

    init(_ usage: Usage) {
        let isCharged = usage.billedInputTokens != nil
        read = isCharged ? 0 : Self.mended(usage.cacheReadTokens)
        write = isCharged ? 0 : Self.mended(usage.cacheWriteTokens)
        longWrite = min(Self.mended(usage.longCacheWriteTokens), write)
        let reported = Self.mended(usage.billedInputTokens ?? usage.inputTokens)
        // A service that reports more cached tokens than input has left them out of its input.
        input = read + write > reported ? reported + read + write : reported
        output = Self.mended(usage.billedOutputTokens ?? usage.outputTokens)
        reasoning = min(Self.mended(usage.reasoningTokens), output)
    }

    var uncached: Int { input - read - write }

    private static func mended(_ count: Int?) -> Int { min(max(count ?? 0, 0), 1 << 52) }
}
