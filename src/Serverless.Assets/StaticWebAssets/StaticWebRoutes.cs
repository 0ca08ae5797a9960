using System.Text.Json;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>
/// The list that <c>dotnet publish</c> puts beside <c>wwwroot</c>: each file, and each route that a server answers with it.
/// The format is that of the .NET SDK, which ASP.NET Core's MapStaticAssets reads.
/// </summary>
internal static class StaticWebRoutes
{
    /// <returns>None when there is no such file, as projects for older frameworks have none, or when a problem was added.</returns>
    public static IReadOnlyList<StaticWebRoute> Read(string file, IFileSystem files, DiagnosticBag problems)
    {
        if (file.Length == 0 || !files.Exists(file))
        {
            return [];
        }

        try
        {
            using var stream = files.OpenRead(file);
            using var document = JsonDocument.Parse(stream);
            return [.. document.RootElement.GetProperty("Endpoints").EnumerateArray().Select(ReadRoute)];
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

    private static StaticWebRoute ReadRoute(JsonElement endpoint) =>
        new(
            endpoint.GetProperty("Route").GetString()!,
            endpoint.GetProperty("AssetFile").GetString()!,
            Find(endpoint, "EndpointProperties", "fingerprint"),
            Find(endpoint, "ResponseHeaders", "Content-Encoding") is not null
        );

    private static string? Find(JsonElement endpoint, string list, string name) =>
        !endpoint.TryGetProperty(list, out var entries)
            ? null
            : entries
                .EnumerateArray()
                .Where(entry => entry.GetProperty("Name").ValueEquals(name))
                .Select(entry => entry.GetProperty("Value").GetString())
                .FirstOrDefault();
}
