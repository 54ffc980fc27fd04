import Docstrings
import SourceCode

/// Finds the style that most of a project's structured docstrings have.
///
/// Every file is looked at, in an order that mixes the project, until a thousand docstrings have voted: a project of any
/// size costs little, and one of less than that is counted in full.
struct StyleSurvey {
    let languages: LanguageTable
    let jobs: Int

    private static let sufficientVotes = 1000
    private static let filesAtOnce = 64
    /// No docstring with a section is shorter, quotes included.
    private static let shortestStructured = 24

    /// The majority style's name; `nil` if no docstring has any structure.
    func majority(of files: [ProjectFile]) async -> String? {
        let mixed = files.enumerated().sorted { Self.place(of: $0.offset) < Self.place(of: $1.offset) }.map(\.element)
        var votes = StyleVotes()
        var begun = 0
        while begun < mixed.count, votes.count < Self.sufficientVotes, !Task.isCancelled {
            let batch = Array(mixed[begun..<min(begun + Self.filesAtOnce, mixed.count)])
            _ = await OrderedWork.run(batch, jobs: jobs, work: self.votes) { found in
                votes.merge(found)
                return true
            }
            begun += batch.count
        }
        return votes.majority
    }

    @Sendable
    private func votes(of file: ProjectFile) async -> StyleVotes {
        var votes = StyleVotes()
        guard let language = languages.language(for: file.path), let contents = try? FileContents.read(file) else {
            return votes
        }
        for range in language.likelyDocstrings(in: SourceFile(path: file.path, bytes: contents.bytes))
        where range.count >= Self.shortestStructured {
            votes.add(String(decoding: contents.bytes[range.offsets], as: UTF8.self))
        }
        return votes
    }

    /// A place in a mixed order that is the same in every run (a multiplication by the golden ratio's bits).
    private static func place(of index: Int) -> UInt64 { UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
}

extension StyleVotes {
    fileprivate var count: Int { google + numpy + rest + epytext }
}
