using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Mapping;

/// <summary>
/// The mark in a file name that sets its visibility: <c>names.private.json</c> is private and has the path
/// <c>/names.json</c>, as with the public Node toolkit. It counts in a file's name, never in a folder's. Read in any
/// case: a slip of the shift key must not publish a private file.
/// </summary>
internal static partial class VisibilityMarker
{
    /// <summary>How <c>System.Private.CoreLib.wasm</c> of a Blazor app and others begin.</summary>
    private const string PrivateAssembly = "System.Private.";

    /// <returns>The name without the mark, and what it says; the name as it is and null when it has none.</returns>
    public static (string Name, Visibility? Visibility) Read(string fileName)
    {
        var match = Marked().Match(fileName);
        return match.Success
            ? (
                match.Groups["stem"].Value + match.Groups["extension"].Value,
                Visibilities.Parse(match.Groups["mark"].Value)
            )
            : (fileName, null);
    }

    /// <summary>A mark at a place in the name where it says nothing: <c>backup.private.tar.gz</c>, <c>secret.private</c>. Assemblies of .NET are named so and mean none.</summary>
    /// <returns>The mark; null when there is none.</returns>
    public static string? FindMisplaced(string relativePath)
    {
        var name = relativePath[(relativePath.LastIndexOf('/') + 1)..];
        var match = Misplaced().Match(name);
        return match.Success && !name.StartsWith(PrivateAssembly, StringComparison.Ordinal)
            ? match.Groups["mark"].Value.ToLowerInvariant()
            : null;
    }

    [GeneratedRegex(@"\.(?<mark>private|protected)(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Misplaced();

    [GeneratedRegex(
        @"^(?<stem>.+)\.(?<mark>private|protected)(?<extension>\.[^.]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Marked();
}
