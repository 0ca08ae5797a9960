using Serverless.Assets.Client;
using Serverless.Assets.Results;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>remove --json</c>.</summary>
/// <param name="Environment">As the user named it.</param>
internal sealed record RemoveOutput(string Environment, string? Domain, bool Removed) : JsonOutput;

/// <summary>The result of <c>merge --json</c>.</summary>
internal sealed record MergeOutput(string Manifest, int Assets) : JsonOutput;

/// <summary>The result of <c>prune --json</c>.</summary>
internal sealed record PruneOutput(
    bool Deleted,
    IReadOnlyList<PruneOutputItem> Assets,
    IReadOnlyList<PrunePreviewItem> Previews
) : JsonOutput
{
    public static PruneOutput From(PruneResult? result) =>
        new(
            result?.IsDeleted ?? false,
            result is AssetPruneResult assets
                ? [.. assets.Assets.Select(asset => new PruneOutputItem(asset.Name, asset.Sid))]
                : [],
            result is PreviewPruneResult previews ? [.. previews.Previews.Select(PrunePreviewItem.From)] : []
        );
}

internal sealed record PruneOutputItem(string Name, string AssetSid);

/// <param name="LastDeployed">Null: never, or it is unknown.</param>
internal sealed record PrunePreviewItem(string Name, string EnvironmentSid, string Domain, DateTimeOffset? LastDeployed)
{
    public static PrunePreviewItem From(AbandonedPreview preview) =>
        new(preview.Name, preview.Sid, preview.Domain, preview.WasDeployed ? preview.Date : null);
}

/// <summary>The result of <c>list --json</c>.</summary>
internal sealed record ListOutput(IReadOnlyList<ListOutputItem> Environments) : JsonOutput
{
    public static ListOutput From(ListResult list, bool withContents) =>
        new(list.Environments.Select(environment => ListOutputItem.From(environment, withContents)).ToList());
}

/// <param name="Source">Of the live Build; null if the site has no state file.</param>
/// <param name="EarlierSources">Of the <c>EarlierBuilds</c>, as far as the state file records them.</param>
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
    BuildSourceOutput? Source,
    IReadOnlyList<string> EarlierBuilds,
    IReadOnlyList<BuildSourceOutput> EarlierSources,
    IReadOnlyList<LiveAssetOutput>? Assets,
    IReadOnlyList<string>? Functions
)
{
    public static ListOutputItem From(EnvironmentInfo environment, bool withContents) =>
        new(
            environment.Name,
            environment.Sid,
            environment.Site.Domain,
            environment.Site.Url.AbsoluteUri,
            environment.BuildSid,
            environment.Runtime,
            environment.Assets.Count,
            environment.Functions.Count,
            environment is { BuildSid: { } live, Deployment: { } deployment }
                ? BuildSourceOutput.From(live, deployment)
                : null,
            [.. environment.EarlierBuilds.Select(build => build.Sid.ToString())],
            [
                .. environment
                    .EarlierBuilds.Where(build => build.Deployment is not null)
                    .Select(build => BuildSourceOutput.From(build.Sid, build.Deployment!)),
            ],
            withContents ? environment.Assets.Select(LiveAssetOutput.From).ToList() : null,
            withContents ? environment.Functions : null
        );
}

/// <summary>Where a Build comes from, and when it was planned.</summary>
internal sealed record BuildSourceOutput(
    string BuildSid,
    string? Commit,
    string? Branch,
    string? Run,
    DateTimeOffset Time
)
{
    public static BuildSourceOutput From(Sid build, SiteDeployment deployment) =>
        new(build, deployment.Commit, deployment.Branch, deployment.Run, deployment.Time);
}
