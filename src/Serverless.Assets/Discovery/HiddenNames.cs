using MAB.DotIgnore;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The files that nobody means to publish: names that begin with a dot (but not the folder <c>.well-known</c>), what
/// Windows leaves in folders, and what <c>.serverlessignore</c> (gitignore syntax) lists. A file named exactly is taken
/// all the same.
/// </summary>
internal sealed class HiddenNames
{
    public const string IgnoreFileName = ".serverlessignore";

    private static readonly HashSet<string> LeftByWindows = new(StringComparer.OrdinalIgnoreCase) { "Thumbs.db", "desktop.ini" };

    private readonly IgnoreList? _ignored;

    private HiddenNames(IgnoreList? ignored) => _ignored = ignored;

    /// <summary>With the rules of the folder's <c>.serverlessignore</c>, if it has one.</summary>
    public static HiddenNames In(string folder)
    {
        var file = Path.Combine(folder, IgnoreFileName);
        return new HiddenNames(File.Exists(file) ? new IgnoreList(File.ReadAllLines(file)) : null);
    }

    /// <param name="name">A name without folders.</param>
    public static bool IsHiddenName(string name, bool isFolder) =>
        (name.StartsWith('.') && !(isFolder && name == ".well-known")) || (!isFolder && LeftByWindows.Contains(name));

    /// <param name="relativePath">Below the folder, with <c>/</c>.</param>
    public bool IsHidden(string relativePath, bool isFolder)
    {
        var name = relativePath[(relativePath.LastIndexOf('/') + 1)..];
        return IsHiddenName(name, isFolder) || _ignored?.IsIgnored(relativePath, isFolder) == true;
    }
}
