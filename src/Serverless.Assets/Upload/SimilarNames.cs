using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Upload;

/// <summary>Finds the Assets that a user may mean by a path that no Asset has.</summary>
internal static class SimilarNames
{
    private const int MaxNames = 3;

    /// <param name="known">The names of the Assets, which the service returned.</param>
    /// <returns>
    /// The names that differ least, in any letter case, and those of a file with the same name in another folder. At
    /// most three, the most similar first; empty if none is similar.
    /// </returns>
    public static IReadOnlyList<string> Find(string path, IEnumerable<string> known)
    {
        var sought = Normalize(path);
        return
        [
            .. known
                .Where(name => name.Length <= AssetPath.MaxLength) // the comparison takes the square of it
                .Select(name => (Name: name, Distance: FindDistance(sought, Normalize(name))))
                .Where(candidate => candidate.Distance is not null)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(MaxNames)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <returns>Null if the names are not similar.</returns>
    private static int? FindDistance(string sought, string name)
    {
        var most = Math.Max(1, name.Length / 3);
        var isSameFile = GetFileName(name) == GetFileName(sought);
        if (!isSameFile && Math.Abs(name.Length - sought.Length) > most)
        {
            return null;
        }

        var distance = EditDistance.Compute(sought, name);
        return isSameFile || distance <= most ? distance : null;
    }

    private static string Normalize(string name) => name.ToLowerInvariant();

    private static string GetFileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
