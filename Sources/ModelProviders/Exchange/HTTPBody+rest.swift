import HTTPTransport
import Synchronization

extension HTTPBody.AsyncIterator {
    /// Reads on to the end of a body of which nothing more is wanted, for so long at most.
    ///
    /// A connection can be used again only where its body has been read to the end. That mostly is there already, or
    /// comes within moments; a server that holds it back must not hold the answer back with it.
    func readRest(within limit: Duration, by clock: some Clock<Duration>) async {
        let end = BodyEnd()
        await withTaskGroup { group in
            group.addTask {
                var body = self
                while (try? await body.next()) != nil {}
                end.isReached.store(true, ordering: .releasing)
            }
            // A timer costs more than all the rest here, and is seldom needed.
            await Task.yield()
            guard !end.isReached.load(ordering: .acquiring) else { return }
            group.addTask { try? await clock.sleep(until: clock.now.advanced(by: limit), tolerance: nil) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// Whether a body has been read to its end.
private final class BodyEnd: Sendable {
    let isReached = Atomic(false)
}
