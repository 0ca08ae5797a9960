using System.CommandLine;
using Serverless.Assets.Cli.Options;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What the verbs over what is live share: their common options, and how their work is run.</summary>
internal static class DeploymentCommand
{
    /// <param name="own">Options that only this verb has.</param>
    public static Command Create(
        CliConsole console,
        string name,
        string description,
        IReadOnlyList<Option> own,
        Func<DeploymentCommandContext, Task<CommandOutput>> work
    ) => Create(console, name, description, own, new DeploySettingsOptions(), work);

    /// <param name="deploy">Those of its options that the verb takes are among <paramref name="own"/>.</param>
    public static Command Create(
        CliConsole console,
        string name,
        string description,
        IReadOnlyList<Option> own,
        DeploySettingsOptions deploy,
        Func<DeploymentCommandContext, Task<CommandOutput>> work
    )
    {
        var service = new ServiceRunOptions();
        var output = new OutputOptions();
        var command = new Command(name, description);
        foreach (var option in own)
        {
            command.Options.Add(option);
        }

        service.AddTo(command);
        output.AddTo(command);
        CommandRunner.SetAction(
            command,
            console,
            service.Project,
            output,
            call =>
                service.WithServiceAsync(
                    call.Values,
                    service.Read(call.Values, call.Project, takesManifest: true),
                    call.Host,
                    open =>
                        work(
                            new DeploymentCommandContext(
                                new DeploymentPipeline(call.Host),
                                deploy.Read(call.Values, open),
                                call.Values,
                                call.Logger,
                                service.NamesEnvironment(call.Values),
                                call.IsJson,
                                call.Cancellation
                            )
                        ),
                    call.Cancellation
                )
        );
        return command;
    }
}
