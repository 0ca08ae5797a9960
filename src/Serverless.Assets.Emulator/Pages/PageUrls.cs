namespace Serverless.Assets.Emulator.Pages;

/// <summary>The addresses of the pages, relative to the origin.</summary>
internal static class PageUrls
{
    public const string Services = "/";
    public const string Requests = "/requests";
    public const string Faults = "/faults";
    public const string Preset = "/faults/preset";
    public const string Behavior = "/behavior";
    public const string Reset = "/reset";

    public static string Service(string service) => $"/services/{service}";

    public static string Environment(string service, string environment) =>
        $"{Service(service)}/environments/{environment}";

    public static string Build(string service, string build) => $"{Service(service)}/builds/{build}";

    public static string Compare(string service) => $"{Service(service)}/compare";

    /// <param name="from">The SID of a Build.</param>
    /// <param name="to">The SID of a Build.</param>
    public static string Compare(string service, string from, string to) => $"{Compare(service)}?from={from}&to={to}";

    /// <param name="resource">The SID of an Asset or a Function.</param>
    /// <param name="version">The version to show; null for the newest.</param>
    public static string Resource(string service, string resource, string? version = null) =>
        $"{Service(service)}/assets/{resource}" + (version is null ? "" : $"?version={version}");

    /// <summary>The content of a version, with its content type.</summary>
    public static string Content(string version) => $"/__emulator/versions/{version}/content";
}
