/// The completion script for zsh.
enum ZshCompletions {
    static var script: String {
        let commands = CommandList.all.map { "        \(quoted("\($0.name):\($0.manual.summary)"))\n" }
        return """
            #compdef docent
            # Completions of docent for zsh: source <(docent completions zsh), or a file _docent in $fpath.
            _docent() {
                local -a commands
                commands=(
            \(commands.joined())    )
                if ((CURRENT == 2)); then
                    if [[ ${words[2]} == -* ]]; then
                        compadd -- \(CommandList.options.flatMap(\.spellings).joined(separator: " "))
                    else
                        _describe command commands
                    fi
                    return
                fi
                local command=${words[2]}
                shift words
                ((CURRENT--))
                case $command in
            \(CommandList.all.map(branch).joined())    esac
            }
            if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
                _docent "$@"
            else
                compdef _docent docent
            fi

            """
    }

    private static func branch(_ command: CommandDescription) -> String {
        let arguments = command.options.flatMap(specifications) + [operands(of: command.manual)]
        let lines = arguments.map { " \\\n                \($0)" }.joined()
        return """
                \(command.name))
                    _arguments -s\(lines)
                    ;;

            """
    }

    private static func specifications(of option: OptionLabel) -> [String] {
        let names = option.spellings + (option.short.map { ["-\($0)"] } ?? [])
        let isRepeatable = option.placeholder == "GLOB"
        return names.map { name in
            let help = name == "--no-\(option.name)" ? "Not: " + option.help : option.help
            let name = option.placeholder != nil && name.hasPrefix("--") ? name + "=" : name
            return quoted("\(isRepeatable ? "*" : "")\(name)[\(escaped(help))]\(value(of: option))")
        }
    }

    private static func value(of option: OptionLabel) -> String {
        guard let placeholder = option.placeholder else { return "" }
        return ":\(placeholder):" + action(values: option.values, completion: option.completion)
    }

    private static func operands(of manual: Manual) -> String {
        let action = action(values: manual.values, completion: manual.completion)
        return quoted(manual.values.isEmpty ? "*:path:\(action)" : "1:\(manual.operands.lowercased()):\(action)")
    }

    private static func action(values: [String], completion: OptionLabel.Completion) -> String {
        if !values.isEmpty { return "(\(values.joined(separator: " ")))" }
        switch completion {
        case .nothing: return " "
        case .files: return "_files"
        case .folders: return "_files -/"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
