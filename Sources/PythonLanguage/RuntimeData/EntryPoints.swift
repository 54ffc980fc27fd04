/// The declarations that a module hands to a library which turns them into commands: `fire.Fire(main)`.
struct EntryPoints {
    private var names: [[UInt8]] = []
    /// Whether something else than a name was handed over, or nothing, which means the whole module.
    private var isEverything = false

    /// No entry points.
    init() {}

    /// Finds the entry points in a file's bytes.
    init(in bytes: UnsafeBufferPointer<UInt8>) {
        for call in Self.calls {
            var index = 0
            while let argument = Self.endOfNext(call, in: bytes, from: index) {
                index = argument
                take(argumentAt: argument, in: bytes)
            }
        }
    }

    /// Whether the declaration of a name is one; only public names count where the whole module is handed over.
    func contains(_ name: ByteName) -> Bool {
        if isEverything, !name.hasPrefix("_") { return true }
        return names.contains { $0.elementsEqual(name.bytes) }
    }

    private static let calls: [StaticString] = [
        "Fire(", "typer.run(", "cyclopts.run(", "tyro.cli(", "defopt.run(", "plac.call(", "clize.run(", "CLI(",
        "auto_cli(",
        "dispatch_command(",
    ]

    private mutating func take(argumentAt start: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var start = start
        while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
        var end = start
        while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
        var next = end
        while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
        let isName =
            end > start && next < bytes.count && (bytes[next] == UInt8(ascii: ")") || bytes[next] == UInt8(ascii: ","))
        if isName { names.append(Array(bytes[start..<end])) } else { isEverything = true }
    }

    /// The offset behind the next occurrence of a call, which no name may precede.
    private static func endOfNext(
        _ call: StaticString,
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int
    ) -> Int? {
        let length = call.utf8CodeUnitCount
        guard bytes.count - start >= length else { return nil }
        for index in start...bytes.count - length where bytes[index] == call.utf8Start[0] {
            if index > 0, isNameByte(bytes[index - 1]) { continue }
            if ByteName(index..<index + length, in: bytes) == call { return index + length }
        }
        return nil
    }
}
