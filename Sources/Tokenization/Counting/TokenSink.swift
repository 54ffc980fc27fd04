/// What is made of the tokens that are found.
protocol TokenSink {
    /// Adds the tokens of a piece that is remembered.
    mutating func add(_ entry: PieceMemo.Entry, _ memo: borrowing PieceMemo)
    /// Adds the tokens of a piece that is not.
    mutating func add(_ tokens: [UInt32])
}

/// The number of tokens.
struct TokenSum: TokenSink {
    private(set) var count = 0

    @inline(__always)
    mutating func add(_ entry: PieceMemo.Entry, _ memo: borrowing PieceMemo) { count &+= entry.count }
    mutating func add(_ tokens: [UInt32]) { count += tokens.count }
}

/// The tokens themselves.
struct TokenList: TokenSink {
    private(set) var tokens: [Int] = []

    /// A list for the tokens of about so many bytes.
    init(forBytes bytes: Int) {
        tokens.reserveCapacity(bytes / 3)
    }

    @inline(__always)
    mutating func add(_ entry: PieceMemo.Entry, _ memo: borrowing PieceMemo) {
        if entry.isSingle {
            tokens.append(Int(entry.bits))
        } else {
            memo.append(entry, to: &tokens)
        }
    }

    mutating func add(_ tokens: [UInt32]) { self.tokens.append(contentsOf: tokens.lazy.map(Int.init)) }
}
