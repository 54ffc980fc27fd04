import HTTPTransport
import LanguageModels

extension ServerSentEvent {
    /// The failure that an event tells in words though it is named an error, as some gateways do; `nil` for all others.
    var failureInWords: FailedAnswer? {
        guard name == "error" else { return nil }
        let words = data.trimmed
        guard let first = words.first, first != UInt8(ascii: "{") else { return nil }
        if first == UInt8(ascii: "["), (try? JSONValue(parsing: Array(words))) != nil { return nil }
        return FailedAnswer(status: 200, body: Array(words))
    }
}
