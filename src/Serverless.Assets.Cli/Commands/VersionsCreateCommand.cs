using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets versions create</c>.</summary>
internal sealed class VersionsCreateCommand : SettingsCommand
{
    private readonly Argument<string> _file = new("file") { Description = "File to upload, relative to the project" };

    public VersionsCreateCommand(CliConsole console)
        : base(
            console,
            SettingCommands.VersionsCreate,
            "Upload a file as a new version of an Asset, which is created if no Asset has the path"
        )
    {
        _file.Validators.Add(OptionFactory.RejectEmpty(_file.Name, "the path of a file"));
        Arguments.Add(_file);
        SettingOptions.RequireAsset();
        SettingOptions.RequireIf(
            VersionSettings.Asset,
            asset => asset!.Sid is not null,
            VersionSettings.VersionPath,
            $"{VersionSettings.Asset.Option} is a SID"
        );
    }

    protected override Task<CommandOutput> RunAsync(CommandContext context)
    {
        var pipeline = new AssetVersionPipeline(context.Engine);
        var local = pipeline.Collect(
            context.Settings,
            Path.GetFullPath(context.Values.GetValue(_file)!, context.Settings.Project.Directory),
            context.CancellationToken
        );
        var progress = new UploadProgress(total: 1);
        return EmulatorSession.RunAsync(
            context,
            async settings =>
            {
                var created = await TerminalProgress
                    .WhileAsync(
                        Console,
                        context.Logger,
                        context.IsJson,
                        progress,
                        context.Engine.Clock,
                        () => pipeline.CreateAsync(local, settings, progress, context.CancellationToken)
                    )
                    .ConfigureAwait(false);
                return new CommandOutput(
                    created,
                    CreatedVersionOutput.From(created),
                    "  It becomes live when a Build that contains it is deployed"
                );
            }
        );
    }
}
