namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// What <c>actions/cache</c> and <c>Cache@2</c> keep: each key is written once; a prefix finds the newest. Unlike those
/// of GitHub and Azure, it gives every run everything, so only keys separate branches and pull requests.
/// </summary>
internal sealed class ActionsCache : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly List<string> _keys = [];

    public IReadOnlyList<string> Keys => _keys;

    /// <param name="prefixes">One in each line, in the order in which they are tried.</param>
    /// <returns>The key that was found; null: none was.</returns>
    public string? Restore(string folder, string key, string prefixes)
    {
        var found = prefixes
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Prepend(key)
            .Select(prefix => _keys.LastOrDefault(candidate => candidate.StartsWith(prefix, StringComparison.Ordinal)))
            .FirstOrDefault(candidate => candidate is not null);
        if (found is not null)
        {
            Copy(FolderOf(found), folder);
        }

        return found;
    }

    public void Save(string folder, string key)
    {
        Assert.True(Directory.Exists(folder), $"{folder} is not there to save");
        Assert.DoesNotContain(key, _keys);
        _keys.Add(key);
        Copy(folder, FolderOf(key));
    }

    public void Dispose() => _root.Dispose();

    private string FolderOf(string key) => _root[$"{_keys.IndexOf(key)}"];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }
}
