using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Deletes the Assets that no deployed Build contains and the manifest does not list, after showing them.</summary>
[MSBuildMultiThreadableTask]
public sealed class PruneServerlessAssets : SettingsTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var result = await new DeploymentPipeline(Context)
            .PruneAsync(Values, ShowAndAsk, cancellationToken)
            .ConfigureAwait(false);
        Logger.Log(
            LogLevel.Summary,
            $"Serverless assets: {(result.IsDeleted ? result.Assets.Count : 0)} Assets deleted"
        );
        return true;
    }

    private bool ShowAndAsk(IReadOnlyList<(string Name, string Sid)> assets)
    {
        Logger.Log(LogLevel.Summary, $"Serverless assets: nothing live holds these {assets.Count} Assets:");
        foreach (var (name, sid) in assets)
        {
            Logger.Log(LogLevel.Summary, $"  {sid}  {name}");
        }

        return Values.Get(SettingTable.Yes);
    }
}
