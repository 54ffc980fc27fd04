/// The pieces of DeepSeek's files: numbers up to three, then runs of Chinese and Japanese, are set apart, and each part
/// is cut by a pattern of its own; what that does not match is a piece, too.
enum DeepSeekScanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        if text.character(index).kind.contains(.number) { return text.end(ofNumbersFrom: index) }
        let part = Part(text: text, isHan: isHan(text, at: index))
        return part.endOfMatch(at: index) ?? part.endOfGap(from: index)
    }

    /// U+4E00 to U+9FA5 and U+3040 to U+30FF.
    private static func isHan(_ text: TextBytes, at index: Int) -> Bool {
        let lead = text.byte(index)
        guard lead >= 0xE3, lead <= 0xE9 else { return false }
        let value = UInt32(lead & 15) << 12 | UInt32(text.byte(index + 1) & 63) << 6 | UInt32(text.byte(index + 2) & 63)
        return 0x4E00...0x9FA5 ~= value || 0x3040...0x30FF ~= value
    }

    private enum Kind {
        case letter
        case punctuation
        case space
        case other
        /// The end of the part.
        case end
    }

    /// A stretch without numbers that is Chinese and Japanese throughout, or nowhere.
    private struct Part {
        let text: TextBytes
        let isHan: Bool

        func kind(_ index: Int) -> (kind: Kind, length: Int) {
            guard index < text.count else { return (.end, 0) }
            let character = text.character(index)
            guard !character.kind.contains(.number), DeepSeekScanner.isHan(text, at: index) == isHan else {
                return (.end, 0)
            }
            let kind: Kind
            if !character.kind.isDisjoint(with: [.letter, .upper, .lower]) {
                kind = .letter
            } else if character.kind.contains(.space) {
                kind = .space
            } else {
                kind = text.isPunctuationOrSymbol(index, length: character.length) ? .punctuation : .other
            }
            return (kind, character.length)
        }

        func end(ofRun kind: Kind, from index: Int) -> Int {
            var index = index
            while case let next = self.kind(index), next.kind == kind { index += next.length }
            return index
        }

        /// The end of what the pattern matches here; `nil` where it matches nothing.
        func endOfMatch(at index: Int) -> Int? {
            let first = kind(index)
            let next = index + first.length
            switch first.kind {
            case .end: return nil
            case .letter: return end(ofRun: .letter, from: next)
            case .other: return kind(next).kind == .letter ? end(ofRun: .letter, from: next) : nil
            case .punctuation:
                let lettersEnd = text.end(ofASCIILettersFrom: next, lowerCaseOnly: false)
                if first.length == 1, lettersEnd > next { return lettersEnd }
                return endOfPunctuation(from: next)
            case .space:
                let follower = kind(next).kind
                if follower == .letter, !text.isNewline(index) { return end(ofRun: .letter, from: next) }
                if follower == .punctuation, text.byte(index) == 0x20 { return endOfPunctuation(from: next) }
                return endOfSpace(from: index)
            }
        }

        /// The end of characters at which nothing matches.
        func endOfGap(from index: Int) -> Int {
            var index = index + kind(index).length
            while kind(index).kind == .other, endOfMatch(at: index) == nil { index += kind(index).length }
            return index
        }

        private func endOfPunctuation(from index: Int) -> Int {
            var end = end(ofRun: .punctuation, from: index)
            while text.isNewline(end) { end += 1 }
            return end
        }

        private func endOfSpace(from index: Int) -> Int {
            let space = text.space(from: index)
            if let newlineEnd = space.newlineEnd { return newlineEnd }
            if kind(space.end).kind == .end { return space.end }
            return space.lastStart == index ? space.end : space.lastStart
        }
    }
}

extension TextBytes {
    /// Whether a character that is no letter, mark, number or white space is punctuation or a symbol in Unicode 16.0.
    ///
    /// Beyond ASCII the standard library is asked, which knows since when a character is there.
    fileprivate func isPunctuationOrSymbol(_ index: Int, length: Int) -> Bool {
        if length == 1 { return start[index] > 0x20 && start[index] < 0x7F }
        var decoder = UTF8()
        var bytes = UnsafeBufferPointer(start: start + index, count: length).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes),
            let age = scalar.properties.age, age.major <= 16
        else { return false }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            return true
        default: return false
        }
    }
}
