#compdef docent
# Completions of docent for zsh: source <(docent completions zsh), or a file _docent in $fpath.
_docent() {
    local -a commands
    commands=(
        'generate:Write a docstring for every declaration that lacks one'
        'outline:Show the declarations of files with what the code states of them'
        'complete:Ask a model'
        'models:List models with their limits and prices'
        'health:Check keys, addresses and models of all configured services'
        'count:Count the tokens of files'
        'price:Price a request, by model side by side'
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
    complete)
        _arguments -s \
                '--stream[Show the answer while it comes]' \
                '-s[Show the answer while it comes]' \
                '--system=[Instructions above the prompt]:TEXT: ' \
                '--file=[Add a text, an image or a PDF; can be repeated]:FILE:_files' \
                '-f[Add a text, an image or a PDF; can be repeated]:FILE:_files' \
                '--schema=[Ask for JSON that fits a JSON Schema]:FILE:_files' \
                '--json[The whole answer as JSON; with --stream a line for each event]' \
                '--max-tokens=[The most tokens of the answer]:N: ' \
                '--model=[The model, as in '\''anthropic/claude-sonnet-5'\'' or '\''gpt-5.6'\'']:NAME: ' \
                '-m[The model, as in '\''anthropic/claude-sonnet-5'\'' or '\''gpt-5.6'\'']:NAME: ' \
                '--model-type=[The provider\: openai, azure, claude, gemini, cohere, ollama, …]:TYPE: ' \
                '--model-config=[Services, addresses and limits, in YAML or JSON]:FILE:_files' \
                '--env-file=[Variables such as keys; '\''.env'\'' where there is one]:FILE:_files' \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '*:path: '
        ;;
    models)
        _arguments -s \
                '--provider=[Only this provider'\''s]:NAME: ' \
                '--sort=[Order]:NAME:(name price context)' \
                '--retired[Those that are gone, too]' \
                '--live[Ask the services which models the keys can use]' \
                '--json[A line of JSON for each model]' \
                '--catalog=[Your own list of models, over the built-in one]:FILE:_files' \
                '--model-type=[The provider\: openai, azure, claude, gemini, cohere, ollama, …]:TYPE: ' \
                '--model-config=[Services, addresses and limits, in YAML or JSON]:FILE:_files' \
                '--env-file=[Variables such as keys; '\''.env'\'' where there is one]:FILE:_files' \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '*:path: '
        ;;
    health)
        _arguments -s \
                '--json[A line of JSON for each service]' \
                '--model=[The model, as in '\''anthropic/claude-sonnet-5'\'' or '\''gpt-5.6'\'']:NAME: ' \
                '-m[The model, as in '\''anthropic/claude-sonnet-5'\'' or '\''gpt-5.6'\'']:NAME: ' \
                '--model-type=[The provider\: openai, azure, claude, gemini, cohere, ollama, …]:TYPE: ' \
                '--model-config=[Services, addresses and limits, in YAML or JSON]:FILE:_files' \
                '--env-file=[Variables such as keys; '\''.env'\'' where there is one]:FILE:_files' \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '*:path: '
        ;;
    count)
        _arguments -s \
                '--model=[Count as this model does; estimates are marked]:NAME: ' \
                '-m[Count as this model does; estimates are marked]:NAME: ' \
                '--encoding=[Count by o200k_base, o200k_harmony, cl100k_base, p50k_base, p50k_edit, r50k_base, claude, or by a tokenizer'\''s file]:NAME:_files' \
                '-e[Count by o200k_base, o200k_harmony, cl100k_base, p50k_base, p50k_edit, r50k_base, claude, or by a tokenizer'\''s file]:NAME:_files' \
                '--live[Have the model'\''s own service count, each file as a prompt]' \
                '--catalog=[Your own list of models, over the built-in one]:FILE:_files' \
                '--model-type=[The provider\: openai, azure, claude, gemini, cohere, ollama, …]:TYPE: ' \
                '--model-config=[Services, addresses and limits, in YAML or JSON]:FILE:_files' \
                '--env-file=[Variables such as keys; '\''.env'\'' where there is one]:FILE:_files' \
                '--json[A line of JSON for each file]' \
                '--jobs=[Files at once; as many as there are processors]:N: ' \
                '-j[Files at once; as many as there are processors]:N: ' \
                '--help[Show this help]' \
                '-h[Show this help]' \
                '*:path:_files'
        ;;
    price)
        _arguments -s \
                '--model=[A model to price; can be repeated]:NAME: ' \
                '-m[A model to price; can be repeated]:NAME: ' \
                '--all[All models that can be asked, cheapest first]' \
                '--provider=[Of all, only this provider'\''s]:NAME: ' \
                '--catalog=[Your own list of models, over the built-in one]:FILE:_files' \
                '--model-config=[Services and deployments, in YAML or JSON]:FILE:_files' \
                '--input=[Tokens of the prompt, cached ones included]:N: ' \
                '--output=[Tokens of the answer, reasoning included]:N: ' \
                '--cached=[Tokens of the prompt that come from the cache]:N: ' \
                '--cache-write=[Tokens of the prompt that are written to the cache]:N: ' \
                '--json[A line of JSON for each model]' \
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
                '1:[command | json]:(generate outline complete models health count price completions help json)'
        ;;
    esac
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _docent "$@"
else
    compdef _docent docent
fi
