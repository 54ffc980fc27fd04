import Testing

@testable import LanguageModels

/// What an allowance believes when a service reports its limits, whatever it reports and however often.
struct AllowanceBucketTests {
    /// Numbers that look random and are the same each time (SplitMix64).
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// A bucket, and the requests that took from it and are under way.
    private struct Play {
        var chance: Chance
        var now = 0.0
        var bucket: AllowanceBucket
        var underWay: [Double] = []

        init(seed: UInt64) {
            chance = Chance(state: seed)
            bucket = AllowanceBucket(perMinute: .random(in: 1...1000, using: &chance), now: 0)
        }

        var inFlight: Double { underWay.reduce(0, +) }

        /// A report of small limits, often below what is believed; something is missing in many.
        mutating func report() -> ServiceLimits.Allowance {
            let limit = [nil, 1, 2, 10, 100, 1000].randomElement(using: &chance) ?? nil
            let remaining = Bool.random(using: &chance) ? Int.random(in: 0...(limit ?? 1000), using: &chance) : nil
            let reset = [nil, Duration.zero, .seconds(3), .seconds(60), .seconds(86_400)].randomElement(using: &chance)
            return ServiceLimits.Allowance(limit: limit, remaining: remaining, timeUntilReset: reset ?? nil)
        }

        mutating func step() {
            now += [0, 0, 0.01, 1, 30, 100].randomElement(using: &chance) ?? 0
            bucket.refill(at: now)
            switch Int.random(in: 0..<3, using: &chance) {
            case 0:
                let cost = Double(Int.random(in: 0...2000, using: &chance))
                guard bucket.wait(for: cost) == 0 else { return }
                bucket.take(cost)
                underWay.append(cost)
            case 1:
                guard let cost = underWay.popLast() else { return }
                bucket.correct(cost, to: Double(Int.random(in: 0...2000, using: &chance)))
            default:
                bucket.learn(report(), inFlight: inFlight)
            }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `holds no more than fits and owes no more than that, whatever is said`(seed: UInt64) {
        var play = Play(seed: seed)

        for _ in 0..<300 {
            play.step()
            #expect(play.bucket.capacity >= 1)
            #expect(play.bucket.level <= play.bucket.capacity && play.bucket.level >= -play.bucket.capacity)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `lets in after the time it tells, and never tells of more than two days`(seed: UInt64) {
        var play = Play(seed: seed)

        for _ in 0..<300 {
            play.step()
            let cost = Double(Int.random(in: 0...2000, using: &play.chance))
            let wait = play.bucket.wait(for: cost)
            #expect(wait >= 0 && wait <= 2 * 86_400)
            var later = play.bucket
            later.refill(at: play.now + wait)
            #expect(later.wait(for: cost) < 1e-6)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `believes no more than the service, and a report that comes twice no less`(seed: UInt64) {
        var play = Play(seed: seed)

        for _ in 0..<300 {
            play.step()
            let report = play.report()
            play.bucket.learn(report, inFlight: play.inFlight)
            if let remaining = report.remaining { #expect(play.bucket.level <= Double(remaining)) }
            if let limit = report.limit { #expect(play.bucket.capacity == Double(limit)) }
            let once = play.bucket
            play.bucket.learn(report, inFlight: play.inFlight)
            #expect(play.bucket.level == once.level && play.bucket.capacity == once.capacity)
            #expect(play.bucket.wait(for: 50) == once.wait(for: 50))
        }
    }

    @Test(arguments: [(1000, 10, 0.0, 10.0), (1000, 10, 3, 7), (1000, 10, 400, -10), (10, 1000, 4, 996), (1, 2, 1, 1)])
    func `keeps what was used when the limit changes`(before: Int, after: Int, used: Double, level: Double) {
        var bucket = AllowanceBucket(perMinute: before, now: 0)
        bucket.take(used)

        bucket.learn(ServiceLimits.Allowance(limit: after), inFlight: 0)

        #expect(bucket.level == level)
    }

    @Test(arguments: [(0.0, 400.0), (24, 800), (36, 1000), (60, 1000)])
    func `keeps what was used while a lower limit is reported in between`(pause: Double, level: Double) {
        var bucket = AllowanceBucket(perMinute: 1000, now: 0)
        bucket.take(600)

        bucket.learn(ServiceLimits.Allowance(limit: 10), inFlight: 0)
        bucket.learn(ServiceLimits.Allowance(limit: 100), inFlight: 0)
        bucket.learn(ServiceLimits.Allowance(limit: 10), inFlight: 0)
        bucket.refill(at: pause)
        bucket.learn(ServiceLimits.Allowance(limit: 1000), inFlight: 0)

        // The level itself was between -10 and 10 meanwhile.
        #expect(abs(bucket.level - level) <= 20)
    }

    @Test func `keeps what a request takes that is larger than a limit reported in between`() {
        var bucket = AllowanceBucket(perMinute: 10, now: 0)
        bucket.take(500)

        bucket.learn(ServiceLimits.Allowance(limit: 1000), inFlight: 0)

        #expect(bucket.level == 500)
    }

    @Test func `forgets what a lower limit has hidden once the service says what is left`() {
        var bucket = AllowanceBucket(perMinute: 1000, now: 0)
        bucket.take(600)

        bucket.learn(ServiceLimits.Allowance(limit: 10), inFlight: 0)
        bucket.learn(ServiceLimits.Allowance(limit: 10, remaining: 10), inFlight: 0)
        bucket.learn(ServiceLimits.Allowance(limit: 1000), inFlight: 0)

        #expect(bucket.level >= 980)
    }

    @Test(arguments: [-1, -1_000_000, .min])
    func `takes less than nothing for nothing`(remaining: Int) {
        var bucket = AllowanceBucket(perMinute: 60, now: 0)

        bucket.learn(ServiceLimits.Allowance(limit: 60, remaining: remaining), inFlight: 0)

        #expect(bucket.wait(for: 60) == 60)
    }

    @Test func `gives back no more than was taken when the limit has risen meanwhile`() {
        var bucket = AllowanceBucket(perMinute: 10, now: 0)
        bucket.take(500)
        bucket.learn(ServiceLimits.Allowance(limit: 1000, remaining: 500, timeUntilReset: .seconds(30)), inFlight: 500)
        bucket.take(400)

        bucket.correct(500, to: 500)
        bucket.refill(at: 30)

        // The four hundred were taken after the service had counted.
        #expect(bucket.level <= 600)
    }
}
