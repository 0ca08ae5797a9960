using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Discovery;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets upload</c>.</summary>
internal sealed class UploadCommand : SettingsCommand
{
    private readonly SourceArgument _sources = new();

    public UploadCommand(CliConsole console)
        : base(console, SettingCommands.Upload, "Upload the files that are new or changed, and write the manifest") =>
        _sources.AddTo(this);

    protected override Task<CommandOutput> RunAsync(CommandContext context)
    {
        var assets = new AssetCollector(context.Engine).Collect(
            _sources.Read(context.Values, context.Settings) with
            {
                LastStep = LastStep.Upload,
            },
            context.CancellationToken
        );
        var progress = new UploadProgress(assets.Count);
        return EmulatorSession.RunAsync(
            context,
            async settings =>
            {
                var result = await TerminalProgress
                    .WhileAsync(
                        Console,
                        context.Logger,
                        context.IsJson,
                        progress,
                        context.Engine.Clock,
                        () =>
                            new ProjectPipeline(context.Engine).UploadAsync(
                                assets,
                                settings,
                                progress,
                                context.CancellationToken
                            )
                    )
                    .ConfigureAwait(false);
                return CommandOutput.From<UploadResult>(result, UploadOutput.From, UploadSummary.Format);
            }
        );
    }
}
