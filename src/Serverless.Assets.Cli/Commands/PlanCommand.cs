using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Discovery;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets plan</c>.</summary>
internal sealed class PlanCommand : SettingsCommand
{
    private readonly SourceArgument _sources = new();

    public PlanCommand(CliConsole console)
        : base(console, SettingCommands.Plan, "Show what an upload and a deployment would change") =>
        _sources.AddTo(this);

    protected override Task<CommandOutput> RunAsync(CommandContext context)
    {
        var assets = new AssetCollector(context.Engine).Collect(
            _sources.Read(context.Values, context.Settings) with
            {
                LastStep = LastStep.Build,
            },
            context.CancellationToken
        );
        var pipeline = new ProjectPipeline(context.Engine);
        return EmulatorSession.RunAsync(
            context,
            async settings =>
            {
                var plan = await pipeline.PlanAsync(assets, settings, context.CancellationToken).ConfigureAwait(false);
                return CommandOutput.From<UploadPlan>(
                    plan,
                    part => PlanOutput.From(part!),
                    PlanSummary.Format,
                    alwaysShown: true
                );
            }
        );
    }
}
