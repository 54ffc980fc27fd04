import Synchronization
import TestSupport

/// Lets other tasks run until something is so; `false` where it does not come about.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<2_000_000 {
        if condition() { return true }
        await Task.yield()
    }
    return condition()
}

/// A value that tasks share.
final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    var current: Value { value.withLock { $0 } }

    @discardableResult
    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result { value.withLock { change(&$0) } }
}

/// A door that stays shut until it is opened, for those who wait at it; cancellation lets them out.
final class Gate: Sendable {
    private let clock = ManualClock()

    var waiting: Int { clock.sleepers }

    func open() { clock.advance(by: .seconds(1)) }

    func pass() async throws { try await clock.sleep(until: .init(offset: .seconds(1)), tolerance: nil) }
}
