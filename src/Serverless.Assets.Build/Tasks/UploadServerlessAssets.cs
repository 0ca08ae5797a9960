using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Uploads what is new or changed, and writes the manifest.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class UploadServerlessAssets : ServiceTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (Host.Environment("MSBUILDLOGALLENVIRONMENTVARIABLES") is { Length: > 0 } && !UseEmulator)
        {
            Logger.Warn(ConfigurationDiagnostics.EnvironmentIsLogged());
        }

        var assets = Assets.Select(AssetItems.ToAsset).ToList();
        if (
            await new UploadPipeline(Host).UploadAsync(assets, ReadSettings(), cancellationToken).ConfigureAwait(false)
            is not { } result
        )
        {
            return true;
        }

        AssetVersions = result.Assets.Select(AssetItems.FromUploaded).ToArray();
        UploadedServiceSid = result.ServiceSid;
        Report(result);
        Log.LogMessage(MessageImportance.Low, "{0}", UploadSummary.Format(result));
        if (Hint.Length > 0)
        {
            Log.LogMessage(MessageImportance.High, "  {0}", LogSanitizer.EscapeWhole(Hint));
        }

        if (ProjectName.Length > 0)
        {
            // The terminal logger shows no message but one of this form, as the end of the project's line.
            Log.LogMessage(
                MessageImportance.High,
                "{0} -> {1}",
                LogSanitizer.EscapeWhole(ProjectName),
                LogSanitizer.EscapeWhole(result.ManifestPath)
            );
        }

        return true;
    }
}
