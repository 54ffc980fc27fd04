import SourceCode

extension SourceEncoding {
    /// The offset of the first byte that stands for no character, or begins a malformed sequence; `nil` if all is well.
    func firstUndecodableOffset(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let upperHalf else { return firstMalformedUTF8(in: buffer, from: start) }
        var index = start
        while true {
            index = endOfASCII(in: buffer, from: index)
            guard index < buffer.count else { return nil }
            if upperHalf[Int(buffer[index] & 0x7F)] == 0 { return index }
            index += 1
        }
    }
}

/// The offset of the first byte that begins no well-formed UTF-8 sequence: overlong forms, surrogates, and what lies
/// beyond U+10FFFF are malformed.
private func firstMalformedUTF8(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while true {
        index = endOfASCII(in: buffer, from: index)
        while index < buffer.count, buffer[index] >= 0x80 {
            let length = sequenceLength(in: buffer, at: index)
            guard length > 0 else { return index }
            index += length
        }
        guard index < buffer.count else { return nil }
    }
}

/// The length of the sequence that begins with a byte above 0x7F, or 0 if it is malformed or cut off.
@inline(__always)
private func sequenceLength(in buffer: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let lead = buffer[index]
    let left = buffer.count - index
    guard lead >= 0xC2, lead <= 0xF4, left >= 2 else { return 0 }
    let second = buffer[index + 1]
    if lead < 0xE0 { return second & 0xC0 == 0x80 ? 2 : 0 }
    let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    guard second >= lowest, second <= highest, left >= 3, buffer[index + 2] & 0xC0 == 0x80 else { return 0 }
    if lead < 0xF0 { return 3 }
    return left >= 4 && buffer[index + 3] & 0xC0 == 0x80 ? 4 : 0
}

/// The offset of the next byte above 0x7F, or the buffer's end: 32 bytes a step, no bounds checks.
private func endOfASCII(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = buffer.baseAddress else { return start }
    let bytes = UnsafeRawPointer(base)
    let mask: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index + 32 <= buffer.count {
        let words = bytes.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
        let halves = words.lowHalf | words.highHalf
        guard (halves.x | halves.y) & mask == 0 else { break }
        index += 32
    }
    while index < buffer.count, base[index] < 0x80 { index += 1 }
    return index
}
