import LanguageModels
import Testing

@testable import ModelProviders

struct ReasoningDetailsTests {
    @Test func `grows what belongs together, and keeps the order of members`() {
        var details = ReasoningDetails()

        details.add([["type": "t", "index": 0], ["type": "t", "index": 1, "data": "x"]])
        details.add([["type": "t", "index": 0, "text": "a"], ["type": "t", "index": 1, "data": "y", "id": 5]])
        details.add([["type": "t", "index": 0, "text": "b", "signature": "s"], ["type": "t", "text": "alone"]])

        let entries: [JSONValue] = [
            ["type": "t", "index": 0, "text": "ab", "signature": "s"],
            ["type": "t", "index": 1, "data": "xy", "id": 5], ["type": "t", "text": "alone"],
        ]
        #expect(details.entries.map(\.text) == entries.map(\.text))
    }

    @Test(.timeLimit(.minutes(1)))
    func `costs the same for each piece however many came`() {
        var details = ReasoningDetails()

        for number in 0..<100_000 {
            details.add([["type": "t", "index": 0, "text": "some words"], ["type": "t", "index": .integer(number)]])
        }

        #expect(details.entries.count == 100_000)
    }
}
