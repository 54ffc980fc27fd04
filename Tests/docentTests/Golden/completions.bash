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
        COMPREPLY=($(compgen -W 'generate outline complete models health count price completions help --help --version' -- "$word"))
        return
    fi
    case $command in
    generate)
        case $previous in
        --include)
            :
            return
            ;;
        --exclude)
            :
            return
            ;;
        --style | -s)
            COMPREPLY=($(compgen -W 'auto google numpy rest sphinx epytext' -- "$word"))
            return
            ;;
        --line-length | -l)
            :
            return
            ;;
        --types)
            COMPREPLY=($(compgen -W 'auto always never' -- "$word"))
            return
            ;;
        --one-line-suites)
            COMPREPLY=($(compgen -W 'split keep' -- "$word"))
            return
            ;;
        --markdown)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        --jobs | -j)
            :
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--include --exclude --private --no-private --nested --no-nested --init --no-init --tests --no-tests --stubs --no-stubs --runtime-docstrings --no-runtime-docstrings --overwrite --no-overwrite --style --line-length --types --one-line-suites --diff --check --markdown --json --quiet --jobs --help' -- "$word"))
        else
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    outline)
        case $previous in
        --jobs | -j)
            :
            return
            ;;
        --include)
            :
            return
            ;;
        --exclude)
            :
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--json --quiet --jobs --include --exclude --help' -- "$word"))
        else
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    complete)
        case $previous in
        --system)
            :
            return
            ;;
        --file | -f)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --schema)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --max-tokens)
            :
            return
            ;;
        --model | -m)
            :
            return
            ;;
        --model-type)
            :
            return
            ;;
        --model-config)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --env-file)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--stream --system --file --schema --json --max-tokens --model --model-type --model-config --env-file --help' -- "$word"))
        else
            :
        fi
        ;;
    models)
        case $previous in
        --provider)
            :
            return
            ;;
        --sort)
            COMPREPLY=($(compgen -W 'name price context' -- "$word"))
            return
            ;;
        --catalog)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --model-type)
            :
            return
            ;;
        --model-config)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --env-file)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--provider --sort --retired --live --json --catalog --model-type --model-config --env-file --help' -- "$word"))
        else
            :
        fi
        ;;
    health)
        case $previous in
        --model | -m)
            :
            return
            ;;
        --model-type)
            :
            return
            ;;
        --model-config)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --env-file)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--json --model --model-type --model-config --env-file --help' -- "$word"))
        else
            :
        fi
        ;;
    count)
        case $previous in
        --model | -m)
            :
            return
            ;;
        --encoding | -e)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --catalog)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --model-type)
            :
            return
            ;;
        --model-config)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --env-file)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --jobs | -j)
            :
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--model --encoding --live --catalog --model-type --model-config --env-file --json --jobs --help' -- "$word"))
        else
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    price)
        case $previous in
        --model | -m)
            :
            return
            ;;
        --provider)
            :
            return
            ;;
        --catalog)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --model-config)
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --input)
            :
            return
            ;;
        --output)
            :
            return
            ;;
        --cached)
            :
            return
            ;;
        --cache-write)
            :
            return
            ;;
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--model --all --provider --catalog --model-config --input --output --cached --cache-write --json --help' -- "$word"))
        else
            compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    completions)
        case $previous in
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--help' -- "$word"))
        else
            COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word"))
        fi
        ;;
    help)
        case $previous in
        esac
        if [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W '--help' -- "$word"))
        else
            COMPREPLY=($(compgen -W 'generate outline complete models health count price completions help json' -- "$word"))
        fi
        ;;
    esac
}
complete -F _docent docent
