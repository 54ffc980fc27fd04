/// A way of its own in which an encoding joins the parts of a piece.
protocol PieceMerges: Sendable {
    /// Whether a piece that is a token as a whole is taken without joining.
    var takesWholePieces: Bool { get }

    /// Adds the tokens of a piece of at least one byte, in n log n steps.
    func append(_ piece: UnsafePointer<UInt8>, count: Int, to tokens: inout [UInt32])
}

/// The tokens that stand for characters and, where a character has none, for its bytes.
struct CharacterTokens: Sendable {
    /// Tokens by the character.
    let characters: [Unicode.Scalar: UInt32]
    /// The tokens of the 256 bytes.
    let bytes: [UInt32]

    /// The tokens of the characters of a piece.
    func tokens(of piece: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        var tokens: [UInt32] = []
        tokens.reserveCapacity(piece.count)
        for scalar in String(decoding: piece, as: UTF8.self).unicodeScalars {
            if let token = characters[scalar] {
                tokens.append(token)
            } else {
                UTF8.encode(scalar)?.forEach { tokens.append(bytes[Int($0)]) }
            }
        }
        return tokens
    }
}
