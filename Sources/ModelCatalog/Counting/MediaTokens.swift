import LanguageModels

/// What images, documents and sounds take, by the rules that services have published; all of it is an estimate.
struct MediaTokens {
    var provider: String
    var model: String

    /// The tokens of an image.
    func image(_ media: Media) -> Int {
        let size = Self.bytes(of: media).flatMap { ImageSize($0) }
        switch provider {
        case "anthropic": return Self.claude(size)
        case "gemini": return gemini(size)
        default: return openAI(size, isLow: media.detail == "low")
        }
    }

    /// The tokens of a document whose text is not known: by its pages, which are counted in a PDF's plain parts.
    func document(_ media: Media) -> Int {
        guard let bytes = Self.bytes(of: media) else { return perPage }
        return max(Self.pages(bytes), 1) * perPage
    }

    /// The tokens of a sound, which is taken to be compressed to 16 kB a second.
    func audio(_ media: Media) -> Int {
        let seconds = max((Self.bytes(of: media)?.count ?? 160_000) / 16_000, 1)
        return seconds * (provider == "gemini" ? 32 : 10)
    }

    /// The tiles of an image.
    ///
    /// 85 tokens for a glance; otherwise 170 more for each tile of 512 pixels, after the image has been fitted into
    /// 2048 by 2048 and its shorter side brought to 768. An image of unknown size counts as a square one.
    private func openAI(_ size: ImageSize?, isLow: Bool) -> Int {
        let (base, tile) = model.hasPrefix("gpt-4o-mini") ? (2833, 5667) : (85, 170)
        guard !isLow else { return base }
        guard let size else { return base + 4 * tile }
        var (width, height) = (Double(size.width), Double(size.height))
        let fit = min(2048 / max(width, height), 1)
        (width, height) = (width * fit, height * fit)
        let shrink = min(768 / min(width, height), 1)
        (width, height) = (width * shrink, height * shrink)
        let tiles = max(Int((width / 512).rounded(.up)), 1) * max(Int((height / 512).rounded(.up)), 1)
        return base + tiles * tile
    }

    /// A token for 750 pixels, after the longer side has been brought to 1568 pixels; at most 1,600.
    private static func claude(_ size: ImageSize?) -> Int {
        guard let size else { return 1600 }
        let fit = min(1568 / Double(max(size.width, size.height)), 1)
        return min(Int((Double(size.width) * Double(size.height) * fit * fit / 750).rounded(.up)), 1600)
    }

    /// 258 tokens for a small image or for each tile of 768 pixels; since Gemini 3, 1,120 for any.
    private func gemini(_ size: ImageSize?) -> Int {
        let old = ["gemini-1", "gemini-2", "gemini-pro"].contains { model.hasPrefix($0) }
        guard old else { return 1120 }
        guard let size else { return 4 * 258 }
        guard size.width > 384 || size.height > 384 else { return 258 }
        return ((size.width + 767) / 768) * ((size.height + 767) / 768) * 258
    }

    private var perPage: Int {
        switch provider {
        case "anthropic": 2500
        case "gemini": 560
        default: 1500
        }
    }

    /// The pages of a PDF that are written in the clear; a page for 50 kB where none are.
    private static func pages(_ bytes: [UInt8]) -> Int {
        let mark = Array("/Type/Page".utf8)
        var count = 0
        var matched = 0
        for byte in bytes {
            if matched == mark.count {
                if byte != UInt8(ascii: "s") { count += 1 }
                matched = 0
            }
            guard byte != 0x20 || matched != 5 else { continue }
            matched = byte == mark[matched] ? matched + 1 : byte == mark[0] ? 1 : 0
        }
        return count > 0 ? count : bytes.count / 50_000
    }

    private static func bytes(of media: Media) -> [UInt8]? {
        guard case .bytes(let bytes) = media.source else { return nil }
        return bytes
    }
}
