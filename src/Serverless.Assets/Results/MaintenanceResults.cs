using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>An Environment that was deleted with its site.</summary>
/// <param name="Environment">The unique name.</param>
/// <param name="Domain">The host name of the site; null if the Environment did not exist.</param>
internal sealed record RemoveResult(Sid ServiceSid, string Environment, string? Domain) : OperationResult
{
    internal override Sid? Service => ServiceSid;
}

/// <summary>
/// A removal that was requested and not confirmed: the run was canceled or failed before it knew the result.
/// </summary>
/// <param name="Environment">The unique name.</param>
/// <param name="Exists">Whether it existed immediately afterwards; null if that is unknown.</param>
internal sealed record InterruptedRemoval(Sid ServiceSid, string Environment, bool? Exists) : OperationResult
{
    /// <summary>A clause for messages, such as <c>the Environment dev still exists</c>.</summary>
    public string Status =>
        Exists switch
        {
            true => $"the Environment {Environment} still exists",
            false => $"the Environment {Environment} no longer exists",
            null => $"it is unknown whether the Environment {Environment} still exists",
        };

    internal override Sid? Service => ServiceSid;
}

/// <summary>The Environments of a Service.</summary>
/// <param name="Environments">Sorted by name.</param>
internal sealed record ListResult(Sid ServiceSid, IReadOnlyList<EnvironmentInfo> Environments) : OperationResult
{
    internal override Sid? Service => ServiceSid;
}

/// <summary>A merged manifest.</summary>
/// <param name="ManifestPath">The full path.</param>
/// <param name="Manifests">The number of manifests that were merged.</param>
/// <param name="Assets">The number of assets in the merged manifest.</param>
internal sealed record MergeResult(Sid ServiceSid, string ManifestPath, int Manifests, int Assets) : OperationResult
{
    internal override Sid? Service => ServiceSid;
}
