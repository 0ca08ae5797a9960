using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets plan</c>.</summary>
internal static class PlanCommand
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
                        var plan = await pipeline
                            .PlanAsync(assets, deploy.Read(call.Values, open), call.Cancellation)
                            .ConfigureAwait(false);
                        return new CommandOutput(plan, PlanOutput.From(plan), PlanSummary.Format(plan), IsAnswer: true);
                    },
                    call.Cancellation
                );
            }
        );
        return command;
    }
}
