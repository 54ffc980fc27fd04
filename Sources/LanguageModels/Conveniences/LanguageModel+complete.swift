extension LanguageModel {
    /// Asks a question and gives the text of the answer.
    ///
    ///     let haiku = try await model.complete("A haiku about tides", system: "You are a poet")
    ///
    /// - Throws: ``ModelError``, of kind `refused`, `contentFiltered` or `undecodableAnswer` where there is no text; or
    ///   `CancellationError`.
    public func complete(
        _ prompt: String,
        system: String? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> String {
        var request = ModelRequest(prompt, system: system)
        request.options = options
        return try await complete(request)
    }

    /// Sends a request and gives the text of the answer.
    ///
    /// - Throws: As ``complete(_:system:options:)``.
    public func complete(_ request: ModelRequest) async throws -> String {
        let response = try await respond(to: request)
        guard response.text.isEmpty else { return response.text }
        throw response.missing("text", identity: identity)
    }

    /// Asks a question and gives the answer in pieces; ``ModelStream/text`` has the text alone.
    public func stream(
        _ prompt: String,
        system: String? = nil,
        options: RequestOptions = RequestOptions()
    ) -> ModelStream {
        var request = ModelRequest(prompt, system: system)
        request.options = options
        return stream(request)
    }
}

extension ModelResponse {
    /// Why an answer does not have what its caller needs; the answer stands in ``ModelError/partialResponse``.
    func missing(_ wanted: String, reason: String? = nil, identity: ModelIdentity) -> ModelError {
        var error = ModelError(absence, words(for: wanted, reason: reason), identity: identity)
        error.requestID = requestID
        error.limits = limits
        error.attempts = attempts
        error.partialResponse = self
        if error.kind == .undecodableAnswer { error.answerText = text.beginning(ofBytes: 4096) }
        return error
    }

    private var absence: ModelError.Kind {
        if refusal != nil || finishReason == .refusal { return .refused }
        return finishReason == .contentFilter ? .contentFiltered : .undecodableAnswer
    }

    private func words(for wanted: String, reason: String?) -> String {
        if absence == .refused { return refusal ?? "" }
        if absence == .contentFiltered { return rawFinishReason ?? "" }
        switch finishReason {
        case .length: return "it was cut off at the most tokens that were allowed; allow more"
        case .contextWindow: return "it was cut off where the model's context window is full; shorten the prompt"
        default: return reason ?? "there is no \(wanted) in it; the model stopped with \(finishReason.rawValue)"
        }
    }
}

extension String {
    /// As many whole characters as fit into so many bytes.
    func beginning(ofBytes count: Int) -> String {
        guard utf8.count > count else { return self }
        var end = utf8.index(startIndex, offsetBy: count)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
