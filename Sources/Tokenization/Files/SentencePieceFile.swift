/// A model of SentencePiece's (`sentencepiece_model.proto`): what byte-pair encoding needs of it.
struct SentencePieceFile {
    struct Piece {
        var text: [UInt8] = []
        var score: Float = 0
        var kind: Kind = .normal
    }

    enum Kind: UInt64 {
        case normal = 1
        case unknown, control, userDefined, unused, byte
    }

    private(set) var pieces: [Piece] = []
    private(set) var modelType: UInt64 = 1
    private(set) var hasByteFallback = false
    private(set) var marksWordEnds = false
    private(set) var hasCharacterMap = false
    private(set) var addsPrefix = true
    private(set) var removesExtraSpaces = true
    private(set) var marksSpaces = true

    /// - Throws: ``ProtobufReader/Malformed`` for what is no such file.
    init(_ bytes: [UInt8]) throws {
        var reader = ProtobufReader(bytes[...])
        while let (field, value) = try reader.next() {
            guard case .bytes(let part) = value else { continue }
            switch field {
            case 1: pieces.append(try Self.piece(part))
            case 2: try readTraining(part)
            case 3: try readNormalization(part)
            default: continue
            }
        }
    }

    private static func piece(_ bytes: ArraySlice<UInt8>) throws -> Piece {
        var piece = Piece()
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (1, .bytes(let text)): piece.text = Array(text)
            case (2, .float(let score)): piece.score = score
            case (3, .number(let number)):
                guard let kind = Kind(rawValue: number) else { throw ProtobufReader.Malformed() }
                piece.kind = kind
            default: continue
            }
        }
        return piece
    }

    private mutating func readTraining(_ bytes: ArraySlice<UInt8>) throws {
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (3, .number(let number)): modelType = number
            case (24, .number(let number)): marksWordEnds = number != 0
            case (35, .number(let number)): hasByteFallback = number != 0
            default: continue
            }
        }
    }

    private mutating func readNormalization(_ bytes: ArraySlice<UInt8>) throws {
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (2, .bytes(let map)): hasCharacterMap = !map.isEmpty
            case (3, .number(let number)): addsPrefix = number != 0
            case (4, .number(let number)): removesExtraSpaces = number != 0
            case (5, .number(let number)): marksSpaces = number != 0
            default: continue
            }
        }
    }
}
