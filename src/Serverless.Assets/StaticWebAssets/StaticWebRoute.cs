namespace Serverless.Assets.StaticWebAssets;

/// <summary>A route of the SDK's list.</summary>
/// <param name="Route">URL path without the first slash: <c>js/app.5fz2kq8w1c.js</c>.</param>
/// <param name="AssetFile">The file below <c>wwwroot</c>, with <c>/</c>: <c>js/app.js</c>.</param>
/// <param name="Fingerprint">What stands for the content in the name; null when the route has none.</param>
/// <param name="IsEncoded">Whether it answers with a compressed copy.</param>
internal sealed record StaticWebRoute(string Route, string AssetFile, string? Fingerprint, bool IsEncoded);
