#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Works on many items at once and hands the results over in the items' order.
enum OrderedWork {
    /// Runs at most `jobs` at once, and never far ahead of the slowest; ends early when cancelled or told to.
    ///
    /// - Parameters:
    ///   - items: What to work on.
    ///   - jobs: How many at once.
    ///   - work: Called for each item, on any thread.
    ///   - receive: Called for each result, in order, one at a time; returns whether to go on.
    static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item],
        jobs: Int,
        work: @escaping @Sendable (Item) -> Value,
        receive: (Value) -> Bool
    ) async {
        await withTaskGroup(of: (index: Int, value: Value).self) { group in
            var waiting: [Int: Value] = [:]
            var started = 0
            var running = 0
            var next = 0
            while next < items.count, !Task.isCancelled {
                while running < jobs, started < min(items.count, next + 8 * jobs) {
                    let (index, item) = (started, items[started])
                    group.addTask { (index, work(item)) }
                    started += 1
                    running += 1
                }
                guard let done = await group.next() else { break }
                running -= 1
                waiting[done.index] = done.value
                while let value = waiting.removeValue(forKey: next) {
                    next += 1
                    if !receive(value) { return group.cancelAll() }
                }
            }
        }
    }
}

/// The machine's processors.
enum Processors {
    /// How many this process may use.
    static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
