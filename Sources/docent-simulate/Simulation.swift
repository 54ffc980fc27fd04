import LanguageModels
import Synchronization

/// The simulated services without their network: what is sent in answer to a request.
///
/// It knows neither sockets nor threads nor the client's side of any format.
final class Simulation: Sendable {
    /// What a run is started with.
    struct Settings: Sendable {
        var rules = Rules.standard
        var script = Script()
        var plan = FaultPlan()
        /// The only key that is accepted; `nil` where none is looked at.
        var key: String?
        /// The pause between two events of a stream.
        var pause = Duration.zero
    }

    /// What is counted.
    struct Ledger: Sendable {
        /// The requests for answers.
        var answers = 0
        /// All requests.
        var requests = 0
        /// The faults by the name under which they were asked for.
        var faults: [String: Int] = [:]
        /// How often each key of the fault plan has come.
        var attempts: [String: Int] = [:]
        /// How often each reply of the script was given.
        var uses: [Int]
    }

    let settings: Settings
    private let lists: ModelLists
    private let ledger: Mutex<Ledger>

    init(_ settings: Settings) {
        self.settings = settings
        lists = ModelLists(scripted: settings.script.models)
        ledger = Mutex(Ledger(uses: settings.script.replies.map { _ in 0 }))
    }

    /// What is sent in answer to a request.
    func outgoing(for call: HTTPCall) -> Outgoing {
        let route = Route(call)
        let number = ledger.withLock { ledger in
            ledger.requests += 1
            return ledger.requests
        }
        let serial = Serial(number: number, service: route.service)
        var outgoing = refused(call, route, serial) ?? answered(call, route, serial)
        outgoing.headers += route.service.headers(id: serial.id(""))
        if let fault = outgoing.fault {
            outgoing.headers.append(("x-simulate-fault", fault))
            ledger.withLock { $0.faults[fault, default: 0] += 1 }
        }
        return outgoing
    }

    /// The refusal of a request that is wrong before its body is read.
    private func refused(_ call: HTTPCall, _ route: Route, _ serial: Serial) -> Outgoing? {
        if route.operation == .unknown {
            var error = ErrorBody(route.service, Complaint(status: 404, message: "Resource not found: \(call.path)"))
            error.code = "404"
            return failed(error, serial)
        }
        guard call.method == route.method || (call.method == "HEAD" && route.method == "GET") else {
            return failed(ErrorBody(route.service, status: 405, detail: .plain), serial)
        }
        let isOpen = [.home, .statistics, .refuse].contains(route.operation)
        guard let key = settings.key, call.key != key, !isOpen else { return nil }
        guard route.service == .gemini else {
            return failed(ErrorBody(route.service, status: 401, detail: .plain), serial)
        }
        let message = "API key not valid. Please pass a valid API key."
        return failed(ErrorBody(.gemini, Complaint(message: message, code: "API_KEY_INVALID")), serial)
    }

    private func answered(_ call: HTTPCall, _ route: Route, _ serial: Serial) -> Outgoing {
        switch route.operation {
        case .answer(let format): return answer(call, route, format, serial)
        case .count(let format): return count(call, route, format, serial)
        case .models: return plain(lists.page(route.service, query: call.query), call, serial)
        case .model(let name):
            guard let model = lists.entry(name, route.service) else {
                return failed(ErrorBody(route.service, status: 404, detail: .plain), serial)
            }
            return plain(model, call, serial)
        case .checkKey: return plain(["valid": true, "organization_id": "simulated"], call, serial)
        case .home: return plain(["name": "docent-simulate", "status": "ok"], call, serial)
        case .statistics: return plain(statistics(), call, serial)
        case .refuse:
            var outgoing = plain(["refusing": true], call, serial)
            // Longer than a day is no rehearsal.
            let wanted = call.query["ms"].flatMap(Double.init) ?? 1000
            outgoing.refusal = .milliseconds(0...86_400_000 ~= wanted ? wanted : 1000)
            return outgoing
        case .unknown: return failed(ErrorBody(route.service, status: 404, detail: .plain), serial)
        }
    }

