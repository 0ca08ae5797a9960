using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>
/// A Deployment that was requested and not confirmed: the run was canceled or failed before it knew the result.
/// </summary>
/// <param name="Environment">The unique name.</param>
/// <param name="BuildSid">The Build to deploy.</param>
/// <param name="Live">What was live immediately afterwards.</param>
internal sealed record InterruptedDeployment(
    Sid ServiceSid,
    string Environment,
    Uri Url,
    Sid BuildSid,
    LiveBuildStatus Live
) : OperationResult
{
    /// <summary>The Build that the operation created or reused; null if it was to deploy a given one.</summary>
    public BuildResult? Build { get; init; }

    internal override Sid? Service => ServiceSid;
}
