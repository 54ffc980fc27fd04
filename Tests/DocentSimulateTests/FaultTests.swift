import Testing

@testable import docent_simulate

struct FaultTests {
    @Test(arguments: [
        ("429", Fault.status(429, .plain)), ("429;2", .status(429, .retryAfter("2"))),
        ("429;0.5", .status(429, .retryAfter("0.5"))), ("503;1500ms", .status(503, .retryAfterMilliseconds(1500))),
        ("429;quota", .status(429, .quota)), ("400;context", .status(400, .contextLength)),
        ("reset", .reset(after: 2)), ("reset;0", .reset(after: 0)), ("silence;0.25", .silence(.milliseconds(250))),
        ("drip;3", .drip(.milliseconds(3))), ("html;503", .html(503)), ("content-type", .contentType("text/plain")),
        ("content-type;text/html; charset=utf-8", .contentType("text/html; charset=utf-8")),
        ("stream-error;4", .streamError(after: 4)),
    ])
    func `reads a kind and its parameter`(text: String, fault: Fault) {
        #expect(Fault(text) == fault)
    }

    @Test(arguments: ["", ";", "nothing", "200", "999", "429;soon", "reset;x", "reset;-1", "drip;1e9"])
    func `knows no other kinds`(text: String) {
        #expect(Fault(text) == nil)
    }

    @Test func `reads every kind that is documented`() {
        for kind in Fault.kinds + Fault.statuses.map(String.init) { #expect(Fault(kind) != nil, "\(kind)") }
    }
}

struct FaultPlanTests {
    private static func plan(seed: Int, _ rates: String...) throws -> FaultPlan {
        FaultPlan(seed: seed, rates: try rates.map(Options.rate))
    }

    @Test func `is the function that is documented`() {
        #expect(Digest.hexadecimal("") == "f52a15e9a9b5e89b")
        #expect(Digest.hexadecimal("7/fault/12") == "c598e88bd4830275")
    }

    @Test func `fails the share of requests that it should`() throws {
        let plan = try Self.plan(seed: 7, "429;1=0.1", "reset=0.05")

        let names = (1...20_000).compactMap { plan.fault(forKey: String($0))?.name }

        #expect(1850...2150 ~= names.count { $0 == "429;1" })
        #expect(900...1100 ~= names.count { $0 == "reset" })
    }

    @Test func `decides each request alike at each run, and otherwise with another seed`() throws {
        let faults = try [1, 1, 2].map { seed in
            let plan = try Self.plan(seed: seed, "500=0.5")
            return (1...64).map { plan.fault(forKey: String($0)) != nil }
        }

        #expect(faults[0] == faults[1])
        #expect(faults[0] != faults[2])
    }

    @Test func `spreads latencies through the median and the 95th percentile`() {
        let plan = FaultPlan(seed: 3, medianLatency: .milliseconds(100), latency95: .milliseconds(400))

        let latencies = (1...10_000).map { plan.latency(forKey: String($0)) }.sorted()

        #expect(Duration.milliseconds(95)...Duration.milliseconds(105) ~= latencies[5000])
        #expect(Duration.milliseconds(370)...Duration.milliseconds(430) ~= latencies[9500])
    }

    @Test func `takes the median alone without a percentile`() {
        #expect(FaultPlan(medianLatency: .milliseconds(30)).latency(forKey: "1") == .milliseconds(30))
    }
}

struct OutgoingTests {
    private static let frames = Frames(
        events: ["aa", "bb", "cc", "dd"].map { Array($0.utf8) },
        error: Array("!".utf8),
        unknown: Array("?\n".utf8)
    )

    private static func text(_ fault: Fault?) -> String {
        Outgoing(frames, pause: .zero, fault: fault).steps.map { step in
            switch step {
            case .send(let bytes): String(decoding: bytes, as: UTF8.self)
            case .wait: "~"
            case .reset: "<reset>"
            case .close: "<close>"
            }
        }.joined()
    }

    @Test(
        arguments: [
            (nil, "aabbccdd"), (Fault.reset(after: 1), "aa<reset>"), (.reset(after: 9), "aabbcc<reset>"),
            (.close(after: 2), "aabb<close>"), (.cut(after: 2), "aabb"), (.stall(after: 1), "aa~"),
            (.truncated, "aabbc"), (.streamError(after: 2), "aabb!"), (.duplicate(0), "aaaabbccdd"),
            (.duplicate(9), "aabbccdddd"), (.reorder(1), "aaccbbdd"), (.reorder(9), "aabbddcc"), (.empty, ""),
            (.noise, ": keep-alive\r\n\r\naa?\r\nbbccdd"), (.drip(.zero), "a~a~b~b~c~c~d~d~"),
        ] as [(Fault?, String)]
    )
    func `changes a stream by its fault`(fault: Fault?, text: String) {
        #expect(Self.text(fault) == text)
    }

    @Test func `pauses between events`() {
        let outgoing = Outgoing(Self.frames, pause: .milliseconds(5), fault: nil)

        #expect(outgoing.steps.count { $0 == .wait(.milliseconds(5)) } == 3)
        #expect(outgoing.length == 8)
    }

    @Test func `tells the length of an answer that it will not finish`() {
        let outgoing = Outgoing(whole: [1, 2, 3, 4], errorBody: [], fault: .reset(after: 0))

        #expect(outgoing.length == 4)
        #expect(outgoing.steps == [.send([1, 2]), .reset, .send([3, 4])])
        #expect(outgoing.whole == nil)
    }

    @Test func `answers with a page of HTML`() {
        let outgoing = Outgoing(whole: [1], errorBody: [], fault: .html(503))

        #expect(outgoing.status == 503)
        #expect(outgoing.contentType.hasPrefix("text/html"))
    }
}

struct DueQueueTests {
    @Test func `gives connections in the order in which they are due`() {
        var queue = DueQueue()
        for due in [5, 3, 9, 1, 7, 3, 8] { queue.insert(UInt(due), due: due) }

        #expect(queue.first == 1)
        #expect(queue.take(until: 5) == [1, 3, 3, 5])
        #expect(queue.take(until: .max) == [7, 8, 9])
        #expect(queue.first == nil)
    }
}
