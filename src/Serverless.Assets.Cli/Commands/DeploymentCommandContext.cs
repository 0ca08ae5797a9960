using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What a verb over what is live works with.</summary>
/// <param name="NamesEnvironment">Whether the Environment was named, and is not the default.</param>
internal sealed record DeploymentCommandContext(
    DeploymentPipeline Pipeline,
    DeploymentSettings Settings,
    OptionValues Values,
    ConsoleLogger Logger,
    bool NamesEnvironment,
    bool IsJson,
    CancellationToken Cancellation
);
