using Serverless.Assets.Deployment;

namespace Serverless.Assets.Cli.Output;

/// <summary>One Environment of <see cref="ListOutput"/>.</summary>
/// <param name="Assets">Null unless the Environment was named; so are the functions.</param>
internal sealed record ListOutputItem(
    string Name,
    string Sid,
    string Domain,
    string Url,
    string? BuildSid,
    string? Runtime,
    int AssetCount,
    int FunctionCount,
    IReadOnlyList<string> EarlierBuilds,
    IReadOnlyList<LiveAssetOutput>? Assets,
    IReadOnlyList<string>? Functions
)
{
    public static ListOutputItem Of(EnvironmentInfo environment, bool withContents) =>
        new(
            environment.Name,
            environment.Sid,
            environment.Domain,
            SiteAddress.Of(environment.Domain).AbsoluteUri,
            environment.BuildSid,
            environment.Runtime,
            environment.Assets.Count,
            environment.Functions.Count,
            environment.EarlierBuilds,
            withContents ? environment.Assets.Select(LiveAssetOutput.Of).ToList() : null,
            withContents ? environment.Functions : null
        );
}
