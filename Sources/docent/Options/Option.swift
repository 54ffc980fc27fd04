/// An option of a command: its label, and how it changes the command.
struct Option<Subject>: Sendable {
    /// What the command line can do with it.
    enum Effect: Sendable {
        /// An option without a value; `false` for its `--no-` form.
        case flag(@Sendable (inout Subject, Bool) -> Void)
        /// An option with a value; returns what it wants instead when the value does not fit.
        case value(@Sendable (inout Subject, String) -> Expectation?)
    }

    /// What an option wants when a value does not fit, as the end of "wants …".
    struct Expectation: Sendable {
        let text: String
    }

    var label: OptionLabel
    let effect: Effect

    /// An option without a value.
    static func flag(
        _ name: String,
        _ help: String,
        isNegatable: Bool = false,
        change: @escaping @Sendable (inout Subject, Bool) -> Void
    ) -> Option {
        var label = OptionLabel(name: name, help: help)
        label.isNegatable = isNegatable
        return Option(label: label, effect: .flag(change))
    }

    /// An option that takes any text.
    static func text(
        _ name: String,
        _ placeholder: String,
        _ help: String,
        change: @escaping @Sendable (inout Subject, String) -> Void
    ) -> Option {
        let label = OptionLabel(name: name, placeholder: placeholder, help: help)
        let effect = Effect.value { subject, value in
            guard !value.isEmpty else { return Expectation(text: "a value that is not empty") }
            change(&subject, value)
            return nil
        }
        return Option(label: label, effect: effect)
    }

    /// An option that takes a whole number.
    static func number(
        _ name: String,
        in range: ClosedRange<Int>,
        _ help: String,
        change: @escaping @Sendable (inout Subject, Int) -> Void
    ) -> Option {
        let label = OptionLabel(name: name, placeholder: "N", help: help)
        let wanted = Expectation(text: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        let effect = Effect.value { subject, value in
            guard let number = Int(value), range.contains(number) else { return wanted }
            change(&subject, number)
            return nil
        }
        return Option(label: label, effect: effect)
    }

    /// An option that takes one of some names; each name stands for a value.
    static func choice<Value: Sendable>(
        _ name: String,
        _ help: String,
        among choices: KeyValuePairs<String, Value>,
        change: @escaping @Sendable (inout Subject, Value) -> Void
    ) -> Option {
        var label = OptionLabel(name: name, placeholder: "NAME", help: help)
        label.values = choices.map(\.key)
        let table = Dictionary(choices.map { ($0.key, $0.value) }) { first, _ in first }
        let wanted = Expectation(text: label.values.joined(separator: ", "))
        let effect = Effect.value { subject, value in
            guard let choice = table[value] else { return wanted }
            change(&subject, choice)
            return nil
        }
        return Option(label: label, effect: effect)
    }

    /// The same option with a short name.
    func short(_ letter: Character) -> Option {
        with { $0.short = letter }
    }

    /// The same option, in help under a heading.
    func group(_ heading: String) -> Option {
        with { $0.group = heading }
    }

    /// The same option, for whose value a shell offers names of files or folders.
    func completing(_ completion: OptionLabel.Completion) -> Option {
        with { $0.completion = completion }
    }

    private func with(_ change: (inout OptionLabel) -> Void) -> Option {
        var option = self
        change(&option.label)
        return option
    }
}
