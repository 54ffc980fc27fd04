import Documenter

/// Turns the words behind a command's name into the command, by the options that the command declares.
struct ArgumentParser<Subject: Command> {
    private var subject = Subject()
    private var rest: ArraySlice<String> = []
    private let options = Subject.options

    /// Reads all words.
    static func command(from words: [String]) throws(UsageError) -> Subject {
        var parser = ArgumentParser()
        parser.rest = words[...]
        try parser.readAll()
        try parser.subject.check()
        return parser.subject
    }

    private mutating func readAll() throws(UsageError) {
        while let word = rest.popFirst() {
            if word == "--" {
                while let operand = rest.popFirst() { try take(operand: operand) }
            } else if word.hasPrefix("--") {
                try take(long: word)
            } else if word.hasPrefix("-"), word != "-" {
                try take(shorts: word)
            } else {
                try take(operand: word)
            }
        }
    }

    private mutating func take(operand: String) throws(UsageError) {
        guard !operand.isEmpty else { throw error(Subject.emptyOperand) }
        guard subject.operands.count < Subject.operandsLimit else {
            throw error("there is nothing to do with '\(shown(operand))'; '\(Subject.name)' takes no more arguments")
        }
        subject.operands.append(operand)
    }

    private mutating func take(long word: String) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let spelling = parts[0]
        guard let option = options.first(where: { $0.label.spellings.contains(spelling) }) else {
            throw unknown(spelling)
        }
        try apply(option, spelling: spelling, attached: parts.count > 1 ? parts[1] : nil)
    }

    /// Reads `-q`, `-j4`, `-j 4` and several letters behind one dash.
    private mutating func take(shorts word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = options.first(where: { $0.label.short == letter }) else {
                throw unknown("-\(letter)", in: word)
            }
            if option.label.placeholder == nil {
                try apply(option, spelling: "-\(letter)", attached: nil)
            } else {
                return try apply(option, spelling: "-\(letter)", attached: letters.isEmpty ? nil : String(letters))
            }
        }
    }

    private mutating func apply(
        _ option: Option<Subject>,
        spelling: String,
        attached: String?
    ) throws(UsageError) {
        switch option.effect {
        case .flag(let change):
            guard attached == nil else { throw error("\(spelling) takes no value; write it alone") }
            change(&subject, !option.label.isNegatable || spelling != "--no-" + option.label.name)
        case .value(let change):
            let value = if let attached { attached } else { try nextValue(of: option.label, spelling: spelling) }
            if let wanted = change(&subject, value) {
                throw misfit(value, of: option.label, spelling: spelling, wanted: wanted.text)
            }
        }
    }

    /// The next word, unless it is an option: a value that begins with a dash is written behind `=`, but a number.
    private mutating func nextValue(of label: OptionLabel, spelling: String) throws(UsageError) -> String {
        if let next = rest.first, next == "-" || !next.hasPrefix("-") || (label.placeholder == "N" && Int(next) != nil)
        {
            rest.removeFirst()
            return next
        }
        let values = label.values.isEmpty ? label.placeholder ?? "" : label.values.joined(separator: ", ")
        guard let next = rest.first, label.placeholder == "TEXT", !isOption(next) else {
            throw error("\(spelling) needs a value: \(values)")
        }
        let example = "\(spelling.hasPrefix("--") ? spelling + "=" : spelling)\(shown(next))"
        throw error("\(spelling) needs a value: \(values); one that begins with a dash is written as in '\(example)'")
    }
}

extension ArgumentParser {
    private func isOption(_ word: String) -> Bool {
        word == "--" || options.contains { $0.label.spellings.contains(word) }
    }

    private func misfit(_ value: String, of label: OptionLabel, spelling: String, wanted: String) -> UsageError {
        if let near = Suggestion.nearest(to: value, among: label.values) {
            return error("\(spelling) cannot be '\(shown(value))'; did you mean '\(near)'?")
        }
        return error("\(spelling) wants \(label.values.isEmpty ? "" : "one of ")\(wanted), not '\(shown(value))'")
    }

    private func unknown(_ spelling: String) -> UsageError {
        let spellings = options.flatMap(\.label.spellings) + ["--help"]
        let near = Suggestion.nearest(to: spelling, among: spellings)
        return error("unknown option '\(shown(spelling))'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }

    /// A letter that is none: most often one dash too few.
    private func unknown(_ spelling: String, in word: String) -> UsageError {
        let spellings = options.flatMap(\.label.spellings) + ["--help"]
        let long = "-" + (word.split(separator: "=").first.map(String.init) ?? word)
        guard word.count > 2, let near = Suggestion.nearest(to: long, among: spellings) else {
            return error("unknown option '\(shown(spelling))'")
        }
        return error("unknown option '\(shown(word))'; did you mean '\(near)'?")
    }

    private func error(_ problem: String) -> UsageError {
        UsageError(problem, command: Subject.name)
    }

    private func shown(_ text: String) -> String { VisibleText.of(text) }
}
