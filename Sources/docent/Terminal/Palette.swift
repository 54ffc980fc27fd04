/// Colours, where they are wanted.
struct Palette: Hashable, Sendable {
    /// The looks in use.
    enum Look: String, Sendable {
        case heading = "1"
        case removed = "31"
        case added = "32"
        case position = "36"
        case problem = "1;31"
    }

    let isOn: Bool

    /// Makes a palette that colours, or does not.
    init(isOn: Bool) {
        self.isOn = isOn
    }

    /// Decides by the environment: `NO_COLOR`, then `CLICOLOR_FORCE` and `FORCE_COLOR`, then whether it is a capable terminal.
    init(isTerminal: Bool, environment: (String) -> String?) {
        func isSet(_ name: String) -> Bool { !["", "0", "false"].contains(environment(name) ?? "") }
        if environment("NO_COLOR")?.isEmpty == false {
            isOn = false
        } else if isSet("CLICOLOR_FORCE") || isSet("FORCE_COLOR") {
            isOn = true
        } else {
            isOn = isTerminal && environment("TERM") != "dumb" && environment("CLICOLOR") != "0"
        }
    }

    /// The bytes that begin a look; none without colours.
    func start(_ look: Look) -> [UInt8] { isOn ? Array("\u{1B}[\(look.rawValue)m".utf8) : [] }

    /// The bytes that end any look; none without colours.
    var end: [UInt8] { isOn ? Array("\u{1B}[m".utf8) : [] }

    /// A text in a look.
    func text(_ text: String, _ look: Look) -> String {
        isOn ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[m" : text
    }
}
