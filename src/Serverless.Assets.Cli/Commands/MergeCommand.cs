using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets merge</c>.</summary>
internal sealed class MergeCommand : SettingsCommand
{
    private readonly Argument<string[]> _manifests = new("manifests")
    {
        Description = "Manifests of the same Service",
        Arity = ArgumentArity.OneOrMore,
    };

    public MergeCommand(CliConsole console)
        : base(console, SettingCommands.Merge, "Combine the manifests of several projects into one")
    {
        _manifests.Validators.Add(OptionFactory.RejectEmpty(_manifests.Name, "paths of manifests"));
        Arguments.Add(_manifests);
    }

    protected override Task<CommandOutput> RunAsync(CommandContext context)
    {
        var problems = new DiagnosticBag();
        problems.AddRange(context.Settings.FindProblems());
        problems.ThrowIfErrors();

        var project = context.Settings.Project.Directory;
        var merged = new MaintenancePipeline(context.Engine).Merge(
            [.. context.Values.GetValue(_manifests)!.Select(manifest => Path.GetFullPath(manifest, project))],
            context.Settings.ManifestPath
        );
        return Task.FromResult(new CommandOutput(merged, new MergeOutput(merged.ManifestPath, merged.Assets)));
    }
}
