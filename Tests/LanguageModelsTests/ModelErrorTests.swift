import LanguageModels
import Testing

struct ModelErrorTests {
    @Test(
        arguments: [
            (
                .overloaded, "busy, please try again later", nil,
                "the service is overloaded: busy, please try again later"
            ),
            (.overloaded, "busy", nil, "the service is overloaded: busy; try again later"),
            (
                .rateLimited, "Slow down, try again later", .seconds(2),
                "too many requests: Slow down, try again later; try again in 2.0 seconds"
            ),
            (
                .rateLimited, "Please try again in 1.78s", .milliseconds(1780),
                "too many requests: Please try again in 1.78s"
            ),
            (.rateLimited, "", .milliseconds(599_900), "too many requests; try again in 599.9 seconds"),
            (.rateLimited, "", .seconds(3000), "too many requests; try again in 50 minutes"),
            (.rateLimited, "", .milliseconds(3_000_001), "too many requests; try again in 51 minutes"),
            (.rateLimited, "", .seconds(43_200), "too many requests; try again in 12 hours"),
            (.overloaded, "", .seconds(2_338_678_603), "the service is overloaded; try again in 27069 days"),
            (.contentFiltered, "", nil, "held back by the content filter; reword the prompt"),
            (.undecodableAnswer, "a page", nil, "the answer cannot be understood: a page"),
            (
                .connection, "h:1: no such host; check the address and the network", nil,
                "no connection: h:1: no such host; check the address and the network"
            ),
        ] as [(ModelError.Kind, String, Duration?, String)]
    )
    func `says once what to do`(kind: ModelError.Kind, message: String, wait: Duration?, text: String) {
        var error = ModelError(kind, message)
        error.retryAfter = wait

        #expect(error.description == text)
    }
}
