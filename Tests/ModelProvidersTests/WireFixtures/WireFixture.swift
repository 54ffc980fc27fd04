import Foundation
import HTTPTransport
import LanguageModels

/// A recorded exchange with what an independent reader found in it; INDEX.md beside the recordings explains the files.
struct WireFixture: Sendable, CustomStringConvertible {
    let folder: String
    let name: String
    let expected: JSONValue
    let meta: JSONValue
    let request: JSONValue?
    let body: [UInt8]
    var isStream: Bool

    var description: String { "\(folder)/\(name)" }
    var status: Int { meta["status"]?.integer ?? 200 }
    var url: String { meta["url"]?.string ?? "" }
    /// The model that the request names, else the one that answered.
    var model: String { request?["model"]?.string ?? expected["model"]?.string ?? "a-model" }

    var response: HTTPResponse {
        var headers: HTTPHeaders = [:]
        for (name, value) in meta["response_headers"]?.object?.members ?? [] {
            if let value = value.string { headers.add(name, value) }
        }
        return HTTPResponse(status: status, headers: headers, body: body)
    }

    /// The recording with another body.
    func with(body: [UInt8]) -> WireFixture {
        WireFixture(
            folder: folder,
            name: name,
            expected: expected,
            meta: meta,
            request: request,
            body: body,
            isStream: isStream
        )
    }

    /// Where a cut would split a character.
    var cuts: [Int] { (expected["multibyte_continuation_offsets"]?.elements ?? []).compactMap(\.integer) }
}

/// The folder of recordings: `DOCENT_WIRE_FIXTURES`, else `../shared/fixtures/wire` beside the package.
enum WireFixtures {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["DOCENT_WIRE_FIXTURES"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).pathComponents.prefix { $0 != "Tests" }.joined(separator: "/")
        return URL(filePath: String(package.dropFirst())).appending(path: "../shared/fixtures/wire").standardized
    }()

    static let areThere = FileManager.default.fileExists(atPath: folder.path)

    /// The recordings of a service, by name.
    static func all(in service: String) throws -> [WireFixture] {
        let place = folder.appending(path: service)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        return try names.sorted().filter { $0.hasSuffix(".expected.json") }.compactMap { name in
            try fixture(service, String(name.dropLast(".expected.json".count)), in: place, among: names)
        }
    }

    static func fixture(_ service: String, _ name: String) throws -> WireFixture? {
        try all(in: service).first { $0.name == name }
    }

    private static func fixture(
        _ service: String,
        _ name: String,
        in place: URL,
        among names: [String]
    ) throws -> WireFixture? {
        let endings = [".stream.txt", ".response.json", ".response.jsonl", ".response.html"]
        guard let ending = endings.first(where: { names.contains(name + $0) }) else { return nil }
        func bytes(_ ending: String) throws -> [UInt8] {
            Array(try Data(contentsOf: place.appending(path: name + ending)))
        }
        // Some recordings have no body but the word null.
        let request =
            names.contains(name + ".request.json") ? try JSONValue(parsing: try bytes(".request.json")) : .null
        return WireFixture(
            folder: service,
            name: name,
            expected: try JSONValue(parsing: try bytes(".expected.json")),
            meta: try JSONValue(parsing: try bytes(".meta.json")),
            request: request == .null ? Optional.none : request,
            body: try bytes(ending),
            isStream: ending == ".stream.txt" || request["stream"]?.bool == true
        )
    }
}
