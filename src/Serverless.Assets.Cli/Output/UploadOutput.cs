using System.Text.Json;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>upload --json</c>.</summary>
internal sealed record UploadOutput
{
    /// <summary>Null when there were no assets.</summary>
    public required string? ServiceSid { get; init; }

    public required string Manifest { get; init; }

    public required int Uploaded { get; init; }

    public required int Unchanged { get; init; }

    public required long Bytes { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<UploadOutputItem> Assets { get; init; }

    public static UploadOutput Of(UploadResult? result, string manifestPath) =>
        new()
        {
            ServiceSid = result?.ServiceSid,
            Manifest = manifestPath,
            Uploaded = result?.Assets.Count(asset => asset.Status == AssetStatus.Uploaded) ?? 0,
            Unchanged = result?.Assets.Count(asset => asset.Status == AssetStatus.Unchanged) ?? 0,
            Bytes = result?.Assets.Sum(asset => asset.Size) ?? 0,
            Seconds = Math.Round(result?.Duration.TotalSeconds ?? 0, 3),
            Assets = result?.Assets.Select(UploadOutputItem.Of).ToList() ?? [],
        };

    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.UploadOutput);
}
