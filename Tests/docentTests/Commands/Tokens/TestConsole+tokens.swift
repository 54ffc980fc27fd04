import Foundation
import LanguageModels
import ModelCatalog

@testable import docent

extension TestConsole {
    /// Commands that count and price, over a few files and a list of the user's own.
    func tokenContext(_ calibration: CalibrationStore = .none) -> CommandContext {
        var services = context().services
        let directory = services.directory
        services.secondsSince1970 = { 1_795_219_200 }
        services.calibration = calibration
        services.models = { _ in .of(RetryingModel(CountingModel())) }
        services.fileInput = FileInput { path, take throws(InputError) in
            switch path {
            case "a.txt": take(Array("hello world".utf8)[...])
            case "latin.txt": take((Array("caf".utf8) + [0xE9])[...])
            case "ranks": take(Self.ranks)
            case "b.txt": take(Array("é\n".utf8)[...])
            case "-": for piece in ["hello wor", "ld, aga", ""] { take(Array(piece.utf8)[...]) }
            default: throw InputError("\(path): it does not exist")
            }
        }
        services.directory = { choice in
            guard choice.list == "own.yaml" else { return try directory(choice) }
            let list: JSONValue = [
                "models": [
                    ["id": "big", "provider": "house", "price": ["input": 1.25, "output": 2]],
                    ["id": "gpt-5.6", "provider": "openai", "price": ["input": 3, "output": 12]],
                    ["id": "org/with-slash", "provider": "together", "price": ["input": 1, "output": 2]],
                ],
                "deployments": ["team/prod": "openai/gpt-5.6"],
            ]
            var own = try directory(CatalogueChoice())
            own.catalogue = try own.catalogue.overlaid(with: list)
            return own
        }
        return CommandContext(console: console, services: services)
    }
}

extension TestConsole {
    /// A rank file with a token for each byte.
    private static var ranks: ArraySlice<UInt8> {
        let lines = (0...255).map { byte in "\(Data([UInt8(byte)]).base64EncodedString()) \(byte)\n" }
        return Array(lines.joined().utf8)[...]
    }
}

/// A model whose service counts one text and refuses others.
private struct CountingModel: LanguageModel, TokenCounting {
    let identity = ModelIdentity(provider: "counting", model: "m")

    func respond(to request: ModelRequest) async throws -> ModelResponse {
        ModelResponse(parts: [], finishReason: .stop)
    }

    func stream(_ request: ModelRequest) -> ModelStream { ModelStream([]) }

    func countTokens(of request: ModelRequest) async throws -> Int {
        guard request.messages.map(\.text) == ["hello world"] else {
            throw ModelError(.rateLimited, "", identity: identity)
        }
        return 77
    }
}
