namespace Serverless.Assets.Discovery;

/// <summary>
/// The files that nobody means to publish: names that begin with a dot (but not the folder <c>.well-known</c>), what
/// Windows leaves in folders, and what <c>.serverlessignore</c> (gitignore syntax) lists. A file named exactly is taken
/// all the same.
/// </summary>
internal sealed class HiddenNames
{
    public const string IgnoreFileName = ".serverlessignore";

    private static readonly HashSet<string> LeftByWindows = new(StringComparer.OrdinalIgnoreCase)
    {
        "Thumbs.db",
        "desktop.ini",
    };

    private readonly IReadOnlyList<IgnoreRule> _rules;

    private HiddenNames(IReadOnlyList<IgnoreRule> rules) => _rules = rules;

    /// <summary>With the rules of the folder's <c>.serverlessignore</c>, if it has one.</summary>
    public static HiddenNames In(string folder)
    {
        var file = Path.Combine(folder, IgnoreFileName);
        return new HiddenNames(
            File.Exists(file) ? [.. File.ReadAllLines(file).Select(IgnoreRule.Parse).OfType<IgnoreRule>()] : []
        );
    }

    /// <param name="name">A name without folders.</param>
    public static bool IsHiddenName(string name, bool isFolder) =>
        (name.StartsWith('.') && !(isFolder && name == ".well-known")) || (!isFolder && LeftByWindows.Contains(name));

    /// <summary>Whether it, or a folder that it is in, is hidden.</summary>
    /// <param name="relativePath">Below the folder, with <c>/</c>.</param>
    public bool IsHidden(string relativePath, bool isFolder)
    {
        for (
            var end = relativePath.IndexOf('/', StringComparison.Ordinal);
            end >= 0;
            end = relativePath.IndexOf('/', end + 1)
        )
        {
            if (IsHiddenItself(relativePath[..end], isFolder: true))
            {
                return true;
            }
        }

        return IsHiddenItself(relativePath, isFolder);
    }

    private bool IsHiddenItself(string relativePath, bool isFolder) =>
        IsHiddenName(relativePath[(relativePath.LastIndexOf('/') + 1)..], isFolder)
        || _rules.LastOrDefault(rule => rule.Matches(relativePath, isFolder)) is { IsNegated: false };
}