    private func statistics() -> JSONValue {
        let ledger = ledger.withLock { $0 }
        let faults = ledger.faults.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue.integer($0.value)) }
        return [
            "requests": .integer(ledger.requests), "answers": .integer(ledger.answers),
            "faults": .object(JSONObject(faults)),
        ]
    }

    /// An answer that is neither counted nor scripted, but fails where its header asks for it.
    private func plain(_ body: JSONValue, _ call: HTTPCall, _ serial: Serial) -> Outgoing {
        let name = call.headers["x-simulate-fault"]
        return finished(Chosen(fault: name.flatMap(Fault.init), name: name), serial) { fault, error in
            Outgoing(whole: body.bytes, errorBody: error, fault: fault)
        }
    }

    private func failed(_ error: ErrorBody, _ serial: Serial) -> Outgoing {
        var outgoing = Outgoing(status: error.status, headers: error.detail.headers)
        outgoing.steps = [.send(error.json(id: serial.id("")).bytes)]
        return outgoing
    }

    private func count(_ call: HTTPCall, _ route: Route, _ format: WireFormat, _ serial: Serial) -> Outgoing {
        do throws(Complaint) {
            let body = try Self.json(call.body)
            if format == .cohere { return plain(Self.tokens(of: body["text"]?.string ?? ""), call, serial) }
            let tokens = JSONValue.integer(try format.dialect.question(in: body, route).inputTokens)
            switch format {
            case .responses:
                return plain(["object": "response.input_tokens", "input_tokens": tokens], call, serial)
            case .gemini: return plain(["totalTokens": tokens], call, serial)
            default: return plain(["input_tokens": tokens], call, serial)
            }
        } catch {
            return failed(ErrorBody(route.service, error), serial)
        }
    }

    private static func tokens(of text: String) -> JSONValue {
        let pieces = Answer.pieces(of: text)
        return [
            "tokens": .list(pieces.indices.map(JSONValue.integer)),
            "token_strings": .list(pieces.map(JSONValue.string)),
        ]
    }

    private static func json(_ bytes: [UInt8]) throws(Complaint) -> JSONValue {
        do throws(JSONSyntaxError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw Complaint(message: "We could not parse the JSON body of your request: \(error)")
        }
    }
}

extension Simulation {
    /// The fault of one request, with the name under which it was asked for.
    private struct Chosen {
        var fault: Fault?
        var name: String?
        var reply: ScriptedReply?
        var latency = Duration.zero
    }

    private func answer(_ call: HTTPCall, _ route: Route, _ format: WireFormat, _ serial: Serial) -> Outgoing {
        do throws(Complaint) {
            let dialect = format.dialect
            var question = try dialect.question(in: try Self.json(call.body), route)
            if route.pathStreams { question.isServerSentEvents = call.query["alt"] == "sse" }
            if let maximum = question.maximumTokens, maximum < 0 {
                throw Complaint(message: "the maximum number of tokens must not be negative, but is \(maximum)")
            }
            let asked = [call.headers["x-simulate-fault"], Self.faultName(model: question.model)]
            if let name = asked.lazy.compactMap(\.self).first(where: { Fault($0) == nil }) {
                throw Complaint(message: "there is no fault '\(name)'; docent-simulate --help names all")
            }
            let chosen = choose(call, question, format)
            return finished(chosen, serial) { fault, error in
                var answer = chosen.reply?.answer ?? settings.rules.answer(to: question)
                answer.isPromptBlocked = fault.map(Self.blocksPrompt) ?? false
                if chosen.reply?.answer == nil { answer.keepLimits(of: question) }
                if chosen.reply?.tellsUsage != true { answer.countUsage(of: question) }
                for index in answer.calls.indices where answer.calls[index].id.isEmpty {
                    answer.calls[index].id = serial.id("call_") + "_\(index)"
                }
                guard question.isStream else {
                    return Outgoing(
                        whole: dialect.body(answer, to: question, serial).bytes,
                        errorBody: error,
                        fault: fault
                    )
                }
                let events = dialect.events(answer, to: question, serial)
                return Outgoing(frames(events, question, dialect, error), pause: settings.pause, fault: fault)
            }
        } catch {
            return failed(ErrorBody(route.service, error), serial)
        }
    }

