using System.CommandLine;
using System.CommandLine.Parsing;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets versions get</c>.</summary>
internal sealed class VersionsGetCommand : ServiceCommand
{
    private static readonly string Expected = $"the SID of an Asset Version ({SidKind.Version.Format})";

    private readonly Argument<string[]> _versions = new("versions")
    {
        Description = "SIDs of the Asset Versions (ZN…)",
        Arity = ArgumentArity.OneOrMore,
    };

    public VersionsGetCommand(CliConsole console)
        : base(console, SettingCommands.VersionsGet, "Show the properties of versions of an Asset")
    {
        _versions.Validators.Add(RejectOthers);
        Arguments.Add(_versions);
        SettingOptions.RequireAsset();
    }

    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var sids = context.Values.GetValue(_versions)!.Select(sid => Sid.Parse(sid, SidKind.Version));
        var found = await new AssetVersionPipeline(context.Engine)
            .GetAsync(context.Settings, [.. sids], context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(
            found,
            AssetVersionsOutput.From(found),
            AssetVersionText.FormatProperties(found.Versions),
            AlwaysShown: true
        );
    }

    private static void RejectOthers(ArgumentResult result)
    {
        foreach (
            var value in result
                .Tokens.Select(token => token.Value)
                .Where(value => !OptionTokenGuard.LooksLikeOption(value) && !Sid.IsValid(value, SidKind.Version))
        )
        {
            result.AddError($"'{LogSanitizer.HideSecret(value)}' is not valid: expected {Expected}.");
        }
    }
}
