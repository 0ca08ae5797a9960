using Microsoft.Build.Framework;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Creates a Build from the manifest of each Service and the Environment's deployed contents, without deploying it.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class BuildServerlessAssets : ServiceTask
{
    /// <summary>
    /// The output of <see cref="CollectServerlessAssets"/>: Services without assets get no Build. If empty, all Services
    /// need a manifest.
    /// </summary>
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>The Builds, for <see cref="DeployServerlessAssets"/>: <c>ZB…</c> with <c>LiveBuildSid</c>.</summary>
    [Output]
    public ITaskItem[] Builds { get; private set; } = [];

    /// <summary>SID of the Build of the first Service: <c>ZB…</c>.</summary>
    [Output]
    public string BuildSid { get; private set; } = "";

    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var services = Assets.Select(asset => asset.GetMetadata(MetadataNames.Service)).ToHashSet();
        var result = await new ProjectPipeline(Context)
            .BuildAsync(Values, Assets.Length == 0 ? null : part => services.Contains(part.Key), cancellationToken)
            .ConfigureAwait(false);
        Builds = [.. result.GetServices().Select(AssetItems.FromBuild)];
        BuildSid = Builds[0].ItemSpec;
        Report(result);
        return true;
    }
}
