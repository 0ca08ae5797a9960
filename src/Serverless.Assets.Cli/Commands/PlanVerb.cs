using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets plan</c>.</summary>
internal static class PlanVerb
{
    public static Command Create(CliConsole console)
    {
        var collect = new CollectOptions();
        var service = new ServiceRunOptions();
        var deploy = new DeploySettingsOptions();
        var output = new OutputOptions();
        var command = new Command("plan", "Tells what an upload and a deployment would do, and changes nothing");
        collect.AddTo(command);
        command.Options.Add(deploy.OtherAssets);
        service.AddTo(command);
        output.AddTo(command);
        VerbRunner.SetAction(command, console, output, (parsed, host, _, cancellation) =>
        {
            var settings = service.Read(parsed, console, takesManifest: false);
            var pipeline = new AssetPipeline(host);
            var assets = pipeline.Collect(collect.Read(parsed, settings.ProjectDirectory), settings, cancellation: cancellation);
            return service.WithServiceAsync(parsed, settings, host, async open =>
            {
                var plan = await pipeline.PlanAsync(assets, deploy.Read(parsed, open), cancellation).ConfigureAwait(false);
                return new VerbResult(PlanSummary.Format(plan), PlanOutput.Of(plan).ToJson(), IsAnswer: true);
            }, cancellation);
        });
        return command;
    }
}
