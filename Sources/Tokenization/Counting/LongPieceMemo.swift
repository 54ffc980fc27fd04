/// What came of pieces of 16 to 256 bytes, by their bytes, which lie one behind the other.
///
/// Direct-mapped: a new piece takes the place of an older one of the same slot.
struct LongPieceMemo {
    private struct Slot {
        var hash: UInt64 = 0
        var offset: UInt32 = 0
        var bits: UInt32 = 0
    }

    private static let capacity = 1 << 20

    private var slots: [Slot]
    private var bytes: [UInt8] = []

    /// A memo of so many slots, a power of two.
    init(slotCount: Int) {
        slots = Array(repeating: Slot(), count: slotCount)
    }

    func bits(of piece: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
        let slot = slots[Int(truncatingIfNeeded: hash &>> 20) & (slots.count - 1)]
        guard slot.hash == hash, Int(slot.offset) + piece.count <= bytes.count else { return nil }
        let isSame = bytes.withUnsafeBufferPointer { kept in
            kept.baseAddress.map { PieceHash.areEqual($0 + Int(slot.offset), piece) } ?? false
        }
        return isSame ? slot.bits : nil
    }

    mutating func remember(_ bits: UInt32, of piece: UnsafeBufferPointer<UInt8>, hash: UInt64) {
        if bytes.count + piece.count > Self.capacity { forget() }
        slots[Int(truncatingIfNeeded: hash &>> 20) & (slots.count - 1)] =
            Slot(hash: hash, offset: UInt32(bytes.count), bits: bits)
        bytes += piece
    }

    mutating func forget() {
        bytes.removeAll(keepingCapacity: true)
        slots = Array(repeating: Slot(), count: slots.count)
    }
}
