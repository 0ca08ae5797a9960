using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets upload</c>.</summary>
internal static class UploadCommand
{
    public static Command Create(CliConsole console)
    {
        var collect = new CollectOptions();
        var service = new ServiceRunOptions();
        var output = new OutputOptions();
        var command = new Command("upload", "Uploads what is new or changed, and writes the manifest");
        collect.AddTo(command);
        service.AddTo(command);
        output.AddTo(command);
        CommandRunner.SetAction(
            command,
            console,
            service.Project,
            output,
            call =>
            {
                var settings = service.Read(call.Values, call.Project, takesManifest: false);
                var assets = new AssetCollector(call.Host).Collect(
                    collect.Read(call.Values, settings.ProjectDirectory),
                    settings,
                    cancellationToken: call.Cancellation
                );
                var pipeline = new UploadPipeline(call.Host);
                return service.WithServiceAsync(
                    call.Values,
                    settings,
                    call.Host,
                    async open =>
                    {
                        var result = await TerminalProgress
                            .WhileAsync(
                                console,
                                call.Logger,
                                call.IsJson,
                                pipeline.Progress,
                                call.Host.Clock,
                                () => pipeline.UploadAsync(assets, open, call.Cancellation)
                            )
                            .ConfigureAwait(false);
                        return new CommandOutput(
                            result,
                            UploadOutput.From(result, open.ManifestPath),
                            result is null ? "" : UploadSummary.Format(result)
                        );
                    },
                    call.Cancellation
                );
            }
        );
        return command;
    }
}
