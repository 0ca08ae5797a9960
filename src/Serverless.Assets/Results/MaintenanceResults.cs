using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>A site that holds what the manifest names.</summary>
/// <param name="Environment">Unique name.</param>
/// <param name="Assets">How many assets were compared: all of the manifest.</param>
public sealed record VerifyResult(string ServiceSid, string Environment, Uri Url, int Assets) : OperationResult
{
    internal override string Service => ServiceSid;
}

/// <summary>Assets that nothing live uses and the manifest does not name.</summary>
/// <param name="Assets">Names (paths) and SIDs, sorted by name.</param>
/// <param name="IsDeleted">False: there were none, or nobody confirmed the deletion.</param>
public sealed record PruneResult(string ServiceSid, IReadOnlyList<(string Name, string Sid)> Assets, bool IsDeleted)
    : OperationResult
{
    internal override string Service => ServiceSid;

    /// <summary>A line for each Asset, to show before the deletion.</summary>
    internal IEnumerable<SanitizedText> Lines =>
        Assets.Select(asset => (SanitizedText)$"  unused  {asset.Sid}  {asset.Name}");
}

/// <summary>An Environment that was deleted together with its site.</summary>
/// <param name="Environment">Unique name.</param>
/// <param name="Domain">Host name of the site; null: there is no such Environment.</param>
public sealed record RemoveResult(string ServiceSid, string Environment, string? Domain) : OperationResult
{
    internal override string Service => ServiceSid;
}

/// <summary>The Environments of a Service.</summary>
/// <param name="Environments">Sorted by name.</param>
public sealed record ListResult(string ServiceSid, IReadOnlyList<EnvironmentInfo> Environments) : OperationResult
{
    internal override string Service => ServiceSid;
}

/// <summary>A manifest that was merged from several.</summary>
/// <param name="ManifestPath">Full path.</param>
/// <param name="Manifests">How many manifests were merged.</param>
/// <param name="Assets">How many assets the merged manifest names.</param>
public sealed record MergeResult(string ServiceSid, string ManifestPath, int Manifests, int Assets) : OperationResult
{
    internal override string Service => ServiceSid;
}
