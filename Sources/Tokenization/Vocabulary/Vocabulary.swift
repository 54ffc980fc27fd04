import CVocabularies

/// The tokens of an encoding, packed so that nothing is built before the first look-up.
///
/// The layout is described in `scripts/pack-vocabularies`. The memory is part of the binary, or belongs to ``owner``.
struct Vocabulary: @unchecked Sendable {
    // Unchecked: the memory is never written once the vocabulary exists, so no lock is needed.

    /// What a look-up gives for bytes that are no token.
    static let none = UInt32.max

    /// One above the highest id.
    let idCount: Int
    /// The length of the longest token in bytes.
    let longest: Int

    private let offsets: UnsafePointer<UInt32>
    private let slots: UnsafePointer<UInt32>
    private let slotMask: UInt64
    private let pairs: UnsafePointer<UInt32>
    private let bytes: UnsafePointer<UInt8>
    private let owner: VocabularyMemory?

    /// A vocabulary in packed memory, of which ids from `limit` on are left out.
    ///
    /// - Precondition: The memory has the packed layout; only the packing code and the binary's own tables are passed.
    init(packed table: UnsafePointer<UInt8>, owner: VocabularyMemory? = nil, limit: Int = .max) {
        let numbers = UnsafeRawPointer(table).assumingMemoryBound(to: UInt32.self)
        let count = Int(numbers[2])
        let slotCount = Int(numbers[3])
        idCount = min(count, limit)
        longest = Int(numbers[5])
        offsets = numbers + 6
        slots = offsets + count + 1
        slotMask = UInt64(slotCount - 1)
        pairs = slots + slotCount
        bytes = UnsafeRawPointer(pairs + 65_536).assumingMemoryBound(to: UInt8.self)
        self.owner = owner
    }

    /// The id of a token, ``none`` where the bytes are none.
    func id(of piece: UnsafePointer<UInt8>, count: Int) -> UInt32 {
        guard count <= longest else { return Self.none }
        return id(of: piece, count: count, hash: PieceHash.of(piece, count: count))
    }

    /// The id of a token of which the hash is known, ``none`` where the bytes are none.
    func id(of piece: UnsafePointer<UInt8>, count: Int, hash: UInt64) -> UInt32 {
        let fingerprint = UInt32(truncatingIfNeeded: hash &>> 52)
        var slot = hash & slotMask
        while true {
            let entry = slots[Int(truncatingIfNeeded: slot)]
            if entry == 0 { return Self.none }
            if entry &>> 20 == fingerprint {
                let id = (entry & 0xF_FFFF) &- 1
                if isToken(id, piece, count: count) { return Int(id) < idCount ? id : Self.none }
            }
            slot = (slot &+ 1) & slotMask
        }
    }

    /// Asks for what ``id(of:count:hash:)`` reads first.
    @inline(__always)
    func prefetchSlot(_ hash: UInt64) {
        docent_prefetch(slots + Int(truncatingIfNeeded: hash & slotMask))
    }

    /// Asks for what is read then: where the bytes of the first token are that may be the one.
    @inline(__always)
    func prefetchPlace(_ hash: UInt64) {
        if let id = candidate(hash) { docent_prefetch(offsets + id) }
    }

    /// Asks for what is read last: these bytes.
    @inline(__always)
    func prefetchBytes(_ hash: UInt64) {
        if let id = candidate(hash) { docent_prefetch(bytes + Int(offsets[id])) }
    }

    /// The first token with the fingerprint of a hash.
    @inline(__always)
    private func candidate(_ hash: UInt64) -> Int? {
        let fingerprint = UInt32(truncatingIfNeeded: hash &>> 52)
        var slot = hash & slotMask
        while true {
            let entry = slots[Int(truncatingIfNeeded: slot)]
            if entry == 0 { return nil }
            if entry &>> 20 == fingerprint { return Int(entry & 0xF_FFFF) &- 1 }
            slot = (slot &+ 1) & slotMask
        }
    }

    /// The id of a token of two bytes, ``none`` where they are none.
    @inline(__always)
    func id(ofPair first: UInt8, _ second: UInt8) -> UInt32 {
        let id = pairs[Int(first) &<< 8 | Int(second)] &- 1
        return Int(id) < idCount ? id : Self.none
    }

    /// The bytes of a token; `nil` for an id that has none.
    func bytes(of id: Int) -> UnsafeBufferPointer<UInt8>? {
        guard id >= 0, id < idCount, offsets[id + 1] > offsets[id] else { return nil }
        return UnsafeBufferPointer(start: bytes + Int(offsets[id]), count: Int(offsets[id + 1] - offsets[id]))
    }

    private func isToken(_ id: UInt32, _ piece: UnsafePointer<UInt8>, count: Int) -> Bool {
        let start = Int(offsets[Int(id)])
        guard Int(offsets[Int(id) &+ 1]) &- start == count else { return false }
        return PieceHash.areEqual(bytes + start, UnsafeBufferPointer(start: piece, count: count))
    }
}

/// Memory of a vocabulary that was packed while the program ran; freed with the last one that uses it.
final class VocabularyMemory: Sendable {
    // No lock: pointer and memory are written in `init` only, and read afterwards.
    nonisolated(unsafe) let start: UnsafeMutableRawPointer

    /// Takes over so many bytes.
    init(bytes: [UInt8]) {
        start = .allocate(byteCount: bytes.count, alignment: 64)
        bytes.withUnsafeBytes { start.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(start), byteCount: $0.count) }
    }

    deinit { start.deallocate() }
}
