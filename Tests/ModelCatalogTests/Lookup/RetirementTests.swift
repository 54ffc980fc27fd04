import LanguageModels
import ModelCatalog
import Testing

struct RetirementTests {
    @Test(arguments: [
        ("openai/gpt-4", "2026-11-21", "openai/gpt-4 was shut down on 2026-10-23; take gpt-5.6 instead"),
        (
            "openai/gpt-4o", "2026-11-21",
            "openai/gpt-4o will be shut down on 2027-01-14, in 54 days; take gpt-5.6 instead"
        ),
        (
            "openai/gpt-4o", "2027-01-13",
            "openai/gpt-4o will be shut down on 2027-01-14, in 1 day; take gpt-5.6 instead"
        ),
        ("openai/gpt-4o", "2027-01-14", "openai/gpt-4o was shut down on 2027-01-14; take gpt-5.6 instead"),
        (
            "openai/o3-pro", "2026-11-21",
            "openai/o3-pro will be shut down on 2026-12-11, in 20 days; take gpt-5.5-pro instead"
        ),
        ("openai/o1-mini", "2026-11-21", "openai/o1-mini was shut down on 2025-10-27; take gpt-5.4-mini instead"),
        (
            "anthropic/claude-sonnet-4-5", "2026-11-21",
            "anthropic/claude-sonnet-4-5 will be shut down on 2026-11-30, in 9 days; take claude-sonnet-5-5 instead"
        ),
        (
            "anthropic/claude-2", "2026-11-21",
            "anthropic/claude-2 was shut down on 2025-07-21; take claude-sonnet-5-5 instead"
        ),
        (
            "gemini/gemini-2.5-pro", "2026-11-21",
            "gemini/gemini-2.5-pro will be shut down on 2026-12-01, in 10 days; take gemini-3.1-pro-preview instead"
        ),
        (
            "gemini/gemini-2.5-flash-preview-04-17", "2026-11-21",
            "gemini/gemini-2.5-flash-preview-04-17 has been shut down; take gemini-3.8-flash instead"
        ),
        (
            "cohere/command-r", "2026-11-21",
            "cohere/command-r was shut down on 2025-09-15; take command-a-03-2025 instead"
        ),
    ])
    func `says when a model ends and what to take`(name: String, today: String, text: String) throws {
        let catalogue = try ModelCatalogue.builtIn()
        let profile = try #require(catalogue.match(name)?.profile)

        #expect(catalogue.retirement(of: profile, on: CalendarDay(today))?.description == text)
    }

    @Test func `keeps quiet about models that stay, and before the last half year`() throws {
        let catalogue = try ModelCatalogue.builtIn()

        let staying = try #require(catalogue.match("anthropic/claude-opus-5-5")?.profile)
        let going = try #require(catalogue.match("openai/gpt-4o")?.profile)
        #expect(catalogue.retirement(of: staying, on: CalendarDay("2026-11-21")) == nil)
        #expect(catalogue.retirement(of: going, on: CalendarDay("2026-07-17")) == nil)
        #expect(catalogue.retirement(of: going, on: CalendarDay("2026-07-18"))?.daysLeft == 180)
    }

    @Test func `names no successor that is gone or going itself`() throws {
        let catalogue = try ModelCatalogue.builtIn()
        for model in catalogue.models {
            guard let retirement = catalogue.retirement(of: model), let name = retirement.successor else { continue }
            let successor = try #require(catalogue.profile(ModelIdentity(provider: model.provider, model: name)))
            #expect(catalogue.retirement(of: successor) == nil, "\(model.name) → \(name)")
        }
    }

    @Test(arguments: [0, 951_782_400, 1_709_164_800, 1_795_219_200, -86_400, 4_107_456_000])
    func `reckons with days`(seconds: Int) throws {
        let day = CalendarDay(secondsSince1970: seconds)
        let start = try #require(CalendarDay("1970-01-01"))

        #expect(start.days(until: day) == seconds / 86_400)
        #expect(CalendarDay(day.description) == day)
        #expect(CalendarDay(secondsSince1970: seconds + 86_399) == day)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "2026/01/01", "", "+026-01-01",
    ])
    func `takes no day that there is not`(text: String) {
        #expect(CalendarDay(text) == nil)
    }
}
