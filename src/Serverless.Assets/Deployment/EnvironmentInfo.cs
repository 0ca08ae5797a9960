using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>An Environment of the Service.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="BuildSid">What is live; null: nothing.</param>
/// <param name="Assets">Live Asset Versions, sorted by path.</param>
/// <param name="Functions">Paths of the live Functions, sorted.</param>
/// <param name="EarlierBuilds">Builds that were live before, newest first.</param>
public sealed record EnvironmentInfo(
    string Name,
    string Sid,
    string? DomainSuffix,
    string Domain,
    string? BuildSid,
    string? Runtime,
    IReadOnlyList<LiveAsset> Assets,
    IReadOnlyList<string> Functions,
    IReadOnlyList<string> EarlierBuilds
)
{
    /// <summary>Finds an Environment by its unique name, or else by its domain suffix.</summary>
    /// <exception cref="AssetException">There is none.</exception>
    public static EnvironmentInfo Find(IReadOnlyList<EnvironmentInfo> environments, string name) =>
        environments.FirstOrDefault(environment => environment.Name == name)
        ?? environments.FirstOrDefault(environment => environment.DomainSuffix == name)
        ?? throw new AssetException(DeploymentDiagnostics.NothingLive(name));
}
