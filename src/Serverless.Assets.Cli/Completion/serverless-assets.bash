# bash completion of serverless-assets. In ~/.bashrc: eval "$(serverless-assets completion bash)"
_serverless_assets() {
    local line="${COMP_LINE:0:COMP_POINT}" candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("${candidate%$'\r'}")
    done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
}

# Where the program offers nothing a file is meant.
complete -o default -F _serverless_assets serverless-assets
