using Serverless.Assets.Upload;

namespace Serverless.Assets;

/// <summary>A complete run.</summary>
/// <param name="Assets">Sorted by path, ordinal.</param>
/// <param name="ManifestPath">Full path.</param>
/// <param name="IsManifestWritten">False: it was there already and said the same.</param>
/// <param name="Duration">Of the whole run.</param>
public sealed record UploadResult(
    string ServiceSid,
    string AccountSid,
    IReadOnlyList<UploadedAsset> Assets,
    string ManifestPath,
    bool IsManifestWritten,
    TimeSpan Duration
);
