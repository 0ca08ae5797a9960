namespace Serverless.Assets.Deployment;

/// <summary>A complete Build.</summary>
/// <param name="BuildSid"><c>ZB…</c></param>
/// <param name="LiveBuildSid">The Build that was carried over; null: nothing was live.</param>
/// <param name="IsReused">One of the same contents existed.</param>
/// <param name="Assets">Asset Versions in it.</param>
/// <param name="Functions">Function Versions that were carried over.</param>
public sealed record BuildResult(
    string ServiceSid,
    string BuildSid,
    string? LiveBuildSid,
    bool IsReused,
    int Assets,
    int Functions
);
