# fish completion of serverless-assets. In ~/.config/fish/config.fish: serverless-assets completion fish | source
function __serverless_assets_complete
    set -l line (commandline --current-process --cut-at-cursor)
    serverless-assets "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end

# Files are offered too, as fish does without -f.
complete --command serverless-assets --arguments '(__serverless_assets_complete)'
