import LanguageModels

/// The spellings of a model's name that providers, gateways and users use for the same model.
enum NameForms {
    /// The provider as the catalogue calls it: the models at Vertex are Gemini's.
    static func provider(_ name: String) -> String {
        let provider = ModelIdentity.usualProvider(name)
        return provider == "vertex" ? "gemini" : provider
    }

    /// Other spellings to look for, likeliest first; the name itself is not among them.
    static func variants(of name: String) -> [String] {
        var bare = name.lowercased()
        if let slash = bare.lastIndex(of: "/") { bare = String(bare[bare.index(after: slash)...]) }
        for region in ["us.", "eu.", "apac.", "jp.", "au.", "global."] where bare.hasPrefix(region + "anthropic.") {
            bare.removeFirst(region.count)
        }
        for vendor in ["anthropic.", "cohere.", "openai."] where bare.hasPrefix(vendor) {
            bare.removeFirst(vendor.count)
        }
        bare = bare.replacing("@", with: "-")
        bare = tagless(bare)
        var forms = [bare, withoutRevision(bare)]
        forms += forms.map { $0.replacing("gpt-35", with: "gpt-3.5") }
        forms += forms.map { $0.replacing("gpt-3.5", with: "gpt-35") }
        forms += forms.filter { $0.hasPrefix("claude") }.map { $0.replacing(".", with: "-") }
        var seen: Set = [name]
        return forms.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The name without what stands behind a colon; a fine-tuned model keeps the model that it was tuned from.
    private static func tagless(_ name: String) -> String {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let kept = name.hasPrefix("ft:") ? 2 : 1
        return parts.prefix(kept).joined(separator: ":")
    }

    /// Bedrock's `-v1` and `-v2` at the end go.
    private static func withoutRevision(_ name: String) -> String {
        for revision in ["-v1", "-v2"] where name.hasSuffix(revision) { return String(name.dropLast(3)) }
        return name
    }

    /// The name without the date, number or `latest` at its end; `nil` where it has none.
    static func undated(_ name: String) -> String? {
        var parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let count = parts.count
        func digits(_ back: Int) -> Int? {
            guard back <= parts.count else { return nil }
            let part = parts[parts.count - back].utf8
            let isNumber = !part.isEmpty && part.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            return isNumber ? part.count : nil
        }
        if parts.last == "latest" || digits(1) == 8 {
            parts.removeLast()
        } else if digits(1) == 2, digits(2) == 2, digits(3) == 4 {
            parts.removeLast(3)
        } else if digits(1) == 4, digits(2) == 2 {
            parts.removeLast(2)
        } else if digits(1) == 2, digits(2) == 2 {
            parts.removeLast(2)
        } else if digits(1) == 4 || digits(1) == 3 {
            parts.removeLast()
        }
        if parts.count < count, parts.last == "preview" || parts.last == "exp" { parts.removeLast() }
        return parts.count < count && !parts.isEmpty ? parts.joined(separator: "-") : nil
    }

    /// The letters and digits of a name, and where it may be cut: between parts, and between letters and digits.
    struct Compact {
        var bytes: [UInt8] = []
        /// For each place between bytes, the ends included, whether the name may be cut there.
        var cuts: [Bool] = [true]

        init(_ name: String) {
            for byte in name.lowercased().utf8 {
                guard NameForms.isLetter(byte) || NameForms.isDigit(byte) else {
                    cuts[cuts.count - 1] = true
                    continue
                }
                if let last = bytes.last, NameForms.isDigit(last) != NameForms.isDigit(byte) {
                    cuts[cuts.count - 1] = true
                }
                bytes.append(byte)
                cuts.append(false)
            }
            cuts[cuts.count - 1] = true
        }

        /// Whether another name stands in this one; a short one only where the part begins.
        func contains(_ other: [UInt8]) -> Bool {
            guard other.count >= 2, other.count <= bytes.count else { return false }
            return (0...bytes.count - other.count).contains { start in
                (cuts[start] || other.count > 4) && cuts[start + other.count]
                    && bytes[start..<start + other.count].elementsEqual(other)
            }
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }
}
