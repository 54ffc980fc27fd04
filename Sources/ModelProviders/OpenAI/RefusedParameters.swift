import LanguageModels

/// Parameters that a service has refused by their names, though nothing was known against them: deployments have names
/// of their own, and compatible servers know what they like.
struct RefusedParameters {
    /// Their places in the body, such as `temperature` or `reasoning.effort`.
    private let names: [String]

    /// What a failed answer refuses, of what can be left out of a body; `nil` where that is nothing.
    init?(_ answer: FailedAnswer, in body: JSONValue) {
        guard answer.status == 400 || answer.status == 422 else { return nil }
        let facts = answer.facts
        let words = facts.message.lowercased()
        guard Self.codes.contains(facts.code ?? "") || Self.phrases.contains(where: words.contains) else { return nil }
        let names = (facts.parameter.map { [$0] } ?? Self.names(in: words)).filter {
            Self.options[$0] != nil && Self.value($0, in: body) != nil
        }
        guard let name = names.first else { return nil }
        let isValues = facts.code == "unsupported_value" || words.contains("unsupported value")
        if isValues, Self.bounds.contains(name) { return nil }
        self.names = names.count > 1 ? names : Self.names(refusedWith: name, words)
    }

    /// Takes them out of a request, or gives them their other names, and says so.
    fileprivate func mend(_ request: inout EncodedRequest) {
        guard case .object(var body) = request.body else { return }
        for name in names where Self.value(name, in: request.body) != nil {
            var reason = "the service does not take it; it was dropped and the request sent again"
            if let other = Self.otherNames[name], let value = body[name], body[other] == nil {
                reason = "the service wants it as \(other); the request was sent again"
                body[other] = value
            }
            Self.remove(name, from: &body)
            request.warnings.append(RequestWarning(option: Self.options[name] ?? name, reason: reason))
        }
        request.body = .object(body)
    }

    /// A model that refuses to be steered in one way because it reasons refuses the others, too; a service that is
    /// older than one of the members that came together is older than the other.
    private static func names(refusedWith name: String, _ words: String) -> [String] {
        if words.contains("with this model"), sampling.contains(name) { return sampling }
        return words.contains("unrecognized request argument") && newer.contains(name) ? newer : [name]
    }

    /// All parameters that a list of faults is about, or the first that a message names as such.
    private static func names(in words: String) -> [String] {
        let faults = options.keys.filter { words.contains("body.\($0): extra ") }
        if !faults.isEmpty { return faults.sorted() }
        // Behind the last word, too, stands a space.
        let words = words + " "
        let places = options.keys.compactMap { name in
            let forms = [
                "'\(name)'", "`\(name)`", "\"\(name)\"", "supplied: \(name) ", "supplied: \(name),", "body.\(name):",
            ]
            return forms.compactMap { words.firstRange(of: $0)?.lowerBound }.min().map { (place: $0, name: name) }
        }
        return places.min { $0.place < $1.place }.map { [$0.name] } ?? []
    }

    private static func value(_ name: String, in body: JSONValue) -> JSONValue? {
        name.split(separator: ".").reduce(Optional(body)) { $0?[String($1)] }
    }

    private static func remove(_ name: String, from body: inout JSONObject) {
        let steps = name.split(separator: ".").map(String.init)
        guard steps.count == 2 else { return body[name] = nil }
        guard var inner = body[steps[0]]?.object else { return }
        inner[steps[1]] = nil
        body[steps[0]] = inner.isEmpty ? nil : .object(inner)
    }
}

extension RefusedParameters {
    private static let codes = ["unsupported_parameter", "unsupported_value", "unknown_parameter"]
    private static let phrases = [
        "unsupported parameter", "unsupported value", "unknown parameter", "unrecognized request argument",
        "is unsupported", "is not supported", "extra inputs are not permitted", "extra fields not permitted",
    ]
    private static let sampling = [
        "temperature", "top_p", "frequency_penalty", "presence_penalty", "logprobs", "top_logprobs", "logit_bias",
    ]
    /// What came to Chat Completions in September 2024.
    private static let newer = ["max_completion_tokens", "stream_options"]
    /// What bounds an answer's length or price, so that it can be left out only where it is no parameter at all.
    private static let bounds = ["max_tokens", "max_completion_tokens", "service_tier"]
    private static let otherNames = [
        "max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens",
    ]

    /// What can be left out, and how callers know it; not `store`, without which services keep answers.
    private static let options = [
        "max_tokens": "maximumTokens", "max_completion_tokens": "maximumTokens", "temperature": "temperature",
        "top_p": "topP", "top_k": "topK", "frequency_penalty": "frequencyPenalty",
        "presence_penalty": "presencePenalty", "logprobs": "logprobs", "top_logprobs": "top_logprobs",
        "logit_bias": "logit_bias", "stop": "stop", "seed": "seed", "random_seed": "seed",
        "reasoning_effort": "reasoning", "reasoning": "reasoning", "reasoning.effort": "reasoning",
        "reasoning.summary": "reasoningSummary", "verbosity": "verbosity", "text.verbosity": "verbosity",
        "parallel_tool_calls": "allowsParallelToolCalls", "stream_options": "stream_options", "metadata": "metadata",
        "include": "include", "service_tier": "serviceTier", "prompt_cache_key": "promptCacheKey",
        "prompt_cache_retention": "promptCacheRetention", "safety_identifier": "safetyIdentifier",
    ]
}

extension EncodedRequest {
    /// The request without what was refused; `nil` where that is nothing.
    func without(_ refused: RefusedParameters?) -> EncodedRequest? {
        guard let refused else { return nil }
        var request = self
        refused.mend(&request)
        return request
    }
}
