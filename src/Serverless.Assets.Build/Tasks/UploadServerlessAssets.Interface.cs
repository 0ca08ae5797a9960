using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

public sealed partial class UploadServerlessAssets
{
    /// <summary>What <see cref="CollectServerlessAssets"/> found.</summary>
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>Name of the project, which begins the line that the terminal shows at its end: <c>MyApp</c>; empty: a later task says more.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>Shown after the summary: how to look at what was uploaded.</summary>
    public string Hint { get; set; } = "";

    /// <summary><c>ZN…</c> with <c>AssetPath</c>, <c>Visibility</c>, <c>AssetSid</c>, <c>ContentType</c>, <c>Sha256</c>, <c>Size</c>, <c>SourceFile</c>, <c>Status</c>.</summary>
    [Output]
    public ITaskItem[] AssetVersions { get; private set; } = [];

    /// <summary>SID of the Service: <c>ZS…</c>, also when only its name was given.</summary>
    [Output]
    public string UploadedServiceSid { get; private set; } = "";
}
