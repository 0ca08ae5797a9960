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
        var service = new ServiceRunOptions();
        var output = new OutputOptions();
        var command = new Command("upload", "Uploads what is new or changed, and writes the manifest");
        collect.AddTo(command);
        service.AddTo(command);
        output.AddTo(command);
        VerbRunner.SetAction(command, console, output, (parsed, host, logger, cancellation) =>
        {
            var settings = service.Read(parsed, console, takesManifest: false);
            var pipeline = new AssetPipeline(host);
            var assets = pipeline.Collect(collect.Read(parsed, settings.ProjectDirectory), settings, cancellation: cancellation);
            return service.WithServiceAsync(parsed, settings, host, async open =>
            {
                var result = await LiveProgress.WhileAsync(
                    console, logger, output.Json(parsed), pipeline.Progress, host.Clock, () => pipeline.UploadAsync(assets, open, cancellation)).ConfigureAwait(false);
                return new VerbResult(result is null ? null : UploadSummary.Format(result), UploadOutput.Of(result, open.ManifestPath).ToJson());
            }, cancellation);
        });
        return command;
    }
}
