using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Mapping;

/// <summary>
/// The part of a file name that sets the visibility, as in Twilio's Serverless Toolkit: <c>names.private.json</c> is
/// private and has the path <c>/names.json</c>. Folder names have no marker. Letter case is ignored, so that a file
/// named <c>names.Private.json</c> is not published by mistake.
/// </summary>
internal static partial class VisibilityMarker
{
    /// <summary>
    /// Start of the names of .NET runtime assemblies such as <c>System.Private.CoreLib.wasm</c>, which a Blazor app
    /// publishes.
    /// </summary>
    private const string RuntimeAssemblyPrefix = "System.Private.";

    /// <returns>The name without its marker, and the visibility. Without a marker, the same name and null.</returns>
    public static (string Name, Visibility? Visibility) Remove(string fileName)
    {
        var match = Marked().Match(fileName);
        return match.Success
            ? (
                match.Groups["stem"].Value + match.Groups["extension"].Value,
                Visibilities.Parse(match.Groups["marker"].Value)
            )
            : (fileName, null);
    }

    /// <summary>
    /// Finds a marker in a position where it has no effect, as in <c>backup.private.tar.gz</c> or
    /// <c>secret.private</c>.
    /// </summary>
    /// <returns><c>private</c> or <c>protected</c>, or null if there is none.</returns>
    public static string? FindMisplaced(string relativePath)
    {
        var name = relativePath[(relativePath.LastIndexOf('/') + 1)..];
        var match = Misplaced().Match(name);
        return match.Success && !name.StartsWith(RuntimeAssemblyPrefix, StringComparison.Ordinal)
            ? match.Groups["marker"].Value.ToLowerInvariant()
            : null;
    }

    [GeneratedRegex(@"\.(?<marker>private|protected)(\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Misplaced();

    [GeneratedRegex(
        @"^(?<stem>.+)\.(?<marker>private|protected)(?<extension>\.[^.]+)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Marked();
}
