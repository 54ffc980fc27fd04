import LanguageModels
import Testing

@testable import ModelProviders

struct SchemaGraphTests {
    @Test(.timeLimit(.minutes(1)))
    func `follows references to a name that stands in many places`() throws {
        let count = 30_000
        let anchors = JSONValue.array((0..<count).map { _ in ["$dynamicAnchor": "x"] })
        let referrers = JSONValue.array((0..<count).map { _ in ["$dynamicRef": "#x"] })

        #expect(!SchemaGraph(["anyOf": anchors, "allOf": referrers]).hasCycle)
    }
}
