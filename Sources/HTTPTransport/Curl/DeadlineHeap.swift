/// What can stand in a ``DeadlineHeap``.
protocol DeadlineHolder: AnyObject {
    /// When it wants to be looked at.
    var deadline: MonotonicTime { get set }
    /// Where it stands in the heap; `nil` if it does not.
    var heapIndex: Int? { get set }
}

/// Those who wait for a moment, the earliest in front; each change costs the logarithm of their number.
struct DeadlineHeap<Holder: DeadlineHolder> {
    private var holders: [Holder] = []

    var first: Holder? { holders.first }

    /// Puts a holder where its new deadline belongs; without one it is taken out.
    mutating func schedule(_ holder: Holder, at deadline: MonotonicTime) {
        guard deadline != .distantFuture else { return remove(holder) }
        holder.deadline = deadline
        guard let index = holder.heapIndex else {
            holder.heapIndex = holders.count
            holders.append(holder)
            return rise(from: holders.count - 1)
        }
        settle(index)
    }

    mutating func remove(_ holder: Holder) {
        guard let index = holder.heapIndex else { return }
        holder.heapIndex = nil
        let last = holders.removeLast()
        guard index < holders.count else { return }
        place(last, at: index)
        settle(index)
    }

    private mutating func settle(_ index: Int) {
        rise(from: index)
        sink(from: index)
    }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard holders[index].deadline < holders[parent].deadline else { return }
            swapAt(index, parent)
            index = parent
        }
    }

    private mutating func sink(from start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < holders.count {
                if holders[child].deadline < holders[least].deadline { least = child }
            }
            guard least != index else { return }
            swapAt(index, least)
            index = least
        }
    }

    private mutating func swapAt(_ left: Int, _ right: Int) {
        let (first, second) = (holders[left], holders[right])
        place(second, at: left)
        place(first, at: right)
    }

    private mutating func place(_ holder: Holder, at index: Int) {
        holders[index] = holder
        holder.heapIndex = index
    }
}
