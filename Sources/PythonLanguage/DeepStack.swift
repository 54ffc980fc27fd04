#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Work on a thread of its own, for code nested so deep that the stack of a concurrency worker might not hold it.
enum DeepStack {
    /// Several times what the deepest nesting needs in a build without optimisation; pages that are not touched cost nothing.
    private static let byteCount = 64 << 20

    /// Does the work and waits for it; false if there is no such thread to be had.
    static func run(_ work: @escaping () -> Void) -> Bool {
        let job = Unmanaged.passRetained(Job(work: work))
        if start(job.toOpaque()) { return true }
        job.release()
        return false
    }

    private final class Job {
        let work: () -> Void

        init(work: @escaping () -> Void) {
            self.work = work
        }
    }

    private static func start(_ job: UnsafeMutableRawPointer) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, byteCount) == 0 else { return false }
        #if canImport(Darwin)
        var thread: pthread_t?
        let status = pthread_create(&thread, &attributes, finish, job)
        guard status == 0, let thread else { return false }
        #else
        var thread = pthread_t()
        guard pthread_create(&thread, &attributes, finish, job) == 0 else { return false }
        #endif
        return pthread_join(thread, nil) == 0
    }

    #if canImport(Darwin)
    private static let finish: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { job in
        Unmanaged<Job>.fromOpaque(job).takeRetainedValue().work()
        return nil
    }
    #else
    private static let finish: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { job in
        if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().work() }
        return nil
    }
    #endif
}
