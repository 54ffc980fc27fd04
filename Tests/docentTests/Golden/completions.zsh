#compdef docent
# Completions of docent for zsh: source <(docent completions zsh), or a file _docent in $fpath.
_docent() {
    local -a commands
    commands=(
        'generate:Write a docstring for every declaration that lacks one'
        'outline:Show the declarations of files with what the code states of them'
        'completions:Print a completion script for a shell'
        'help:Show how a command is used'
    )
    if ((CURRENT == 2)); then
        if [[ ${words[2]} == -* ]]; then
            compadd -- --help --version
        else
            _describe command commands
        fi
        return
    fi
    local command=${words[2]}
    shift words
    ((CURRENT--))
    case $command in
    generate)
        _arguments -s \
                '*--include=[Only files that match; can be repeated]:GLOB: ' \
                '*--exclude=[No file or folder that matches; can be repeated, adds to the project'\''s]:GLOB: ' \
                '--private[Document names that begin with an underscore, and vendored files]' \
                '--no-private[Not\: Document names that begin with an underscore, and vendored files]' \
                '--nested[Document what is declared inside functions or for a script'\''s own run]' \
                '--no-nested[Not\: Document what is declared inside functions or for a script'\''s own run]' \
                '--init[Document __init__, not in its class, and empty __init__ files]' \
                '--no-init[Not\: Document __init__, not in its class, and empty __init__ files]' \
                '--tests[Document tests]' \
                '--no-tests[Not\: Document tests]' \
                '--stubs[Document stub files (.pyi)]' \
                '--no-stubs[Not\: Document stub files (.pyi)]' \
                '--runtime-docstrings[Document where a docstring is data at run time]' \
                '--no-runtime-docstrings[Not\: Document where a docstring is data at run time]' \
                '--overwrite[Replace docstrings that exist]' \
                '--no-overwrite[Not\: Replace docstrings that exist]' \
                '--style=[The project'\''s own style (auto, the default) or another]:NAME:(auto google numpy rest sphinx epytext)' \
                '-s[The project'\''s own style (auto, the default) or another]:NAME:(auto google numpy rest sphinx epytext)' \
                '--line-length=[The longest line; the project'\''s formatter'\''s, else 88]:N: ' \
                '-l[The longest line; the project'\''s formatter'\''s, else 88]:N: ' \
                '--types=[Types beside names; auto leaves them out in Google style]:NAME:(auto always never)' \
                '--one-line-suites=[Break lines with a body behind the colon, or keep them]:NAME:(split keep)' \
                '--diff[Show what would be written as a patch; write nothing]' \
                '--check[Write nothing; exit with 1 if anything would be written]' \
                '--markdown=[Write Markdown pages of all declarations, too]:DIR:_files -/' \
                '--json[Results as JSON lines; '\''docent help json'\'' tells more]' \
                '--quiet[No progress and no summary, only errors]' \
                '-q[No progress and no summary, only errors]' \
                '--jobs=[Files at once; as many as there are processors]:N: ' \
                '-j[Files at once; as many as there are processors]:N: ' \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '*:path:_files'
        ;;
    outline)
        _arguments -s \
                '--json[Every fact of each declaration as JSON lines; see '\''docent help json'\'']' \
                '--quiet[Read everything, and show only errors]' \
                '-q[Read everything, and show only errors]' \
                '--jobs=[Files at once; as many as there are processors]:N: ' \
                '-j[Files at once; as many as there are processors]:N: ' \
                '*--include=[Only files that match; can be repeated]:GLOB: ' \
                '*--exclude=[No file or folder that matches; can be repeated, adds to the project'\''s]:GLOB: ' \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '*:path:_files'
        ;;
    completions)
        _arguments -s \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '1:bash|zsh|fish:(bash zsh fish)'
        ;;
    help)
        _arguments -s \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '1:[command | json]:(generate outline completions help json)'
        ;;
    esac
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _docent "$@"
else
    compdef _docent docent
fi
