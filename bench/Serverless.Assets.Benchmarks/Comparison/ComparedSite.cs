using System.Globalization;
using System.Security.Cryptography;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>
/// A folder in which one contender works: <c>assets</c> with the files of the site, an empty <c>functions</c>, which the
/// Node toolkit needs, and whatever the contender remembers.
/// </summary>
/// <param name="folder">Full path.</param>
internal sealed class ComparedSite(string folder) : IDisposable
{
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public string Folder => folder;

    /// <summary>The SHA-256 of each file in lowercase hexadecimal digits, by its path on the site.</summary>
    public IReadOnlyDictionary<string, string> Hashes => _hashes;

    /// <summary>Writes the files, whose contents depend on their number and <paramref name="seed"/> only.</summary>
    public void WriteFiles(int count, int size, int seed)
    {
        Directory.CreateDirectory(Path.Combine(folder, "functions"));
        for (var number = 0; number < count; number++)
        {
            WriteFile(number, size, seed);
        }
    }

    public void WriteFile(int number, int size, int seed)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/folder-{number % 10}/file-{number}.bin");
        var file = Path.Combine([folder, "assets", .. path.Split('/', StringSplitOptions.RemoveEmptyEntries)]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var content = new byte[size];
        new Random(HashCode.Combine(seed, number)).NextBytes(content);
        File.WriteAllBytes(file, content);
        _hashes[path] = Convert.ToHexStringLower(SHA256.HashData(content));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
