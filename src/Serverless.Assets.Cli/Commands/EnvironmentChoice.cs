using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Commands;

/// <summary>Chooses an Environment as the core does: by unique name, else by domain suffix.</summary>
internal static class EnvironmentChoice
{
    /// <exception cref="AssetException">There is none.</exception>
    public static EnvironmentInfo Of(IReadOnlyList<EnvironmentInfo> environments, string name) =>
        environments.FirstOrDefault(environment => environment.Name == name)
        ?? environments.FirstOrDefault(environment => environment.DomainSuffix == name)
        ?? throw new AssetException(DeploymentDiagnostics.NothingLive(name));
}
