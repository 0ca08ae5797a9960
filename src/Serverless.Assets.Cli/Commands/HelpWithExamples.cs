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
        ["serverless-assets plan"] =
        [
            "serverless-assets plan site --service-name my-site",
            "serverless-assets plan --service-name my-site --json | jq .toUpload",
        ],
        ["serverless-assets upload"] =
        [
            "serverless-assets upload site --service-name my-site --create-service",
            "serverless-assets upload site --exclude-patterns '**/*.map;drafts/**' --emulator",
        ],
        ["serverless-assets build"] = ["serverless-assets build --environment prod"],
        ["serverless-assets deploy"] =
        [
            "serverless-assets deploy --environment prod --verify",
            "serverless-assets deploy --environment pr-123 --other-assets Remove",
        ],
        ["serverless-assets verify"] = ["serverless-assets verify --environment prod"],
        ["serverless-assets rollback"] =
        [
            "serverless-assets rollback --environment prod",
            "serverless-assets rollback --environment prod --build ZB0123456789abcdef0123456789abcdef",
        ],
        ["serverless-assets promote"] = ["serverless-assets promote --from dev --environment prod"],
        ["serverless-assets prune"] =
        [
            "serverless-assets prune --service-name my-site",
            "serverless-assets prune --service-name my-site --yes",
            "serverless-assets prune --service-name my-site --previews --older-than 14d",
        ],
        ["serverless-assets remove"] = ["serverless-assets remove --environment pr-123 --yes"],
        ["serverless-assets list"] =
        [
            "serverless-assets list --service-name my-site",
            "serverless-assets list --environment prod --json",
        ],
        ["serverless-assets versions"] =
        [
            "serverless-assets versions create logo.png --asset /img/logo.png --service-name my-site",
            "serverless-assets versions list --asset /img/logo.png --limit 20 --service-name my-site",
        ],
        ["serverless-assets versions create"] =
        [
            "serverless-assets versions create logo.png --asset /img/logo.png --service-name my-site",
            "serverless-assets versions create names.json --asset ZH0123456789abcdef0123456789abcdef --path /names.json"
                + " --visibility private",
        ],
        ["serverless-assets versions get"] =
        [
            "serverless-assets versions get ZN0123456789abcdef0123456789abcdef --asset /img/logo.png --json",
        ],
        ["serverless-assets versions list"] =
        [
            "serverless-assets versions list --asset /img/logo.png --service-name my-site",
            "serverless-assets versions list --asset ZH0123456789abcdef0123456789abcdef --limit 20 --json",
        ],
        ["serverless-assets merge"] = ["serverless-assets merge web/a.json api/b.json --manifest all.json"],
        ["serverless-assets emulator"] = ["serverless-assets emulator --port 5005"],
        ["serverless-assets completion"] =
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
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples[CommandPath.Get(parseResult.CommandResult)])
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        return exitCode;
    }
}
