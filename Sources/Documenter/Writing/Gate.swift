package import SourceCode

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Proves that edits put docstrings in place and change nothing else; takes back those of which it cannot be proven.
///
/// Nothing is believed of the edits: the new version is read again from its bytes. It must have the same code tokens,
/// comments and statement structure, every byte outside the splices must be the old one, every docstring that was not
/// a target must be as it was, and each target must read back as the text that was meant.
package struct Gate {
    let language: any SourceLanguage
    let outline: SourceOutline

    /// What passed, and what was taken back with the reason.
    package struct Verdict {
        package var edits: [SourceEdit] = []
        /// The new version, its structure alone read again; the original outline if no edit passed.
        package var outline: SourceOutline
        package var undone: [(edit: SourceEdit, reason: String)] = []
    }

    /// Makes a gate for the edits of one file.
    package init(language: any SourceLanguage, outline: SourceOutline) {
        self.language = language
        self.outline = outline
    }

    /// Proves edits, which are in file order, all together or, where that fails, in ever smaller groups.
    package func verdict(on edits: [SourceEdit]) -> Verdict {
        guard !edits.isEmpty else { return Verdict(outline: outline) }
        switch proof(of: edits) {
        case .success(let proven):
            return Verdict(edits: edits, outline: proven)
        case .failure(let refusal):
            if edits.count == 1 { return Verdict(outline: outline, undone: [(edits[0], refusal.reason)]) }
            return split(edits)
        }
    }

    /// Proves the halves on their own, then what is left of them together; if they do not go together, the first stays.
    private func split(_ edits: [SourceEdit]) -> Verdict {
        let middle = edits.count / 2
        let first = verdict(on: Array(edits[..<middle]))
        let second = verdict(on: Array(edits[middle...]))
        let undone = first.undone + second.undone
        let rest = first.edits + second.edits
        guard !rest.isEmpty else { return Verdict(outline: outline, undone: undone) }
        switch proof(of: rest) {
        case .success(let proven):
            return Verdict(edits: rest, outline: proven, undone: undone)
        case .failure(let refusal):
            let dropped = second.edits.map { (edit: $0, reason: refusal.reason) }
            return Verdict(edits: first.edits, outline: first.outline, undone: undone + dropped)
        }
    }

    private struct Refusal: Error {
        let reason: String
    }

    private func proof(of edits: [SourceEdit]) -> Result<SourceOutline, Refusal> {
        if let reason = disorder(of: edits) { return .failure(Refusal(reason: reason)) }
        let edited = outline.file.applying(edits)
        let after: SourceOutline
        do throws(SourceError) {
            after = try language.readStructure(edited)
        } catch {
            let reason = "the file could not be parsed any more: line \(error.line): \(error.reason)"
            return .failure(Refusal(reason: reason))
        }
        guard after.encoding.name == outline.encoding.name else {
            return .failure(Refusal(reason: "the encoding would change"))
        }
        let reason =
            language.codeDifference(between: outline, and: after)
            ?? byteDifference(edits, after.file)
            ?? docstringDifference(edits, after)
        return reason.map { .failure(Refusal(reason: $0)) } ?? .success(after)
    }

    /// Whether edits lie outside the file, overlap, or belong to no declaration.
    private func disorder(of edits: [SourceEdit]) -> String? {
        var end = 0
        for edit in edits {
            let range = edit.range.offsets
            guard range.lowerBound >= end, range.upperBound <= outline.file.bytes.count else {
                return "the edits overlap or lie outside the file"
            }
            guard outline.tables.declarations.indices.contains(edit.declaration) else {
                return "the edit belongs to no declaration"
            }
            end = range.upperBound
        }
        return nil
    }

    /// Goes through both versions side by side, over everything that is not spliced.
    private func byteDifference(_ edits: [SourceEdit], _ edited: SourceFile) -> String? {
        let old = outline.file.bytes
        let new = edited.bytes
        var (oldPlace, newPlace) = (0, 0)
        for edit in edits {
            let kept = edit.range.offsets.lowerBound - oldPlace
            guard kept >= 0, newPlace + kept <= new.count,
                old.equals(new, in: oldPlace..<oldPlace + kept, at: newPlace)
            else { return "a byte outside the docstrings changed" }
            oldPlace = edit.range.offsets.upperBound
            newPlace += kept + edit.replacement.count
        }
        guard newPlace <= new.count, old.count - oldPlace == new.count - newPlace,
            old.equals(new, in: oldPlace..<old.count, at: newPlace)
        else {
            return "a byte outside the docstrings changed"
        }
        return nil
    }

    private func docstringDifference(_ edits: [SourceEdit], _ after: SourceOutline) -> String? {
        let records = outline.tables.declarations
        guard after.tables.declarations.count == records.count else { return "the declarations changed" }
        var targets = [String?](repeating: nil, count: records.count)
        for edit in edits { targets[edit.declaration] = edit.text }
        for row in records.indices {
            let written = after.tables.declarations[row]
            if let text = targets[row] {
                let read = language.docstring(of: Declaration(outline: after, row: row))
                if read != text { return "the docstring does not read back as written" }
            } else {
                let (before, now) = (records[row].docstring.offsets, written.docstring.offsets)
                let isSame =
                    before.count == now.count
                    && outline.file.bytes.equals(after.file.bytes, in: before, at: now.lowerBound)
                if !isSame { return "another docstring changed" }
            }
        }
        return nil
    }
}

extension [UInt8] {
    /// Whether some bytes are those of another array from an offset on, which must hold as many.
    fileprivate func equals(_ other: [UInt8], in range: Range<Int>, at start: Int) -> Bool {
        withUnsafeBytes { bytes in
            other.withUnsafeBytes { others in
                guard let left = bytes.baseAddress, let right = others.baseAddress else { return range.isEmpty }
                return memcmp(left + range.lowerBound, right + start, range.count) == 0
            }
        }
    }
}
