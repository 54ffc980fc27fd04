/// How an option is written and what is said of it: all that help, completions and suggestions need.
struct OptionLabel: Hashable, Sendable {
    /// What a shell offers behind the option.
    enum Completion: Hashable, Sendable {
        case nothing, files, folders
    }

    /// The long name, without dashes.
    let name: String
    /// The short name, without its dash.
    var short: Character?
    /// What stands for the value in help; `nil` for an option without a value.
    var placeholder: String?
    /// What it does, as a sentence without a full stop.
    var help: String
    /// The heading under which help lists it.
    var group = ""
    /// The only values it takes; empty when it takes others.
    var values: [String] = []
    /// Whether `--no-NAME` turns it off.
    var isNegatable = false
    /// What a shell offers when there are no fixed values.
    var completion = Completion.nothing

    /// The spellings that the command line knows: `--name`, and `--no-name` where there is one.
    var spellings: [String] { isNegatable ? ["--" + name, "--no-" + name] : ["--" + name] }

    /// The left column of help.
    var usage: String {
        let long = isNegatable ? "--[no-]\(name)" : "--\(name)"
        let start = short.map { "-\($0), \(long)" } ?? long
        return placeholder.map { "\(start) \($0)" } ?? start
    }
}
