using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Results;

/// <summary>A created or reused Build, and how its contents differ from the live Build.</summary>
internal sealed record BuildResult : OperationResult
{
    /// <param name="plan">The contents of the Build.</param>
    /// <param name="manifest">
    /// The manifest that the plan is based on. Differs from the manifest that the run read if expired Asset Versions
    /// had to be uploaded again.
    /// </param>
    internal BuildResult(Sid buildSid, bool isReused, BuildPlan plan, AssetManifest manifest)
    {
        BuildSid = buildSid;
        IsReused = isReused;
        Plan = plan;
        Manifest = manifest;
    }

    public Sid ServiceSid => Manifest.ServiceSid;

    /// <summary><c>ZB…</c></summary>
    public Sid BuildSid { get; }

    /// <summary>Whether a Build with the same contents already existed.</summary>
    public bool IsReused { get; }

    /// <summary>The Build that was live when this one was planned; null if nothing was live.</summary>
    public Sid? LiveBuildSid => Plan.LiveBuildSid;

    /// <summary>The number of Asset Versions in the Build.</summary>
    public int AssetCount => Plan.Contents.AssetVersions.Count;

    /// <summary>The number of Function Versions in the Build, all taken from the live Build.</summary>
    public int FunctionCount => Plan.Contents.FunctionVersions.Count;

    internal BuildPlan Plan { get; }

    internal AssetManifest Manifest { get; }

    internal override Sid? Service => ServiceSid;

    internal override IReadOnlyList<ComparedAsset> ComparedAssets => Plan.ComparedAssets;
}
