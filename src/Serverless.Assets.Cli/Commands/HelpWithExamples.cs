using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>--help</c>: the parser's help text, followed by examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["serverless-assets"] =
        [
            "serverless-assets upload site --emulator",
            "serverless-assets deploy --environment dev --verify",
        ],
        ["plan"] =
        [
            "serverless-assets plan site --service-name my-site",
            "serverless-assets plan --service-name my-site --json | jq .toUpload",
        ],
        ["upload"] =
        [
            "serverless-assets upload site --service-name my-site --create-service",
            "serverless-assets upload site --exclude-patterns '**/*.map;drafts/**' --emulator",
        ],
        ["build"] = ["serverless-assets build --environment prod"],
        ["deploy"] =
        [
            "serverless-assets deploy --environment prod --verify",
            "serverless-assets deploy --environment pr-123 --other-assets Remove",
        ],
        ["verify"] = ["serverless-assets verify --environment prod"],
        ["rollback"] =
        [
            "serverless-assets rollback --environment prod",
            "serverless-assets rollback --environment prod --build ZB0123456789abcdef0123456789abcdef",
        ],
        ["promote"] = ["serverless-assets promote --from dev --environment prod"],
        ["prune"] =
        [
            "serverless-assets prune --service-name my-site",
            "serverless-assets prune --service-name my-site --yes",
        ],
        ["remove"] = ["serverless-assets remove --environment pr-123 --yes"],
        ["list"] =
        [
            "serverless-assets list --service-name my-site",
            "serverless-assets list --environment prod --json",
        ],
        ["merge"] = ["serverless-assets merge web/a.json api/b.json --manifest all.json"],
        ["emulator"] = ["serverless-assets emulator --port 5005"],
        ["completion"] =
        [
            "eval \"$(serverless-assets completion bash)\"",
            "serverless-assets completion fish | source",
        ],
    };

    /// <summary>With <c>--help</c>, required arguments and options may be missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples[command is RootCommand ? "serverless-assets" : command.Name])
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        return exitCode;
    }
}
