using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets deploy</c>.</summary>
internal sealed class DeployCommand(CliConsole console)
    : DeploymentCommand(console, SettingCommands.Deploy, "Deploy the assets of the manifest to an Environment")
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var deployed = await pipeline
            .DeployAsync(context.Settings, created: null, context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(deployed, DeploymentOutput.From(deployed));
    }
}

/// <summary><c>serverless-assets rollback</c>.</summary>
internal sealed class RollbackCommand : DeploymentCommand
{
    public RollbackCommand(CliConsole console)
        : base(console, SettingCommands.Rollback, "Deploy the previous Build of an Environment, or a given one") =>
        // An empty value would otherwise mean the previous Build.
        SettingOptions.Find(SettingTable.RollbackTo)!.Validators.Add(OptionFactory.RejectEmpty("the SID of a Build"));

    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var rolledBack = await pipeline
            .RollbackAsync(context.Settings, context.Settings.Get(SettingTable.RollbackTo), context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(rolledBack, DeploymentOutput.From(rolledBack));
    }
}

/// <summary><c>serverless-assets promote</c>.</summary>
internal sealed class PromoteCommand : DeploymentCommand
{
    private readonly Option<string> _from = new("--from")
    {
        Description = "Environment whose deployed Build to use",
        Required = true,
    };

    public PromoteCommand(CliConsole console)
        : base(console, SettingCommands.Promote, "Deploy the Build of one Environment to another")
    {
        _from.Validators.Add(OptionFactory.RejectEmpty(EnvironmentName));
        Options.Add(_from);
        SettingOptions.Require(SettingTable.Environment, EnvironmentName);
    }

    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var promoted = await pipeline
            .PromoteAsync(context.Settings, context.Values.GetValue(_from)!, context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(promoted, DeploymentOutput.From(promoted));
    }
}

/// <summary><c>serverless-assets build</c>.</summary>
internal sealed class BuildCommand(CliConsole console)
    : DeploymentCommand(
        console,
        SettingCommands.Build,
        "Create a Build from the manifest and the deployed contents, without deploying it"
    )
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var built = await pipeline.BuildAsync(context.Settings, context.CancellationToken).ConfigureAwait(false);
        return new CommandOutput(built, BuildOutput.From(built, context.Settings.Get(SettingTable.Environment)));
    }
}

/// <summary><c>serverless-assets verify</c>.</summary>
internal sealed class VerifyCommand(CliConsole console)
    : DeploymentCommand(console, SettingCommands.Verify, "Fetch the site and compare it with the manifest")
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var verified = await pipeline.VerifyAsync(context.Settings, context.CancellationToken).ConfigureAwait(false);
        return new CommandOutput(
            verified,
            new VerifyOutput(context.Settings.Get(SettingTable.Environment), verified.Assets)
        );
    }
}
