using Serverless.Assets.Deployment;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Results;

/// <summary>A Build, and how its contents differ from the Build that was live.</summary>
public sealed record BuildResult : OperationResult
{
    /// <param name="plan">What the Build contains.</param>
    /// <param name="manifest">
    /// What the plan was created from. Differs from the manifest that the run read if expired Asset Versions had to be
    /// uploaded again.
    /// </param>
    internal BuildResult(string buildSid, bool isReused, BuildPlan plan, AssetManifest manifest)
    {
        BuildSid = buildSid;
        IsReused = isReused;
        Plan = plan;
        Manifest = manifest;
    }

    public string ServiceSid => Manifest.ServiceSid;

    /// <summary><c>ZB…</c></summary>
    public string BuildSid { get; }

    /// <summary>A Build of the same contents existed.</summary>
    public bool IsReused { get; }

    /// <summary>The Build that was live when this one was planned; null: nothing was live.</summary>
    public string? LiveBuildSid => Plan.LiveBuildSid;

    /// <summary>How many Asset Versions it contains.</summary>
    public int AssetCount => Plan.Contents.AssetVersions.Count;

    /// <summary>How many Function Versions it contains, all of them from the live Build.</summary>
    public int FunctionCount => Plan.Contents.FunctionVersions.Count;

    internal BuildPlan Plan { get; }

    internal AssetManifest Manifest { get; }

    internal override string Service => ServiceSid;

    internal override IReadOnlyList<ComparedAsset> ComparedAssets => Plan.ComparedAssets;
}

/// <summary>A Build that an earlier step of the same process created or reused.</summary>
/// <param name="BuildSid"><c>ZB…</c></param>
/// <param name="LiveBuildSid">The Build that was live when it was planned; null: nothing was live.</param>
public sealed record CreatedBuild(string BuildSid, string? LiveBuildSid);
