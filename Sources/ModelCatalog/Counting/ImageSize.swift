/// The size of an image in pixels, read from the first bytes of its file.
struct ImageSize: Hashable, Sendable {
    var width: Int
    var height: Int

    /// Reads a PNG, JPEG, GIF or WebP; `nil` for anything else, and for what is cut off.
    init?(_ bytes: [UInt8]) {
        guard let size = Self.png(bytes) ?? Self.gif(bytes) ?? Self.jpeg(bytes) ?? Self.webP(bytes), size.width > 0,
            size.height > 0
        else { return nil }
        self = size
    }

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    private static func png(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), bytes.count >= 24 else { return nil }
        let numbers = [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard numbers.allSatisfy({ $0 < 1 << 31 }) else { return nil }
        return ImageSize(width: numbers[0], height: numbers[1])
    }

    private static func gif(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.starts(with: "GIF8".utf8), bytes.count >= 10 else { return nil }
        return ImageSize(width: little(bytes, 6, 2), height: little(bytes, 8, 2))
    }

    /// Walks over the segments to the one that begins the frame.
    private static func jpeg(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var index = 2
        while index + 9 < bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            let length = Int(bytes[index + 2]) << 8 | Int(bytes[index + 3])
            let isFrame = 0xC0...0xCF ~= marker && ![0xC4, 0xC8, 0xCC].contains(marker)
            if isFrame {
                let height = Int(bytes[index + 5]) << 8 | Int(bytes[index + 6])
                return ImageSize(width: Int(bytes[index + 7]) << 8 | Int(bytes[index + 8]), height: height)
            }
            index += marker == 0xFF ? 1 : 2 + max(length, 2)
        }
        return nil
    }

    private static func webP(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.starts(with: "RIFF".utf8), bytes.count >= 30, bytes[8..<12].elementsEqual("WEBP".utf8) else {
            return nil
        }
        switch bytes[15] {
        case UInt8(ascii: "X"): return ImageSize(width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1)
        case UInt8(ascii: "L"):
            let bits = little(bytes, 21, 4)
            return ImageSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
        case UInt8(ascii: " "):
            return ImageSize(width: little(bytes, 26, 2) & 0x3FFF, height: little(bytes, 28, 2) & 0x3FFF)
        default: return nil
        }
    }

    private static func little(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
}
