# PowerShell completion of serverless-assets. In $PROFILE: serverless-assets completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName serverless-assets -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.ToString().PadRight($length).Substring(0, $length)
    serverless-assets "[suggest:$length]" $line 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
