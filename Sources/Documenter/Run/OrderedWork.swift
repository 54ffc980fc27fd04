/// Work on many inputs at once, with results handed over in the inputs' order and memory bounded.
public enum OrderedWork {
    /// Works on each input, at most `jobs` at a time, and hands over each result in order.
    ///
    /// At most sixteen results a job wait for an earlier one. When the task is cancelled no further input is begun;
    /// the results of those in hand are still handed over. When a result's receiver does not want to go on, none follows.
    ///
    /// - Parameters:
    ///   - inputs: What to work on.
    ///   - jobs: How many inputs at once.
    ///   - work: Called for each input, on any thread.
    ///   - each: Called for each result, in order, one at a time; returns whether to go on.
    /// - Returns: Whether all inputs were worked on.
    public static func run<Input: Sendable, Output: Sendable>(
        _ inputs: [Input],
        jobs: Int,
        work: @escaping @Sendable (Input) async -> Output,
        each: (Output) -> Bool
    ) async -> Bool {
        let window = max(jobs, 1) * 16
        return await withTaskGroup(of: (Int, Output).self) { group in
            var waiting: [Int: Output] = [:]
            var begun = 0
            var handedOver = 0
            var running = 0
            var goesOn = true
            while true {
                while begun < inputs.count, running < jobs, begun - handedOver < window, goesOn, !Task.isCancelled {
                    let (index, input) = (begun, inputs[begun])
                    group.addTask { @concurrent in (index, await work(input)) }
                    begun += 1
                    running += 1
                }
                guard let (index, output) = await group.next() else { break }
                running -= 1
                waiting[index] = output
                while let next = waiting.removeValue(forKey: handedOver) {
                    handedOver += 1
                    if goesOn { goesOn = each(next) }
                }
            }
            return goesOn && handedOver == inputs.count
        }
    }
}
