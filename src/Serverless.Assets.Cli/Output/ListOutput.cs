using Serverless.Assets.Deployment;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>list --json</c>.</summary>
internal sealed record ListOutput(IReadOnlyList<ListOutputItem> Environments) : JsonOutput
{
    public static ListOutput From(ListResult list, bool withContents) =>
        new(list.Environments.Select(environment => ListOutputItem.From(environment, withContents)).ToList());
}

/// <param name="Assets">Like <c>Functions</c>, null unless the user named the Environment.</param>
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
    public static ListOutputItem From(EnvironmentInfo environment, bool withContents) =>
        new(
            environment.Name,
            environment.Sid,
            environment.Domain,
            SiteAddress.FromDomain(environment.Domain).AbsoluteUri,
            environment.BuildSid,
            environment.Runtime,
            environment.Assets.Count,
            environment.Functions.Count,
            environment.EarlierBuilds,
            withContents ? environment.Assets.Select(LiveAssetOutput.From).ToList() : null,
            withContents ? environment.Functions : null
        );
}
