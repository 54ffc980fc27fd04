import Glibc
import Synchronization

/// Keeps the threads of transfers out of libcurl while the process ends.
///
/// `exit` has OpenSSL free what all connections share, while other threads still run: a thread that encrypts at that
/// moment crashes a program that was about to end well.
enum ProcessEnd {
    private static let isNear = Atomic(false)
    private static let busyThreads = Atomic(0)

    /// Has `exit` wait for the threads; to be called once libcurl is ready, since what is registered last runs first.
    static func watch() {
        atexit { ProcessEnd.stopThreads() }
    }

    /// Begins a stretch of work with libcurl; once the process ends, the calling thread waits here for good.
    static func beginWork() {
        busyThreads.add(1, ordering: .sequentiallyConsistent)
        guard isNear.load(ordering: .sequentiallyConsistent) else { return }
        endWork()
        while true { pause() }
    }

    /// Ends a stretch of work.
    static func endWork() {
        busyThreads.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Waits until no thread works any more, at most a second.
    private static func stopThreads() {
        isNear.store(true, ordering: .sequentiallyConsistent)
        for _ in 0..<1000 where busyThreads.load(ordering: .sequentiallyConsistent) > 0 { usleep(1000) }
    }
}
