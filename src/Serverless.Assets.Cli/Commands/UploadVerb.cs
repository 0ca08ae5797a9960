using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets upload</c>.</summary>
internal static class UploadVerb
{
    public static Command Create(CliConsole console)
    {
        var collect = new CollectOptions();
        var service = new ServiceSettingsOptions();
        var output = new OutputOptions();
        var command = new Command("upload", "Uploads what is new or changed, and writes the manifest");
        collect.AddTo(command);
        service.AddTo(command);
        output.AddTo(command);
        command.SetAction((parsed, cancellation) => VerbRunner.RunAsync(console, output.Verbosity(parsed), async (host, _) =>
        {
            var request = collect.Read(parsed, console.CurrentDirectory);
            var settings = service.Read(parsed, request.ProjectDirectory);
            var pipeline = new AssetPipeline(host);
            var result = await pipeline.UploadAsync(pipeline.Collect(request, settings), settings, cancellation).ConfigureAwait(false);
            if (output.Json(parsed))
            {
                await console.Out.WriteLineAsync(UploadOutput.Of(result, settings.ManifestPath).ToJson()).ConfigureAwait(false);
            }
            else if (result is not null && output.Verbosity(parsed) > Verbosity.Quiet)
            {
                await console.Out.WriteLineAsync(UploadSummary.Format(result)).ConfigureAwait(false);
            }
        }, cancellation));
        return command;
    }
}
