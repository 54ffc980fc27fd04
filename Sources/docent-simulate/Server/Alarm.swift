import Synchronization

/// Wakes suspended connections when their time has come, all on one thread.
final class Alarm: Sendable {
    private struct State {
        var queue = DueQueue()
        var isStopped = false
    }

    private let state = Mutex(State())
    private let pipe: WakePipe
    private let resume: @Sendable (UInt) -> Void

    /// An alarm that gives each connection, by its address, to `resume`; `nil` where the process has no files left.
    init?(resume: @escaping @Sendable (UInt) -> Void) {
        guard let pipe = WakePipe() else { return nil }
        self.pipe = pipe
        self.resume = resume
    }

    /// Has a connection, which is suspended already, resumed at this time; at once after the end.
    func schedule(_ connection: UInt, at due: Int) {
        let (isStopped, isFirst) = state.withLock { state in
            guard !state.isStopped else { return (true, false) }
            let first = state.queue.first
            state.queue.insert(connection, due: due)
            return (false, first.map { due < $0 } ?? true)
        }
        if isStopped { resume(connection) } else if isFirst { pipe.wake() }
    }

    /// Resumes connections until ``stop()`` is called.
    func run() {
        while true {
            let (due, next, isStopped) = state.withLock { state in
                (state.queue.take(until: state.isStopped ? .max : nanoseconds()), state.queue.first, state.isStopped)
            }
            for connection in due { resume(connection) }
            if isStopped { return }
            _ = waitForInput([pipe.reader], nanoseconds: next.map { max(0, $0 - nanoseconds()) })
            pipe.drain()
        }
    }

    /// Resumes all that wait, and ends ``run()``.
    func stop() {
        state.withLock { $0.isStopped = true }
        pipe.wake()
    }

    /// Gives the files back, after ``run()`` has ended.
    func close() {
        pipe.close()
    }
}

/// Connections in the order in which they are due: a binary heap.
struct DueQueue {
    private var heap: [(due: Int, connection: UInt)] = []

    /// When the first is due.
    var first: Int? { heap.first?.due }

    mutating func insert(_ connection: UInt, due: Int) {
        heap.append((due, connection))
        var index = heap.count - 1
        while index > 0, heap[index].due < heap[(index - 1) / 2].due {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Removes all that are due until then, the earliest first.
    mutating func take(until time: Int) -> [UInt] {
        var taken: [UInt] = []
        while let first = heap.first, first.due <= time {
            taken.append(first.connection)
            removeFirst()
        }
        return taken
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            var least = index
            for child in (2 * index + 1)...(2 * index + 2)
            where child < heap.count && heap[child].due < heap[least].due {
                least = child
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
