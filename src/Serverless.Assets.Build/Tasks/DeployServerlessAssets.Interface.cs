namespace Serverless.Assets.Build.Tasks;

public sealed partial class DeployServerlessAssets
{
    /// <summary>The Build that <see cref="BuildServerlessAssets"/> made just now: <c>ZB…</c>; empty: it is made here.</summary>
    public string MadeBuildSid { get; set; } = "";

    /// <summary>What was live when it was made: if that is no longer so, it is made anew.</summary>
    public string MadeOverBuildSid { get; set; } = "";
}
