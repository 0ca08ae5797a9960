using Serverless.Assets.Client;
using Serverless.Assets.Results;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>upload --json</c>.</summary>
internal sealed record UploadOutput : JsonOutput
{
    /// <summary>Null if there are no assets.</summary>
    public required string? ServiceSid { get; init; }

    /// <summary>Null if there are no assets.</summary>
    public required string? Manifest { get; init; }

    public required int Uploaded { get; init; }

    public required int Unchanged { get; init; }

    /// <summary>The total size of all files.</summary>
    public required long Bytes { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<UploadOutputItem> Assets { get; init; }

    public static UploadOutput From(UploadResult? result) =>
        new()
        {
            ServiceSid = result?.ServiceSid,
            Manifest = result?.ManifestPath,
            Uploaded = result?.UploadedCount ?? 0,
            Unchanged = result?.UnchangedCount ?? 0,
            Bytes = result?.Assets.Sum(asset => asset.Size) ?? 0,
            Seconds = Math.Round(result?.Duration.TotalSeconds ?? 0, 3),
            Assets = result?.Assets.Select(UploadOutputItem.From).ToList() ?? [],
        };

    public override JsonOutput With(IReadOnlyList<JsonOutput> services)
    {
        var uploads = services.OfType<UploadOutput>().ToList();
        return this with
        {
            Uploaded = uploads.Sum(upload => upload.Uploaded),
            Unchanged = uploads.Sum(upload => upload.Unchanged),
            Bytes = uploads.Sum(upload => upload.Bytes),
            Seconds = Math.Round(uploads.Sum(upload => upload.Seconds), 3),
            Assets = [.. uploads.SelectMany(upload => upload.Assets)],
            Services = services,
        };
    }
}

internal sealed record UploadOutputItem(
    string Path,
    string Visibility,
    string Status,
    string AssetVersionSid,
    string AssetSid,
    long Size,
    string Sha256
)
{
    public static UploadOutputItem From(UploadedAsset asset) =>
        new(
            asset.Local.Path,
            asset.Local.Visibility.ToWireValue(),
            asset.Status == AssetStatus.Uploaded ? "uploaded" : "unchanged",
            asset.AssetVersionSid,
            asset.AssetSid,
            asset.Size,
            asset.Sha256
        );
}
