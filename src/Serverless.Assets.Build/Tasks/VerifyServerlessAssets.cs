using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Fetches the site and compares it with the manifest.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyServerlessAssets : SettingsTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var verified = await new DeploymentPipeline(Context)
            .VerifyAsync(Values, cancellationToken)
            .ConfigureAwait(false);
        Logger.Log(
            LogLevel.Summary,
            $"Serverless assets: {verified} assets in {Values.Get(SettingTable.Environment)} are as they should be"
        );
        return true;
    }
}
