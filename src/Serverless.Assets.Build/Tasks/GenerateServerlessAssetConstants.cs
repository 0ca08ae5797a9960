using Microsoft.Build.Framework;
using Serverless.Assets.CodeGeneration;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Writes the C# constants of the asset paths. No network.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class GenerateServerlessAssetConstants : AssetTask
{
    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var request = AssetItems.ToRequest(
            ProjectDirectory,
            Folders,
            Files,
            VisibilityFromFileName,
            PathCharacters
        ) with
        {
            Published = WebRoot.Length == 0 ? null : new PublishedSite { Folder = WebRoot, IsOptional = true },
        };
        new ConstantsGenerator(Host).Generate(
            request,
            new ConstantsSettings
            {
                OutputFile = OutputFile,
                Namespace = Namespace,
                ClassName = ClassName,
                ManifestPath = ManifestPath,
            },
            cancellationToken
        );
        return Task.FromResult(true);
    }
}
