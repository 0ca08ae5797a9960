namespace Serverless.Assets.Cli.Tests.Completion;

/// <summary>The Tab key in a real bash.</summary>
public sealed class BashCompletionTests
{
    [Theory]
    [InlineData("serverless-assets upl\t", "upload")]
    [InlineData("serverless-assets upload --exc\t'*.map'", "upload --exclude-patterns *.map")]
    [InlineData("serverless-assets upload --visib\t pri\t", "upload --visibility private")]
    [InlineData("serverless-assets upload -v diag\t", "upload -v Diagnostic")]
    [InlineData("serverless-assets deploy --other-assets r\t --man\t", "deploy --other-assets Remove --manifest")]
    [InlineData("serverless-assets upload si\t", "upload site/")] // a folder is the shell's to complete
    [InlineData("serverless-assets deploy --manifest site/man\t", "deploy --manifest site/manifest.json")]
    [InlineData("serverless-assets emulator --lat\t5", "emulator --latency-ms 5")]
    [InlineData("serverless-assets completion z\t", "completion zsh")]
    [InlineData("serverless-assets plan --jso\t | cat", "plan --json")]
    public async Task Tab_completes(string keys, string arguments)
    {
        using var folder = new TempFolder();
        folder.Write("site/manifest.json", "{}");
        var called = folder["called.txt"];
        folder.Write(
            "bin/serverless-assets",
            $"""
            #!/bin/sh
            case "$1" in
                completion) [ "$2" = bash ] && exec {DotNet.Host} {Repository.ToolAssembly} "$@" ;;
                "[suggest"*) exec {DotNet.Host} {Repository.ToolAssembly} "$@" ;;
            esac
            echo "$*" > '{called}'
            """.ReplaceLineEndings("\n")
        );
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
            ["INPUTRC"] = "/dev/null",
            ["HISTFILE"] = "",
        };
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder["bin/serverless-assets"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var bash = CliProcess.StartInTerminal(folder.Path, environment, "bash --norc --noprofile -i");
        await bash.TypeAsync("eval \"$(serverless-assets completion bash)\"; echo rea\"\"dy\n");
        await bash.WaitForAsync("ready");

        await bash.TypeAsync($"{keys}\nexit\n");

        Assert.Equal(0, await bash.EndAsync());
        Assert.True(File.Exists(called), bash.Written);
        Assert.Equal(arguments, (await File.ReadAllTextAsync(called, Workbench.Token)).TrimEnd());
    }
}
