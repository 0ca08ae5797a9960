using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>An endpoint of the SDK's endpoints file: a route, and the file that a server returns for it.</summary>
/// <param name="Route">URL path without its leading slash: <c>js/app.5fz2kq8w1c.js</c>.</param>
/// <param name="AssetFile">Path of the file below <c>wwwroot</c>, separated by <c>/</c>: <c>js/app.js</c>.</param>
/// <param name="Fingerprint">The part of the route that identifies the content, or null if it has none.</param>
/// <param name="IsCompressed">Whether the file is a compressed copy.</param>
internal sealed record StaticWebAssetEndpoint(string Route, string AssetFile, string? Fingerprint, bool IsCompressed);

/// <summary>
/// Reads the file <c>….staticwebassets.endpoints.json</c> that <c>dotnet publish</c> writes beside <c>wwwroot</c>. It
/// lists the routes of every file. The .NET SDK defines the format, and <c>MapStaticAssets</c> of ASP.NET Core reads
/// it.
/// </summary>
internal static class EndpointsFile
{
    /// <returns>
    /// The endpoints. None if there is no such file, as in projects for older frameworks, or if it cannot be read,
    /// which is reported.
    /// </returns>
    public static IReadOnlyList<StaticWebAssetEndpoint> Read(string file, IFileSystem files, DiagnosticBag problems)
    {
        if (file.Length == 0 || !files.Exists(file))
        {
            return [];
        }

        try
        {
            using var stream = files.OpenRead(file);
            using var document = JsonDocument.Parse(RegularFile.Buffer(stream, RegularFile.MaxDocument));
            return [.. document.RootElement.GetProperty("Endpoints").EnumerateArray().Select(ReadEndpoint)];
        }
        catch (Exception failure)
            when (failure
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            problems.Add(DiscoveryDiagnostics.RoutesUnreadable(file, failure.Message));
            return [];
        }
    }

    private static StaticWebAssetEndpoint ReadEndpoint(JsonElement endpoint) =>
        new(
            endpoint.GetProperty("Route").GetString()!,
            endpoint.GetProperty("AssetFile").GetString()!,
            FindValue(endpoint, "EndpointProperties", "fingerprint"),
            FindValue(endpoint, "ResponseHeaders", "Content-Encoding") is not null
        );

    private static string? FindValue(JsonElement endpoint, string list, string name) =>
        !endpoint.TryGetProperty(list, out var entries)
            ? null
            : entries
                .EnumerateArray()
                .Where(entry => entry.GetProperty("Name").ValueEquals(name))
                .Select(entry => entry.GetProperty("Value").GetString())
                .FirstOrDefault();
}
