extension RunReport {
    /// Adds a file's result to the sum.
    mutating func add(_ result: FileResult) {
        files += 1
        bytes += result.byteCount
        declarations += result.declarationCount
        documented += result.documented.count
        splitSuites += result.splitSuites
        skipped.merge(result.skipped) { $0 + $1 }
        unplaced += result.unplaced.map { (result.path, $0.item, $0.reason) }
        undone += result.undone.map { (result.path, $0.item, $0.reason) }
        switch result.status {
        case .unchanged: break
        case .changed: changedFiles += 1
        case .refused(let error): refused.append(error)
        case .failed(let reason): failed.append((result.path, reason))
        }
    }
}
