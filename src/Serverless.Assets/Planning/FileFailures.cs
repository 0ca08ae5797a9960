using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Planning;

/// <summary>Converts a failure to read a file that was discovered to a diagnostic.</summary>
internal static class FileFailures
{
    public static Diagnostic Explain(Exception failure, LocalAsset asset) =>
        failure switch
        {
            FileNotFoundException or DirectoryNotFoundException => DiscoveryDiagnostics.FileVanished(
                asset.DisplayPath,
                asset.File
            ),
            LinkedFileException => DiscoveryDiagnostics.FileChanged(asset.DisplayPath, failure.Message, asset.File),
            NotRegularFileException { Kind: var kind } => DiscoveryDiagnostics.NotRegularFile(
                asset.DisplayPath,
                kind.Describe(),
                asset.File
            ),
            _ => DiscoveryDiagnostics.FileUnreadable(asset.DisplayPath, failure.Message, asset.File),
        };
}
