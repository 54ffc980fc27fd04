#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The two streams a command writes to, and what they can show.
struct Console: Sendable {
    /// Results: differences, JSON, help.
    let output: any ByteSink
    /// Progress and messages.
    let messages: any ByteSink
    /// Whether results are read by eye: then control characters in them are made visible.
    var showsOutput = false
    /// Whether messages go to a terminal that can redraw a line.
    var redrawsMessages = false
    /// Colours for results.
    var outputPalette = Palette(isOn: false)
    /// Colours for messages.
    var messagesPalette = Palette(isOn: false)
    /// The columns of the terminal that shows messages, asked for again whenever they matter.
    var width: @Sendable () -> Int = { 80 }
    /// The time, for rates.
    var now: @Sendable () -> ContinuousClock.Instant = { .now }

    /// Makes a console that writes to two sinks and takes them for files.
    init(output: any ByteSink, messages: any ByteSink) {
        self.output = output
        self.messages = messages
    }

    /// The process's own streams.
    static func standard() -> Console {
        let terminals = (output: isatty(STDOUT_FILENO) == 1, messages: isatty(STDERR_FILENO) == 1)
        var console = Console(output: StandardStream.output, messages: StandardStream.error)
        console.outputPalette = Palette(isTerminal: terminals.output, environment: variable)
        console.messagesPalette = Palette(isTerminal: terminals.messages, environment: variable)
        console.showsOutput = terminals.output || console.outputPalette.isOn
        console.redrawsMessages = terminals.messages && variable("TERM") != "dumb"
        console.width = terminalWidth
        return console
    }

    /// Says something to the user, behind the tool's name; each of several lines stands on its own.
    func say(_ message: String) {
        for line in message.split(separator: "\n") { messages.write("docent: \(VisibleText.of(String(line)))\n") }
    }
}

/// A variable of the process's environment.
private func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

/// The width of the terminal behind standard error, else 80.
@Sendable
private func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
}
