/// Where a text is cut so that its beginning has no more than so many tokens.
public struct TokenSplit: Hashable, Sendable {
    /// How many bytes of UTF-8 the beginning has; never inside a character.
    public let utf8Offset: Int
    /// How many tokens the beginning has when it stands alone.
    public let tokenCount: Int
}

extension TokenCounter {
    /// The number of tokens of a text; `nil` where it has more than `limit`, which is found without reading on.
    public mutating func count(_ text: String, upTo limit: Int) -> Int? {
        var text = text
        return text.withUTF8 { count(utf8: $0, upTo: limit) }
    }

    /// The longest beginning of a text that so many tokens hold.
    ///
    /// It is cut after a token, and moved back to the beginning of a character that the token ends inside of. Where the
    /// beginning alone would have more tokens than the same bytes have in the whole text, it is cut earlier.
    /// With an encoding that changes texts first or has added tokens, a longer beginning may fit, too, where one in
    /// between does not.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - limit: The number of tokens; none where it is not positive.
    /// - Returns: Where to cut, and how many tokens the beginning has.
    public mutating func split(_ text: String, afterTokens limit: Int) -> TokenSplit {
        var text = text
        return text.withUTF8 { split(utf8: $0, afterTokens: limit) }
    }

    private mutating func count(utf8 buffer: UnsafeBufferPointer<UInt8>, upTo limit: Int) -> Int? {
        if encoding.added != nil {
            let count = count(utf8: buffer)
            return count <= limit ? count : nil
        }
        guard let normalized = encoding.normalization?.normalized(buffer) else {
            return count(normalized: buffer, upTo: limit)
        }
        return normalized.withUnsafeBufferPointer { count(normalized: $0, upTo: limit) }
    }

    private mutating func count(normalized buffer: UnsafeBufferPointer<UInt8>, upTo limit: Int) -> Int? {
        let text = TextBytes(buffer, CharacterClasses())
        var count = 0
        var index = 0
        while index < text.count {
            let end = encoding.pattern.end(ofPieceAt: index, in: text)
            // A long piece has at least so many tokens, which need not be looked for.
            guard count + (end - index) / encoding.vocabulary.longest <= limit else { return nil }
            count += encoder.count(text, from: index, to: end)
            guard count <= limit else { return nil }
            index = end
        }
        return count <= limit ? count : nil
    }

    private mutating func split(utf8 buffer: UnsafeBufferPointer<UInt8>, afterTokens limit: Int) -> TokenSplit {
        if encoding.added != nil || encoding.normalization?.normalized(buffer) != nil {
            return search(utf8: buffer, afterTokens: limit)
        }
        var allowed = limit
        while allowed > 0 {
            let offset = offset(in: buffer, afterTokens: allowed)
            let count = count(utf8: UnsafeBufferPointer(rebasing: buffer[..<offset]))
            if count <= limit { return TokenSplit(utf8Offset: offset, tokenCount: count) }
            allowed -= count - limit
        }
        return TokenSplit(utf8Offset: 0, tokenCount: 0)
    }

    /// Finds a beginning by trying: where tokens end in a text that is normalized first cannot be told.
    private mutating func search(utf8 buffer: UnsafeBufferPointer<UInt8>, afterTokens limit: Int) -> TokenSplit {
        var best = TokenSplit(utf8Offset: 0, tokenCount: 0)
        var (low, high) = (1, buffer.count)
        while low <= high {
            let middle = low + (high - low) / 2
            // The end of the text is tried first, as all of it may fit.
            var offset = high == buffer.count && low == 1 ? high : middle
            while offset < buffer.count, buffer[offset] & 0xC0 == 0x80 { offset += 1 }
            let count = count(utf8: UnsafeBufferPointer(rebasing: buffer[..<offset]))
            if count <= limit, offset > best.utf8Offset { best = TokenSplit(utf8Offset: offset, tokenCount: count) }
            if count <= limit { low = offset + 1 } else { high = min(high, middle) - 1 }
        }
        return best
    }

    /// Where the token of this number ends in the whole text, moved back to the beginning of a character.
    private mutating func offset(in buffer: UnsafeBufferPointer<UInt8>, afterTokens limit: Int) -> Int {
        let text = TextBytes(buffer, CharacterClasses())
        var left = limit
        var index = 0
        while index < text.count {
            let end = encoding.pattern.end(ofPieceAt: index, in: text)
            let count = encoder.count(text, from: index, to: end)
            guard count <= left else { return offset(in: text, from: index, to: end, afterTokens: left) }
            left -= count
            index = end
        }
        return index
    }

    private mutating func offset(in text: TextBytes, from start: Int, to end: Int, afterTokens limit: Int) -> Int {
        var list = TokenList(forBytes: end - start)
        encoder.encode(text, from: start, to: end, to: &list)
        var index = list.tokens.prefix(limit).reduce(start) { $0 + (encoding.vocabulary.bytes(of: $1)?.count ?? 0) }
        while index > start, text.byte(index) & 0xC0 == 0x80 { index -= 1 }
        return index
    }
}
