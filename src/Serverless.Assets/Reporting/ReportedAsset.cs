using Serverless.Assets.Client;

namespace Serverless.Assets.Reporting;

/// <summary>An asset in a report.</summary>
/// <param name="Path">Its path in the site: <c>/css/site.css</c>.</param>
/// <param name="Size">Bytes; null: not known, as this run does not have the file.</param>
/// <param name="File">As the manifest names it: <c>assets/css/site.css</c>; null: this run does not have it.</param>
/// <param name="AssetVersionSid"><c>ZN…</c>; empty: a plan, which makes none.</param>
public sealed record ReportedAsset(
    string Path,
    Visibility Visibility,
    AssetChange Change,
    long? Size,
    string? File,
    string AssetVersionSid
);
