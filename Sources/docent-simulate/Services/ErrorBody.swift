import LanguageModels

/// An error as each service words it.
struct ErrorBody {
    var service: Service
    var status: Int
    var message: String
    var parameter: String?
    var code: String?
    var detail = StatusDetail.plain

    /// An error that was asked for.
    init(_ service: Service, status: Int, detail: StatusDetail) {
        self.service = service
        self.status = status
        self.detail = detail
        message = Self.message(service, status, detail)
        code = Self.code(status, detail)
    }

    /// What is wrong with a request.
    init(_ service: Service, _ complaint: Complaint) {
        self.service = service
        status = complaint.status
        message = complaint.message
        parameter = complaint.parameter
        code = complaint.code
    }

    /// The body.
    func json(id: String) -> JSONValue {
        switch service {
        case .openAI:
            return [
                "error": [
                    "message": .string(message), "type": .string(openAIType), "param": .text(parameter),
                    "code": .text(code),
                ]
            ]
        case .azure: return ["error": .object(azureError)]
        case .anthropic:
            var error = JSONObject([
                (key: "type", value: .string(anthropicType)), (key: "message", value: .string(message)),
            ])
            if status == 429, detail == .quota { error["details"] = ["error_code": "enforced_spend_limit_reached"] }
            return ["type": "error", "error": .object(error), "request_id": .string("req_" + id)]
        case .gemini:
            return ["error": .object(geminiError)]
        case .cohere:
            let body: JSONValue = ["id": .string(id), "message": .string(message)]
            guard detail == .contextLength, case .object(var object) = body else { return body }
            object["error_type"] = "TOO_MANY_TOKENS"
            return .object(object)
        }
    }

    private var openAIType: String {
        switch (status, detail) {
        case (429, .quota): "insufficient_quota"
        case (429, _): "requests"
        case (503, _): "service_unavailable_error"
        case (500..., _): "server_error"
        default: "invalid_request_error"
        }
    }

    private var anthropicType: String {
        let types = [
            401: "authentication_error", 402: "billing_error", 403: "permission_error", 404: "not_found_error",
            409: "conflict_error", 413: "request_too_large", 429: "rate_limit_error", 504: "timeout_error",
            529: "overloaded_error", 503: "overloaded_error",
        ]
        return types[status] ?? (status < 500 ? "invalid_request_error" : "api_error")
    }

    private var azureError: JSONObject {
        var error = JSONObject([(key: "code", value: .string(azureCode)), (key: "message", value: .string(message))])
        if let parameter { error["param"] = .string(parameter) }
        guard detail == .contentFilter else { return error }
        error["param"] = "prompt"
        error["status"] = 400
        error["innererror"] = [
            "code": "ResponsibleAIPolicyViolation",
            "content_filter_result": ["violence": ["filtered": true, "severity": "high"]],
        ]
        return error
    }

    private var azureCode: String {
        switch (status, detail) {
        case (_, .contentFilter): "content_filter"
        case (404, _): code == "404" ? "404" : "DeploymentNotFound"
        case (401, _), (429, _): String(status)
        default: code ?? String(status)
        }
    }

    private var geminiError: JSONObject {
        var error = JSONObject([
            (key: "code", value: .integer(status)), (key: "message", value: .string(message)),
            (key: "status", value: .string(geminiStatus)),
        ])
        var details: [JSONValue] = []
        if code == "API_KEY_INVALID" {
            details.append([
                "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            ])
        }
        if status == 429 {
            let period = detail == .quota ? "PerDay" : "PerMinute"
            let quota = "GenerateRequests\(period)PerProjectPerModel-FreeTier"
            details.append([
                "@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [["quotaId": .string(quota)]],
            ])
        }
        if let delay = geminiDelay {
            details.append(["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": .string(delay)])
        }
        if !details.isEmpty { error["details"] = .array(details) }
        return error
    }

    /// The hint when to try again, which this service gives in the body.
    private var geminiDelay: String? {
        switch detail {
        case .retryAfter(let text): Double(text) == nil ? nil : text + "s"
        case .retryAfterMilliseconds(let number): "\(Double(number) / 1000)s"
        default: nil
        }
    }

    private var geminiStatus: String {
        let names = [
            400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
            409: "ABORTED", 429: "RESOURCE_EXHAUSTED", 499: "CANCELLED", 500: "INTERNAL", 503: "UNAVAILABLE",
            504: "DEADLINE_EXCEEDED",
        ]
        return names[status] ?? (status < 500 ? "INVALID_ARGUMENT" : "UNKNOWN")
    }

    private static func code(_ status: Int, _ detail: StatusDetail) -> String? {
        switch (status, detail) {
        case (_, .contextLength): "context_length_exceeded"
        case (_, .contentFilter): "content_policy_violation"
        case (_, .quota): "insufficient_quota"
        case (401, _): "invalid_api_key"
        case (404, _): "model_not_found"
        case (429, _): "rate_limit_exceeded"
        case (503, _): "server_is_overloaded"
        default: nil
        }
    }

    private static func message(_ service: Service, _ status: Int, _ detail: StatusDetail) -> String {
        switch (detail, service) {
        case (.contextLength, .anthropic): "prompt is too long: 250001 tokens > 200000 maximum"
        case (.contextLength, .gemini):
            "The input token count (1250074) exceeds the maximum number of tokens allowed (1048576)."
        case (.contextLength, .cohere):
            "too many tokens: total number of tokens in the prompt cannot exceed 256000 - received 300000."
        case (.contextLength, _):
            "This model's maximum context length is 128000 tokens. However, your messages resulted in 250001 tokens. "
                + "Please reduce the length of the messages."
        case (.contentFilter, .azure):
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."
        case (.contentFilter, _): "Your request was rejected as a result of our safety system."
        case (.quota, .anthropic) where status == 429: "You have reached your specified API usage limits."
        case (.quota, .anthropic): "Your credit balance is too low to access the Anthropic API."
        case (.quota, .cohere):
            "You are using a Trial key, which is limited to 1000 API calls / month. Please upgrade your API key."
        case (.quota, _): "You exceeded your current quota, please check your plan and billing details."
        default: plainMessages[status] ?? "Simulated status \(status)."
        }
    }

    private static let plainMessages = [
        400: "Simulated bad request.", 401: "Incorrect API key provided.", 402: "Payment is required.",
        403: "You are not allowed to use this model.", 404: "The model does not exist or you do not have access to it.",
        405: "Method not allowed.", 408: "Request timed out.", 409: "The request conflicts with another one.",
        413: "Request exceeds the maximum size.", 422: "The request could not be processed.",
        429: "Rate limit reached. Please slow down.", 498: "Invalid token in the request.",
        499: "The request was cancelled.", 500: "The server had an error while processing your request.",
        502: "Bad gateway.", 503: "The engine is currently overloaded, please try again later.",
        504: "The request took too long.", 529: "Overloaded",
    ]
}

extension StatusDetail {
    /// The headers that tell when to try again.
    var headers: [(name: String, value: String)] {
        switch self {
        case .retryAfter(let text): [("retry-after", text)]
        case .retryAfterMilliseconds(let number): [("retry-after-ms", String(number))]
        default: []
        }
    }
}
