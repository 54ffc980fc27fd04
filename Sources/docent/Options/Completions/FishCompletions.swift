/// The completion script for fish.
enum FishCompletions {
    static var script: String {
        var lines = ["# Completions of docent for fish.", "complete -c docent -f"]
        let isFirst = "-n '__fish_is_first_arg'"
        for option in CommandList.options {
            lines.append("complete -c docent \(isFirst) \(names(of: option)) -d \(quoted(option.help))")
        }
        for command in CommandList.all {
            lines.append("complete -c docent \(isFirst) -a \(command.name) -d \(quoted(command.manual.summary))")
        }
        lines += CommandList.all.flatMap(self.lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of command: CommandDescription) -> [String] {
        let start = "complete -c docent -n '__fish_seen_subcommand_from \(command.name)'"
        var lines = command.options.map { "\(start) \(names(of: $0))\(value(of: $0)) -d \(quoted($0.help))" }
        for option in command.options where option.isNegatable {
            lines.append("\(start) -l no-\(option.name) -d \(quoted("Not: " + option.help))")
        }
        if !command.manual.values.isEmpty {
            lines.append("\(start) -a \(quoted(command.manual.values.joined(separator: " ")))")
        } else if command.manual.completion != .nothing {
            lines.append("\(start) -F")
        }
        return lines
    }

    private static func names(of option: OptionLabel) -> String {
        (option.short.map { "-s \($0) " } ?? "") + "-l \(option.name)"
    }

    private static func value(of option: OptionLabel) -> String {
        guard option.placeholder != nil else { return "" }
        if !option.values.isEmpty { return " -x -a \(quoted(option.values.joined(separator: " ")))" }
        switch option.completion {
        case .nothing: return " -x"
        case .files: return " -r -F"
        case .folders: return " -x -a '(__fish_complete_directories)'"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
