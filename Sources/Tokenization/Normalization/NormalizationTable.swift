import CVocabularies

/// Decompositions, combining classes and compositions; the layout is described in `scripts/pack-vocabularies`.
struct NormalizationTable {
    private let canonical: UnsafeBufferPointer<(UInt32, UInt32)>
    private let compatible: UnsafeBufferPointer<(UInt32, UInt32)>
    private let combining: UnsafeBufferPointer<UInt32>
    private let compositions: UnsafeBufferPointer<(UInt32, UInt32, UInt32)>
    private let scalars: UnsafePointer<UInt32>

    init() {
        let bytes: UnsafePointer<UInt8> = docent_normalization().bytes
        let start = UnsafeRawPointer(bytes)
        let counts = start.assumingMemoryBound(to: UInt32.self)
        var place = start + 16
        func list<Element>(of count: UInt32, _ type: Element.Type) -> UnsafeBufferPointer<Element> {
            defer { place += Int(count) * MemoryLayout<Element>.stride }
            return UnsafeBufferPointer(start: place.assumingMemoryBound(to: Element.self), count: Int(count))
        }
        canonical = list(of: counts[0], (UInt32, UInt32).self)
        compatible = list(of: counts[1], (UInt32, UInt32).self)
        combining = list(of: counts[2], UInt32.self)
        compositions = list(of: counts[3], (UInt32, UInt32, UInt32).self)
        scalars = place.assumingMemoryBound(to: UInt32.self)
    }

    /// Adds what a code point consists of, itself where it is simple.
    func decompose(_ value: UInt32, isCompatible: Bool, into result: inout [UInt32]) {
        if value < 0xA0 {
            result.append(value)
        } else if let parts = (isCompatible ? parts(of: value, in: compatible) : nil) ?? parts(of: value, in: canonical)
        {
            result.append(contentsOf: parts)
        } else if value &- Hangul.syllables < Hangul.count {
            let index = value - Hangul.syllables
            result.append(Hangul.leads + index / Hangul.perLead)
            result.append(Hangul.vowels + index % Hangul.perLead / Hangul.perVowel)
            if index % Hangul.perVowel > 0 { result.append(Hangul.tails + index % Hangul.perVowel) }
        } else {
            result.append(value)
        }
    }

    /// The canonical combining class, 0 for starters.
    func combiningClass(_ value: UInt32) -> UInt8 {
        guard value >= 0x300 else { return 0 }
        let index = combining.firstIndex(notBelow: value) { $0 >> 8 }
        return index < combining.count && combining[index] >> 8 == value ? UInt8(combining[index] & 0xFF) : 0
    }

    /// What two code points compose, `nil` for nothing.
    func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
        if first &- Hangul.leads < 19, second &- Hangul.vowels < 21 {
            return Hangul.syllables + ((first - Hangul.leads) * 21 + second - Hangul.vowels) * Hangul.perVowel
        }
        let syllable = first &- Hangul.syllables
        if syllable < Hangul.count, syllable % Hangul.perVowel == 0, (1..<28).contains(second &- Hangul.tails) {
            return first + second - Hangul.tails
        }
        let key = UInt64(first) << 32 | UInt64(second)
        let index = compositions.firstIndex(notBelow: key) { UInt64($0.0) << 32 | UInt64($0.1) }
        guard index < compositions.count, compositions[index].0 == first, compositions[index].1 == second else {
            return nil
        }
        return compositions[index].2
    }

    private func parts(of value: UInt32, in list: UnsafeBufferPointer<(UInt32, UInt32)>)
        -> UnsafeBufferPointer<UInt32>?
    {
        let index = list.firstIndex(notBelow: value) { $0.0 }
        guard index < list.count, list[index].0 == value else { return nil }
        return UnsafeBufferPointer(start: scalars + Int(list[index].1 >> 8), count: Int(list[index].1 & 0xFF))
    }

    /// The formula of Korean syllables, from chapter 3.12 of the Unicode standard.
    private enum Hangul {
        static let syllables: UInt32 = 0xAC00
        static let leads: UInt32 = 0x1100
        static let vowels: UInt32 = 0x1161
        static let tails: UInt32 = 0x11A7
        static let perVowel: UInt32 = 28
        static let perLead: UInt32 = 588
        static let count: UInt32 = 11172
    }
}

extension UnsafeBufferPointer {
    /// The first index of a sorted list whose key is not below `value`; the end where there is none.
    fileprivate func firstIndex<Key: Comparable>(notBelow value: Key, key: (Element) -> Key) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if key(self[middle]) < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
