using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets merge</c>.</summary>
internal static class MergeCommand
{
    public static Command Create(CliConsole console)
    {
        var manifests = new Argument<string[]>("manifests")
        {
            Description = "Manifests of one Service",
            Arity = ArgumentArity.OneOrMore,
        };
        manifests.Validators.Add(Texts.RefuseEmpty("a manifest"));
        var project = new ProjectOption();
        var target = new ManifestOption();
        var output = new OutputOptions();
        var command = new Command(
            "merge",
            "Joins the manifests of several projects into one, which goes live as a whole"
        );
        command.Arguments.Add(manifests);
        project.AddTo(command);
        target.AddTo(command);
        output.AddTo(command);
        CommandRunner.SetAction(
            command,
            console,
            project,
            output,
            call =>
            {
                var path = target.Path(call.Values, call.Project);
                var merged = new DeploymentPipeline(call.Host).Merge(
                    [.. call.Values.GetValue(manifests)!.Select(manifest => Path.GetFullPath(manifest, call.Project))],
                    path
                );
                return Task.FromResult(new CommandOutput(merged, new MergeOutput(merged.ManifestPath, merged.Assets)));
            }
        );
        return command;
    }
}
