/// The line that shows how far a run is: a bar, files, rate and time left.
///
/// A value without a clock or a terminal: it says what to write, and when there is something to write.
struct ProgressBar: Sendable {
    private static let interval = Duration.milliseconds(50)
    private static let delay = Duration.milliseconds(150)

    private let files: Int
    private let bytes: Int
    private let start: ContinuousClock.Instant
    private var doneFiles = 0
    private var doneBytes = 0
    private var nextDrawing: ContinuousClock.Instant
    private var isShown = false

    /// Makes a bar for some work that begins now; it shows once the work turns out to take time.
    init(files: Int, bytes: Int, at now: ContinuousClock.Instant) {
        self.files = files
        self.bytes = bytes
        start = now
        nextDrawing = now + Self.delay
    }

    /// Counts a file of some bytes.
    mutating func advance(bytes: Int) {
        doneFiles += 1
        doneBytes += bytes
    }

    /// What to write to show the state; `nil` when it is too early.
    mutating func drawing(at now: ContinuousClock.Instant, width: Int) -> String? {
        guard now >= nextDrawing else { return nil }
        nextDrawing = now + Self.interval
        isShown = true
        return "\r" + line(at: now, width: width) + "\u{1B}[K"
    }

    /// What to write to remove the bar before something else is written; `nil` when it does not show.
    mutating func clearing() -> String? {
        guard isShown else { return nil }
        isShown = false
        nextDrawing = max(nextDrawing, start)
        return "\r\u{1B}[K"
    }

    /// The bar as text, never wider than the terminal less one column.
    func line(at now: ContinuousClock.Instant, width: Int) -> String {
        let facts = [" \(doneFiles)/\(files) files"] + rateAndTime(at: now)
        var shown = ""
        for fact in facts where shown.count + fact.count < width - 1 { shown += fact }
        let room = min(40, width - 1 - shown.count - 2)
        guard room >= 5 else { return shown.isEmpty ? "" : String(shown.dropFirst()) }
        let filled = Int((share * Double(room)).rounded(.down))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled)
        return "[\(bar)]\(shown)"
    }

    /// How much is done, from 0 to 1: by bytes where they are known.
    private var share: Double {
        let (done, all) = bytes > 0 ? (doneBytes, bytes) : (doneFiles, files)
        return all > 0 ? min(1, Double(done) / Double(all)) : 1
    }

    private func rateAndTime(at now: ContinuousClock.Instant) -> [String] {
        let seconds = (now - start) / .seconds(1)
        guard seconds > 0, doneBytes > 0, share > 0 else { return [] }
        let rate = Double(doneBytes) / seconds / 1_000_000
        let left = Int((seconds / share * (1 - share)).rounded(.up))
        return [", \(rate.oneDecimal) MB/s", ", \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"]
    }
}

extension Double {
    /// The number with one digit behind the point.
    var oneDecimal: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
