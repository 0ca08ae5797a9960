using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>verify --json</c>.</summary>
/// <param name="Environment">As the user named it.</param>
internal sealed record VerifyOutput(string Environment, int Verified) : JsonOutput;

/// <summary>The result of <c>remove --json</c>.</summary>
/// <param name="Environment">As the user named it.</param>
internal sealed record RemoveOutput(string Environment, string? Domain, bool Removed) : JsonOutput;

/// <summary>The result of <c>merge --json</c>.</summary>
internal sealed record MergeOutput(string Manifest, int Assets) : JsonOutput;

/// <summary>The result of <c>prune --json</c>.</summary>
internal sealed record PruneOutput(bool Deleted, IReadOnlyList<PruneOutputItem> Assets) : JsonOutput
{
    public static PruneOutput From(PruneResult result) =>
        new(result.IsDeleted, result.Assets.Select(asset => new PruneOutputItem(asset.Name, asset.Sid)).ToList());
}

internal sealed record PruneOutputItem(string Name, string AssetSid);
