import Foundation
import Testing
import Tokenization

/// Recorded results of tiktoken: `DOCENT_TOKEN_FIXTURES`, or `shared/fixtures/tokens` beside the package.
enum TokenFixtures {
    static let folder: String? = {
        let named = ProcessInfo.processInfo.environment["DOCENT_TOKEN_FIXTURES"]
        let beside = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared/fixtures/tokens"
        return [named, beside].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    static let missing: Comment = "no token fixtures: set DOCENT_TOKEN_FIXTURES to the folder of recorded results"

    /// The lines of a file, each decoded.
    static func lines<Line: Decodable>(_ name: String, of type: Line.Type) throws -> [Line] {
        let folder = try #require(folder)
        let data = try Data(contentsOf: URL(filePath: folder).appending(path: name))
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map { try decoder.decode(Line.self, from: $0) }
    }
}
