#compdef serverless-assets
# zsh completion of serverless-assets. In ~/.zshrc, after compinit: eval "$(serverless-assets completion zsh)"
_serverless_assets() {
    local line="${(j: :)words[1,CURRENT-1]} ${words[CURRENT]:0:${#PREFIX}}"
    local -a candidates
    candidates=("${(@f)$($words[1] "[suggest:${#line}]" "$line" 2>/dev/null)}")
    if [[ -n "$candidates[1]" ]]; then
        compadd -a candidates
    else
        _files
    fi
}

compdef _serverless_assets serverless-assets
