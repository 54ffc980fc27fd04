import Foundation
import HTTPTransport
import Testing

/// One after another, so that the long tier leaves a processor to the tests that talk to servers.
@Suite(
    .serialized,
    .enabled(if: RecordedStream.folder != nil, "no recorded streams: name their folder by DOCENT_WIRE_FIXTURES")
)
struct RecordedStreamTests {
    /// All cuts of long streams take minutes; otherwise about a thousand of each are tried.
    private static let triesAll = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1"

    @Test(arguments: RecordedStream.all)
    func `gives the same events whole, byte by byte and cut anywhere`(stream: RecordedStream) throws {
        let whole = try events(of: stream.bytes, in: [], by: stream.framing)
        let expected = Self.hash(whole)
        let everyByte = try events(of: stream.bytes, in: Array(1..<stream.bytes.count), by: stream.framing)

        #expect(!whole.isEmpty)
        #expect(everyByte == whole)
        let budget = 2 << 20
        let step = Self.triesAll ? 1 : max(1, stream.bytes.count * stream.bytes.count / budget)
        for cut in stride(from: 1, to: stream.bytes.count, by: step) {
            let cutEvents = try events(of: stream.bytes, in: [cut], by: stream.framing)
            guard Self.hash(cutEvents) != expected else { continue }
            Issue.record("\(stream) cut at \(cut) gives other events")
        }
    }

    @Test(arguments: RecordedStream.all.filter { $0.framing is ServerSentEventParser })
    func `gives every line of data that the stream has`(stream: RecordedStream) throws {
        let text = String(decoding: stream.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("data:") }

        let parsed = try events(of: stream.bytes, in: [], by: stream.framing)

        #expect(parsed.flatMap { $0.text.split(separator: "\n") }.count == lines.count)
    }

    private static func hash(_ events: [ServerSentEvent]) -> Int {
        var hasher = Hasher()
        hasher.combine(events)
        return hasher.finalize()
    }
}

/// The bytes of a service's recorded stream.
struct RecordedStream: CustomStringConvertible, Sendable {
    let description: String
    let bytes: [UInt8]

    /// The framing that the service uses.
    var framing: any StreamFraming {
        bytes.first == UInt8(ascii: "[") ? JSONArrayFraming() : ServerSentEventParser()
    }

    /// The recordings: the folder that `DOCENT_WIRE_FIXTURES` names, or the one beside the project.
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["DOCENT_WIRE_FIXTURES"].map { URL(filePath: $0) }
        let project = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let folder = named ?? project.deletingLastPathComponent().appending(path: "shared/fixtures/wire")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static let all: [RecordedStream] = {
        guard let folder, let files = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".stream.txt") }.sorted().compactMap { path in
            guard let data = try? Data(contentsOf: folder.appending(path: path)), data.count > 1 else { return nil }
            return RecordedStream(description: path, bytes: Array(data))
        }
    }()
}
