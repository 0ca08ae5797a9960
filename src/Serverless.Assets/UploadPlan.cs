using Serverless.Assets.Deployment;

namespace Serverless.Assets;

/// <summary>What an upload and a deployment would do now.</summary>
/// <param name="ServiceSid">Null: the Service does not exist yet, and would be created.</param>
/// <param name="Environment">Name of the Environment that is compared with.</param>
/// <param name="LiveBuildSid">Null: nothing is live there.</param>
/// <param name="Assets">Sorted by path, ordinal.</param>
/// <param name="Kept">Live assets that are not among them and would stay, sorted by path.</param>
/// <param name="Removed">Live assets that are not among them and would go, sorted by path.</param>
public sealed record UploadPlan(
    string? ServiceSid,
    string Environment,
    string? LiveBuildSid,
    IReadOnlyList<PlannedUpload> Assets,
    IReadOnlyList<LiveAsset> Kept,
    IReadOnlyList<LiveAsset> Removed
);
