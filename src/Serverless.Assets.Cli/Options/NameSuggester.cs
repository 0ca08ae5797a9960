using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Options;

/// <summary>Finds the known name that is most similar to a mistyped one.</summary>
internal static class NameSuggester
{
    private const string PropertyPrefix = "serverlessassets";

    /// <returns>Null if none is similar.</returns>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var letters = Normalize(name);
        return known
            .Select(candidate => (Name: candidate, Distance: EditDistance.Compute(letters, Normalize(candidate))))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault()
            .Name;
    }

    /// <summary>
    /// Maps an option (<c>service-name</c>) and a property (<c>ServerlessAssetsServiceName</c>) to the same name.
    /// </summary>
    private static string Normalize(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return letters.StartsWith(PropertyPrefix, StringComparison.Ordinal)
            ? letters[PropertyPrefix.Length..]
            : letters;
    }
}
