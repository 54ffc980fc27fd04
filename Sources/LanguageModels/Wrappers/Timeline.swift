/// A clock as the wrappers use it: time since they were made, and waiting.
struct Timeline: Sendable {
    /// The time since the line began.
    let now: @Sendable () -> Duration
    /// Waits; throws `CancellationError` as soon as the task is cancelled.
    let sleep: @Sendable (Duration) async throws -> Void

    /// A line that begins now.
    init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        now = { origin.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }
}

/// Runs an operation for at most so long, and cancels it then; `nil` where time ran out first.
///
/// An operation that ends with a value while it is being cancelled keeps its value, so nothing it acquired is lost.
///
/// - Throws: What the operation throws; `CancellationError` where the caller was cancelled.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration?,
    on time: Timeline,
    _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    guard let limit else { return try await operation() }
    guard limit > .zero else { return nil }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { .some(try await operation()) }
        group.addTask {
            try? await time.sleep(limit)
            return nil
        }
        let first = try await group.next()
        group.cancelAll()
        if let first, let value = first { return value }
        do {
            return try await group.next() ?? nil
        } catch {
            try Task.checkCancellation()
            return nil
        }
    }
}
