import LanguageModels

/// The items of an answer that is on its way.
struct ResponsesStreamItems {
    /// A piece of an item: a part of its content, a part of its summary, or the item itself.
    private struct Place: Hashable {
        var item: Int
        var kind: Kind
        var index: Int
    }

    private enum Kind: Hashable {
        case content
        case summary
        case call
    }

    /// Whether the caller is to run a tool.
    private(set) var callsTools = false
    /// Whether the model declines.
    private(set) var declines = false
    private var partCount = 0
    /// The numbers of an item's parts, in the order in which they began.
    private var parts: [Int: [Int]] = [:]
    private var numbers: [Place: Int] = [:]
    /// The numbers that items have kept since they began for their first parts: items may grow in turns.
    private var kept: [Int: Int] = [:]
    /// The parts that pieces have come of.
    private var grown: Set<Int> = []
    private var doneItems: Set<Int> = []
    /// Where the items stand whose events name them by an id alone.
    private var places: [String: Int] = [:]
    /// Where the items stand whose number one before them had: some servers give all the same.
    private var moved: [Int: Int] = [:]
    private var itemCount = 0

    /// What an event adds.
    mutating func read(_ json: JSONValue, type: String) -> [ModelEvent] {
        let item = place(of: json, begins: type == "response.output_item.added")
        let content = Place(item: item, kind: .content, index: json["content_index"]?.integer ?? 0)
        let summary = Place(item: item, kind: .summary, index: json["summary_index"]?.integer ?? 0)
        let call = Place(item: item, kind: .call, index: 0)
        let delta = json["delta"]?.string ?? ""
        switch type {
        case "response.output_item.added": return begin(json["item"] ?? .null, item: item)
        case "response.output_item.done": return json["item"].map { complete(item, with: $0) } ?? []
        case "response.output_text.delta": return grow(content, by: .text(delta))
        case "response.output_text.done": return fill(content, with: json["text"]) { .text($0) }
        case "response.refusal.delta": return grow(content, by: .refusal(delta))
        case "response.refusal.done": return fill(content, with: json["refusal"]) { .refusal($0) }
        case "response.reasoning_text.delta": return grow(content, by: .reasoning(delta))
        case "response.reasoning_text.done": return fill(content, with: json["text"]) { .reasoning($0) }
        case "response.reasoning_summary_text.delta": return grow(summary, by: .reasoning(delta))
        case "response.reasoning_summary_text.done": return fill(summary, with: json["text"]) { .reasoning($0) }
        case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta":
            return grow(call, by: .arguments(delta))
        case "response.function_call_arguments.done": return fill(call, with: json["arguments"]) { .arguments($0) }
        case "response.custom_tool_call_input.done": return fill(call, with: json["input"]) { .arguments($0) }
        default: return []
        }
    }

    /// The items of the whole answer, where they were never done.
    mutating func complete(with output: [JSONValue]) -> [ModelEvent] {
        output.enumerated().flatMap { index, item in
            doneItems.contains(index) ? [] : complete(index, with: item)
        }
    }

    /// The number of an event's item; some servers give ids alone, or nothing but an order.
    private mutating func place(of json: JSONValue, begins: Bool) -> Int {
        let item = json["item"]
        let number = json["output_index"]?.integer
        if let number, begins, doneItems.contains(moved[number] ?? number) { moved[number] = itemCount }
        let numbered = number.map { moved[$0] ?? $0 }
        if let numbered, item == nil { return numbered }
        let id = item?["id"]?.string ?? json["item_id"]?.string
        let known = numbered ?? id.flatMap { places[$0] }
        let isNew = begins || item != nil && id != nil || itemCount == 0
        let place = known ?? (isNew ? itemCount : itemCount - 1)
        itemCount = max(itemCount, place &+ 1)
        if let id { places[id] = place }
        return place
    }

    private mutating func begin(_ json: JSONValue, item: Int) -> [ModelEvent] {
        if parts[item] == nil, kept[item] == nil {
            kept[item] = partCount
            partCount += 1
        }
        guard json["type"]?.string == "function_call" || json["type"]?.string == "custom_tool_call",
            case .toolCall(let call)? = ResponsesAnswer.parts(of: json).first?.content
        else { return [] }
        callsTools = true
        let part = number(of: Place(item: item, kind: .call, index: 0))
        return [.delta(part: part, .toolCall(id: call.id, name: call.name))]
    }

    private mutating func grow(_ place: Place, by delta: MessageDelta) -> [ModelEvent] {
        switch delta {
        case .text(""), .reasoning(""), .refusal(""), .arguments(""): return []
        case .refusal: declines = true
        default: break
        }
        let number = number(of: place)
        grown.insert(number)
        return [.delta(part: number, delta)]
    }

    /// Takes a part whole of which no pieces came.
    private mutating func fill(
        _ place: Place,
        with text: JSONValue?,
        _ delta: (String) -> MessageDelta
    ) -> [ModelEvent] {
        if let number = numbers[place], grown.contains(number) { return [] }
        return text?.string.map { grow(place, by: delta($0)) } ?? []
    }

    /// The number of a part, which begins when it is asked for.
    private mutating func number(of place: Place) -> Int {
        if let number = numbers[place] { return number }
        let number = nextNumber(in: place.item)
        numbers[place] = number
        parts[place.item, default: []].append(number)
        return number
    }

    /// The number of an item's next part: what was kept for its first, then what is free.
    private mutating func nextNumber(in item: Int) -> Int {
        if let number = kept.removeValue(forKey: item) { return number }
        defer { partCount += 1 }
        return partCount
    }

    /// Replaces what has come of an item by the item as it is.
    private mutating func complete(_ item: Int, with json: JSONValue) -> [ModelEvent] {
        doneItems.insert(item)
        var made = ResponsesAnswer.parts(of: json)
        var known = parts[item] ?? []
        if !known.isEmpty, ResponsesAnswer.isEmpty(json) {
            // The words came in pieces alone: they stay, and what of the item is for the service stands behind them.
            if json["type"]?.string == "message" { made = [] }
            known = []
        }
        for part in made { note(part) }
        while known.count < made.count {
            let number = nextNumber(in: item)
            known.append(number)
            parts[item, default: []].append(number)
        }
        return zip(known, made).map { .part($0, $1) }
    }

    private mutating func note(_ part: MessagePart) {
        switch part.content {
        case .toolCall: callsTools = true
        case .refusal: declines = true
        default: break
        }
    }
}
