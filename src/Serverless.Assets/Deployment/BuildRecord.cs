namespace Serverless.Assets.Deployment;

/// <summary>What the making of a Build did: the content of <c>serverless-assets.build.json</c>.</summary>
internal sealed record BuildRecord
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required string ServiceSid { get; init; }

    public required string BuildSid { get; init; }

    /// <summary>Unique name of the Environment whose live Build was carried over.</summary>
    public required string Environment { get; init; }

    /// <summary>The Build that was carried over; null: nothing was live.</summary>
    public required string? LiveBuildSid { get; init; }
}
