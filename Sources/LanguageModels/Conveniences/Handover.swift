import Synchronization

/// Where those who work side by side hand what they have to the one who reads it.
///
/// A worker waits until its piece is taken, so no more lies here than there are workers. The workers outlive single
/// calls of ``next()``, hence a task of their own; it ends when the reader closes the place.
final class Handover<Element: Sendable>: Sendable {
    private struct Delivery {
        let element: Element
        let taken: CheckedContinuation<Void, Never>
    }

    private enum Ending {
        case open
        /// Nothing more will come; an error is thrown once.
        case ended((any Error)?)
        /// Nobody reads any more.
        case closed
    }

    private struct State {
        /// By number.
        var deliveries: [Int: Delivery] = [:]
        var arrivals = 0
        var nextKey = 0
        var reader: CheckedContinuation<Result<Element?, any Error>, Never>?
        var ending = Ending.open
        var worker: Task<Void, Never>?

        /// What a reader is told when there is nothing for it; `nil` while something may come.
        mutating func takeEnd() -> Result<Element?, any Error>? {
            switch ending {
            case .open: return nil
            case .closed: return .failure(CancellationError())
            case .ended(let error):
                ending = .ended(nil)
                return error.map { .failure($0) } ?? .success(nil)
            }
        }
    }

    private let state = Mutex(State())

    /// Begins the work; ends with ``close()``, which also cancels it.
    func begin(_ work: @escaping @Sendable () async -> Void) {
        let worker = Task { await work() }
        state.withLock { $0.worker = worker }
    }

    /// Waits until what worked has ended, which it does soon after ``close()``.
    func workEnded() async {
        await state.withLock(\.worker)?.value
    }

    /// Waits until the reader has taken a piece, or is gone.
    ///
    /// - Parameters:
    ///   - element: The piece.
    ///   - number: Its place among all, from 0, where they are read in an order of their own; `nil` for all to be read as
    ///     they come.
    func deliver(_ element: Element, number: Int? = nil) async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard case .open = state.ending else { return false }
                state.deliveries[number ?? state.arrivals] = Delivery(element: element, taken: continuation)
                state.arrivals += 1
                return true
            }
            if isOpen { serveReader() } else { continuation.resume() }
        }
    }

    /// Tells the reader that nothing more will come, or why.
    func end(_ failure: (any Error)?) {
        state.withLock { state in
            if case .open = state.ending { state.ending = .ended(failure) }
        }
        serveReader()
    }

    /// The next piece, `nil` at the end.
    ///
    /// Cancelling the reader's task closes the place.
    ///
    /// - Throws: What the work ended with, or `CancellationError`.
    func next() async throws -> Element? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedContinuation { continuation in
                state.withLock { $0.reader = continuation }
                serveReader()
            }.get()
        } onCancel: {
            close()
        }
    }

    /// Gives the reader, where one waits, what there is for it.
    private func serveReader() {
        let service = state.withLock { state -> (() -> Void)? in
            guard let reader = state.reader else { return nil }
            if let delivery = state.deliveries.removeValue(forKey: state.nextKey) {
                state.nextKey += 1
                state.reader = nil
                return {
                    reader.resume(returning: .success(delivery.element))
                    delivery.taken.resume()
                }
            }
            guard let end = state.takeEnd() else { return nil }
            state.reader = nil
            return { reader.resume(returning: end) }
        }
        service?()
    }

    /// Cancels the work, and lets nobody wait any longer.
    func close() {
        let (worker, deliveries) = state.withLock { state in
            state.ending = .closed
            defer { state.deliveries = [:] }
            return (state.worker, Array(state.deliveries.values))
        }
        worker?.cancel()
        for delivery in deliveries { delivery.taken.resume() }
        serveReader()
    }
}

/// Closes a handover when nobody reads it any more.
final class HandoverReader<Element: Sendable>: Sendable {
    let handover: Handover<Element>

    init(_ handover: Handover<Element>) {
        self.handover = handover
    }

    deinit {
        handover.close()
    }
}
