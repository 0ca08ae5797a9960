using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The names that URLs and JSON use for Assets and Functions.</summary>
internal static class ResourceNames
{
    /// <summary>The segment of URLs: <c>Assets</c> or <c>Functions</c>.</summary>
    public static string GetSegment(ResourceKind kind) => kind == ResourceKind.Asset ? "Assets" : "Functions";

    /// <summary>The array in a list: <c>assets</c> or <c>functions</c>.</summary>
    public static string GetListKey(ResourceKind kind) => kind == ResourceKind.Asset ? "assets" : "functions";

    /// <summary>
    /// The array in a list of versions, and the link to that list: <c>asset_versions</c> or <c>function_versions</c>.
    /// </summary>
    public static string GetVersionListKey(ResourceKind kind) =>
        kind == ResourceKind.Asset ? "asset_versions" : "function_versions";
}
