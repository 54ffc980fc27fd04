import LanguageModels

/// A usage's tokens by price; what cannot be is mended: no count is negative or beyond all reason, no part is larger
/// than its whole.
struct BilledCounts {
    let input: Int
    let read: Int
    let write: Int
    let longWrite: Int
    let output: Int
    let reasoning: Int

    init(_ usage: Usage) {
        read = Self.mended(usage.cacheReadTokens)
        write = Self.mended(usage.cacheWriteTokens)
        longWrite = min(Self.mended(usage.longCacheWriteTokens), write)
        let reported = Self.mended(usage.inputTokens)
        // A service that reports more cached tokens than input has left them out of its input.
        input = read + write > reported ? reported + read + write : reported
        output = Self.mended(usage.outputTokens)
        reasoning = min(Self.mended(usage.reasoningTokens), output)
    }

    var uncached: Int { input - read - write }

    private static func mended(_ count: Int?) -> Int { min(max(count ?? 0, 0), 1 << 52) }
}
