/// The completion script for bash.
enum BashCompletions {
    static var script: String {
        let names = CommandList.all.map(\.name).joined(separator: " ")
        let options = CommandList.options.flatMap(\.spellings).joined(separator: " ")
        return """
            # Completions of docent for bash: source <(docent completions bash)
            _docent() {
                local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                local command=${COMP_WORDS[1]}
                COMPREPLY=()
                if [[ $word == '=' ]]; then
                    word=''
                elif [[ $previous == '=' ]]; then
                    previous=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                if ((COMP_CWORD == 1)); then
                    COMPREPLY=($(compgen -W '\(names) \(options)' -- "$word"))
                    return
                fi
                case $command in
            \(CommandList.all.map(branch).joined())    esac
            }
            complete -F _docent docent

            """
    }

    private static func branch(_ command: CommandDescription) -> String {
        let values = command.options.filter { $0.placeholder != nil }
        let spellings = command.options.flatMap(\.spellings).joined(separator: " ")
        return """
                \(command.name))
                    case $previous in
            \(values.map(valueBranch).joined())        esac
                    if [[ $word == -* ]]; then
                        COMPREPLY=($(compgen -W '\(spellings)' -- "$word"))
                    else
                        \(operands(of: command.manual))
                    fi
                    ;;

            """
    }

    private static func valueBranch(_ option: OptionLabel) -> String {
        let names = (option.spellings + (option.short.map { ["-\($0)"] } ?? [])).joined(separator: " | ")
        return """
                    \(names))
                        \(candidates(values: option.values, completion: option.completion))
                        return
                        ;;

            """
    }

    private static func operands(of manual: Manual) -> String {
        candidates(values: manual.values, completion: manual.completion)
    }

    private static func candidates(values: [String], completion: OptionLabel.Completion) -> String {
        if !values.isEmpty { return #"COMPREPLY=($(compgen -W '\#(values.joined(separator: " "))' -- "$word"))"# }
        switch completion {
        case .nothing: return ":"
        case .files: return #"compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")"#
        case .folders: return #"compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word")"#
        }
    }
}
