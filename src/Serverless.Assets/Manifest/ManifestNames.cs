using Serverless.Assets.Client;

namespace Serverless.Assets.Manifest;

/// <summary>
/// The names of the manifests of a project with several Services. That of the default Service is where the settings put
/// it, and the others are beside it: <c>serverless-assets.manifest.my-audio.json</c>.
/// </summary>
internal static class ManifestNames
{
    private const string Prefix = "serverless-assets.manifest.";
    private const string Extension = ".json";

    /// <param name="manifestPath">Full path of the manifest of the default Service.</param>
    /// <param name="service">Unique name or SID.</param>
    public static string GetPath(string manifestPath, string service) =>
        Path.Combine(Path.GetDirectoryName(manifestPath)!, Prefix + service + Extension);

    /// <summary>Finds the Service in the name of a manifest.</summary>
    /// <returns>Null if the name contains none.</returns>
    public static string? FindService(string manifestPath)
    {
        var name = Path.GetFileName(manifestPath);
        if (
            name.Length <= Prefix.Length + Extension.Length
            || !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || !name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var service = name[Prefix.Length..^Extension.Length];
        return ArgumentRules.IsServiceName(service) || Sid.IsValid(service, SidKind.Service) ? service : null;
    }
}