    private func frames(
        _ events: [[UInt8]],
        _ question: Question,
        _ dialect: any Dialect,
        _ error: [UInt8]
    ) -> Frames {
        let unknown = typedEvent("simulated.unknown", [:])
        guard question.isServerSentEvents else {
            let error = Array("\n,\r\n".utf8) + error + Array("\n]\n".utf8)
            return Frames(contentType: "application/json", events: events, error: error, unknown: [])
        }
        return Frames(events: events, error: dialect.errorEvent(), unknown: unknown)
    }

    /// Picks the scripted reply and the fault: the header's, the model name's, the script's, the plan's.
    private func choose(_ call: HTTPCall, _ question: Question, _ format: WireFormat) -> Chosen {
        let id = call.headers["x-simulate-id"] ?? (settings.plan.key == .text ? question.lastUserText : nil)
        let (key, reply) = ledger.withLock { ledger in
            ledger.answers += 1
            var key = String(ledger.answers)
            if let id {
                let attempt = ledger.attempts[id, default: 0] + 1
                ledger.attempts[id] = attempt
                key = "\(id)/\(attempt)"
            }
            return (key, scripted(question, format, &ledger))
        }
        var chosen = Chosen(reply: reply, latency: settings.plan.latency(forKey: key) + (reply?.delay ?? .zero))
        let asked = [call.headers["x-simulate-fault"], Self.faultName(model: question.model), reply?.faultName]
        if let name = asked.lazy.compactMap(\.self).first(where: { Fault($0) != nil }) {
            chosen.name = name
            chosen.fault = Fault(name)
        } else if let rate = settings.plan.fault(forKey: key), rate.fault != .refuse {
            chosen.name = rate.name
            chosen.fault = rate.fault
        }
        return chosen
    }

    private static func faultName(model: String) -> String? {
        model.hasPrefix("fault-") ? String(model.dropFirst(6)) : nil
    }

    private func scripted(_ question: Question, _ format: WireFormat, _ ledger: inout Ledger) -> ScriptedReply? {
        let replies = settings.script.replies
        func isFree(_ index: Int) -> Bool { ledger.uses[index] < replies[index].times }
        let fitting = replies.indices.first { index in
            isFree(index) && replies[index].condition?.holds(question, format, number: ledger.answers) == true
        }
        guard let index = fitting ?? replies.indices.first(where: { isFree($0) && replies[$0].condition == nil })
        else { return nil }
        ledger.uses[index] += 1
        return replies[index]
    }

    private static func isAnswered(_ detail: StatusDetail, _ service: Service) -> Bool {
        detail == .contentFilter && service == .gemini
    }

    private static func blocksPrompt(_ fault: Fault) -> Bool {
        if case .status(_, .contentFilter) = fault { true } else { false }
    }

    /// The answer, made with its fault, after the time it takes.
    private func finished(
        _ chosen: Chosen,
        _ serial: Serial,
        _ make: (_ fault: Fault?, _ error: [UInt8]) -> Outgoing
    ) -> Outgoing {
        var outgoing: Outgoing
        if case .status(let status, let detail) = chosen.fault, !Self.isAnswered(detail, serial.service) {
            outgoing = failed(ErrorBody(serial.service, status: status, detail: detail), serial)
        } else {
            let error = chosen.fault.map { _ in
                ErrorBody(serial.service, status: 503, detail: .plain).json(id: serial.id("")).bytes
            }
            outgoing = make(chosen.fault, error ?? [])
        }
        outgoing.delay += chosen.latency
        if chosen.fault != nil { outgoing.fault = chosen.name }
        return outgoing
    }
}
