import LanguageModels

/// What `docent complete` is given to ask: words, files and standard input.
struct Prompt {
    /// The words of the command line; `-` stands for standard input.
    var words: [String] = []
    /// The paths of what goes with them.
    var files: [String] = []
    /// The path of a JSON Schema.
    var schema: String?

    /// The name of standard input among paths and words.
    static let standardInput = "-"

    /// How often standard input is named; it can be read once.
    var inputUses: Int {
        (words + files + [schema].compactMap(\.self)).count { $0 == Self.standardInput }
    }

    /// The parts of the message, files first.
    func parts(reading input: FileInput) throws(InputError) -> [MessagePart] {
        var parts: [MessagePart] = []
        for file in files { parts.append(try MessagePart(file: file, bytes: try input.bytes(file))) }
        let text = try text(reading: input)
        guard !text.allSatisfy(\.isWhitespace) || !parts.isEmpty else {
            throw InputError("there is no prompt; write one, or give it on standard input")
        }
        return parts + (text.isEmpty ? [] : [.text(text)])
    }

    /// The words with spaces between them, and what standard input has where a dash stands, between blank lines.
    private func text(reading input: FileInput) throws(InputError) -> String {
        if words.isEmpty {
            return inputUses == 0 ? try Self.text(of: input) : ""
        }
        var pieces: [String] = []
        for (index, run) in words.split(separator: Self.standardInput, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { pieces.append(try Self.namedText(of: input)) }
            if !run.isEmpty { pieces.append(run.joined(separator: " ")) }
        }
        return pieces.dropFirst().reduce(pieces.first ?? "") { text, piece in
            text + (text.hasSuffix("\n\n") ? "" : text.hasSuffix("\n") ? "\n" : "\n\n") + piece
        }
    }

    /// What standard input has, where the command line names it.
    private static func namedText(of input: FileInput) throws(InputError) -> String {
        let text = try text(of: input)
        guard !text.allSatisfy(\.isWhitespace) else {
            throw InputError("standard input, for which '-' stands, is empty; pipe a text into it, or leave '-' out")
        }
        return text
    }

    private static func text(of input: FileInput) throws(InputError) -> String {
        let bytes = try input.bytes(standardInput)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let place = MalformedText(in: bytes).map { " (\($0))" } ?? ""
        throw InputError("standard input is no text in UTF-8\(place); images and PDFs are added with --file")
    }
}

/// Where bytes stop being UTF-8.
struct MalformedText: CustomStringConvertible {
    /// The first byte that does not fit.
    let byte: UInt8
    /// How many bytes stand before it.
    let offset: Int
    /// Its line, from 1.
    let line: Int

    /// Finds the place; `nil` where all is well.
    init?(in bytes: [UInt8]) {
        var parser = UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar):
                offset += scalar.count
            case .error:
                byte = bytes[offset]
                line = 1 + bytes[..<offset].count { $0 == 0x0A }
                self.offset = offset
                return
            case .emptyInput:
                return nil
            }
        }
    }

    var description: String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "the byte 0x\(byte < 16 ? "0" : "")\(digits) at offset \(offset), in line \(line)"
    }
}

extension MessagePart {
    /// A file as a part of a message: an image or a PDF by its first bytes, else a text under its name.
    init(file path: String, bytes: [UInt8]) throws(InputError) {
        let isInput = path == Prompt.standardInput
        let name = isInput ? "standard input" : path.split(separator: "/").last.map(String.init) ?? path
        if let type = Self.imageType(bytes) {
            self = .image(Media(.bytes(bytes), type: type, name: name))
        } else if bytes.starts(with: Array("%PDF-".utf8)) {
            self = .document(Media(.bytes(bytes), type: "application/pdf", name: name))
        } else if let text = String(validating: bytes, as: UTF8.self) {
            self = .text("\(isInput ? name : path):\n\n\(text)\n\n")
        } else {
            let place = MalformedText(in: bytes).map { " (\($0))" } ?? ""
            let formats = "no PDF, and no PNG, JPEG, GIF or WebP image"
            throw InputError("\(isInput ? name : path): this is no text in UTF-8\(place), \(formats)")
        }
    }

    private static func imageType(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        let isWebP = bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
        return isWebP ? "image/webp" : nil
    }
}

extension OutputSchema {
    /// A schema from a file; its name is the file's, without what no service takes in a name.
    init(file path: String, bytes: [UInt8]) throws(InputError) {
        let name = path == Prompt.standardInput ? "standard input" : path
        let schema: JSONValue
        do {
            schema = try JSONValue(parsing: bytes)
        } catch {
            let line = 1 + bytes[..<min(error.offset, bytes.count)].count { $0 == 0x0A }
            throw InputError("\(name):\(line): a JSON Schema is expected, but this is no JSON: \(error.reason)")
        }
        guard schema.object != nil else { throw InputError("\(name): a JSON Schema, which is an object, is expected") }
        if let fault = SchemaFault(in: schema) { throw InputError("\(name): this is no JSON Schema: \(fault)") }
        let file = path.split(separator: "/").last?.split(separator: ".").first ?? "answer"
        let label = String(file.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(64))
        self.init(name: label, schema: schema)
    }
}

/// What is wrong with a file that a command was given.
struct InputError: Error, Hashable, CustomStringConvertible {
    /// What, where and what to do.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
