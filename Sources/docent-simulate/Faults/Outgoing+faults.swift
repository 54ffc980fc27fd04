extension Outgoing {
    /// An answer that comes whole, with what goes wrong.
    init(whole body: [UInt8], errorBody: [UInt8], fault: Fault?) {
        steps = [.send(body)]
        switch fault {
        case .truncated: steps = [.send(Array(body.prefix(body.count / 2)))]
        case .reset: breakOff(body, .reset)
        case .close, .cut: breakOff(body, .close)
        case .stall: breakOff(body, .wait(Self.endless))
        case .streamError: steps = [.send(errorBody)]
        default: change(by: fault)
        }
    }

    /// A stream, with what goes wrong; `pause` lies between its events.
    init(_ frames: Frames, pause: Duration, fault: Fault?) {
        contentType = frames.contentType
        tellsLength = false
        let events = Self.changed(frames, by: fault)
        for (index, event) in events.enumerated() {
            if index > 0, pause > .zero { steps.append(.wait(pause)) }
            steps.append(.send(event))
        }
        if pause == .zero, fault == nil || !Self.keepsEventsApart(fault) { steps = [.send(Array(events.joined()))] }
        switch fault {
        case .reset: steps.append(.reset)
        case .close: steps.append(.close)
        case .stall: steps.append(.wait(Self.endless))
        default: change(by: fault)
        }
    }

    /// Longer than any client waits.
    private static let endless = Duration.seconds(3600)

    private static func keepsEventsApart(_ fault: Fault?) -> Bool {
        switch fault {
        case .reset, .close, .stall, .drip: true
        default: false
        }
    }

    /// The first half of a body, then something else than the rest.
    private mutating func breakOff(_ body: [UInt8], _ step: Step) {
        steps = [
            .send(Array(body.prefix(body.count / 2))), step, .send(Array(body.suffix(body.count - body.count / 2))),
        ]
    }

    private static func changed(_ frames: Frames, by fault: Fault?) -> [[UInt8]] {
        var events = frames.events
        switch fault {
        case .reset(let count), .close(let count), .cut(let count), .stall(let count):
            // At least the last event is missing, or nothing would be wrong.
            return Array(events.prefix(min(count, events.count - 1)))
        case .streamError(let count):
            return events.prefix(min(count, events.count - 1)) + [frames.error]
        case .truncated:
            let middle = events.count / 2
            return events.prefix(middle) + [Array(events[middle].prefix(events[middle].count / 2))]
        case .duplicate(let index):
            let index = min(index, events.count - 1)
            events.insert(events[index], at: index)
        case .reorder(let index) where events.count > 1:
            let index = min(index, events.count - 2)
            events.swapAt(index, index + 1)
        case .noise: return noisy(events, unknown: frames.unknown)
        default: break
        }
        return events
    }

    private static func noisy(_ events: [[UInt8]], unknown: [UInt8]) -> [[UInt8]] {
        var noisy = [Array(": keep-alive\n\n".utf8)]
        for (index, event) in events.enumerated() {
            noisy.append(event)
            if index == 0 { noisy.append(unknown) }
        }
        return noisy.map { event in
            var text: [UInt8] = []
            for byte in event where byte != 13 {
                if byte == 10 { text.append(13) }
                text.append(byte)
            }
            return text
        }
    }

    /// What goes wrong alike with whole answers and streams.
    private mutating func change(by fault: Fault?) {
        switch fault {
        case .refuse:
            answers = false
            resets = true
        case .silence(let duration):
            answers = false
            delay = duration
        case .delay(let duration): delay = duration
        case .drip(let pause): drip(pause)
        case .empty: steps = []
        case .contentType(let type): contentType = type
        case .html(let status):
            self.status = status
            contentType = "text/html; charset=utf-8"
            tellsLength = true
            steps = [.send(Array(Self.page(status).utf8))]
        default: break
        }
    }

    private mutating func drip(_ pause: Duration) {
        let bytes = steps.flatMap { step -> [UInt8] in
            guard case .send(let bytes) = step else { return [] }
            return bytes
        }
        steps = bytes.flatMap { [.send([$0]), .wait(pause)] }
    }

    private static func page(_ status: Int) -> String {
        """
        <!DOCTYPE html>
        <html><head><title>\(status)</title></head>
        <body><center><h1>\(status)</h1></center><hr><center>nginx</center></body></html>

        """
    }
}
