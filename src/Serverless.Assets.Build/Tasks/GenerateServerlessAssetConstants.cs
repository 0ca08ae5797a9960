using Microsoft.Build.Framework;
using Serverless.Assets.Constants;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Writes the C# constants of the asset paths. No network.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class GenerateServerlessAssetConstants : AssetTask
{
    private protected override Task<bool> ExecuteAsync(CancellationToken cancellation)
    {
        var request = AssetItems.ToRequest(ProjectDirectory, Folders, Files, VisibilityFromFileName, PathCharacters);
        new AssetPipeline(Host).GenerateConstants(request, new ConstantsSettings
        {
            OutputFile = OutputFile,
            Namespace = Namespace,
            ClassName = ClassName,
            ManifestPath = ManifestPath,
        }, cancellation);
        return Task.FromResult(true);
    }
}
