using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

public sealed partial class BuildServerlessAssets
{
    /// <summary>SID of the Build: <c>ZB…</c>.</summary>
    [Output]
    public string BuildSid { get; private set; } = "";

    /// <summary>SID of the Build that was live when it was made; empty: none was.</summary>
    [Output]
    public string LiveBuildSid { get; private set; } = "";
}
