import Testing

@testable import docent_simulate

struct RouteTests {
    @Test(
        arguments: [
            ("/v1/chat/completions", Service.openAI, Operation.answer(.chat), nil),
            ("/openai/deployments/my%2Dgpt/chat/completions", .azure, .answer(.chat), "my%2Dgpt"),
            ("/openai/v1/chat/completions", .azure, .answer(.chat), nil),
            ("/openai/v1/responses", .azure, .answer(.responses), nil),
            ("/openai/responses", .azure, .answer(.responses), nil),
            ("/models/chat/completions", .azure, .answer(.chat), nil),
            ("/compatible/openai/v1/chat/completions", .openAI, .answer(.chat), nil),
            ("/v1/responses", .openAI, .answer(.responses), nil),
            ("/v1/responses/input_tokens", .openAI, .count(.responses), nil),
            ("/v1/messages", .anthropic, .answer(.messages), nil),
            ("/v1/messages/count_tokens", .anthropic, .count(.messages), nil),
            ("/v1beta/models/gemini-2.5-flash:generateContent", .gemini, .answer(.gemini), "gemini-2.5-flash"),
            ("/v1beta/models/g:countTokens", .gemini, .count(.gemini), "g"),
            ("/v1/projects/p/locations/l/publishers/google/models/g:generateContent", .gemini, .answer(.gemini), "g"),
            ("/v2/chat", .cohere, .answer(.cohere), nil), ("/v1/tokenize", .cohere, .count(.cohere), nil),
            ("/v1/check-api-key", .cohere, .checkKey, nil), ("/v1/models", .openAI, .models, nil),
            ("/v1/models/meta/llama", .openAI, .model("meta/llama"), nil), ("/openai/models", .azure, .models, nil),
            ("/v1beta/models", .gemini, .models, nil), ("/anthropic/v1/models", .anthropic, .models, nil),
            ("/", .openAI, .home, nil), ("/v1/nothing", .openAI, .unknown, nil),
            ("/openai/deployments/chat/completions", .azure, .answer(.chat), "chat"),
        ] as [(String, Service, Operation, String?)]
    )
    func `tells service and operation by the path`(
        path: String,
        service: Service,
        operation: docent_simulate.Operation,
        model: String?
    ) {
        let route = Route(HTTPCall(method: "POST", path: path))

        #expect(route.service == service)
        #expect(route.operation == operation)
        #expect(route.pathModel == model)
    }

    @Test(arguments: [
        (["anthropic-version": "2023-06-01"], [:], Service.anthropic), (["x-goog-api-key": "k"], [:], .gemini),
        ([:], ["endpoint": "chat"], .cohere), (["authorization": "Bearer k"], [:], .openAI),
    ])
    func `tells whose list of models is meant`(
        headers: [String: String],
        query: [String: String],
        service: Service
    ) {
        #expect(Route(HTTPCall(path: "/v1/models", query: query, headers: headers)).service == service)
    }
}
