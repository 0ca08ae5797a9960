using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Configuration;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets plan</c>.</summary>
internal static class PlanVerb
{
    public static Command Create(CliConsole console)
    {
        var collect = new CollectOptions();
        var service = new ServiceSettingsOptions();
        var output = new OutputOptions();
        var command = new Command("plan", "Tells what an upload would do, and changes nothing");
        collect.AddTo(command);
        service.AddTo(command);
        output.AddTo(command);
        command.SetAction((parsed, cancellation) => VerbRunner.RunAsync(console, output.Verbosity(parsed), async (host, _) =>
        {
            var request = collect.Read(parsed, console.CurrentDirectory);
            var settings = service.Read(parsed, request.ProjectDirectory);
            var pipeline = new AssetPipeline(host);
            var plan = await pipeline.PlanAsync(pipeline.Collect(request, settings), new DeploySettings { Service = settings }, cancellation).ConfigureAwait(false);
            await console.Out.WriteLineAsync(output.Json(parsed) ? PlanOutput.Of(plan).ToJson() : PlanText.Format(plan)).ConfigureAwait(false);
        }, cancellation));
        return command;
    }
}
