using System.Text.RegularExpressions;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Which Environments are previews, such as those of pull requests, by their unique names.</summary>
/// <param name="patterns">
/// <c>*</c> stands for any characters, also none; every other character for itself. Letter case does not matter.
/// </param>
internal sealed class PreviewEnvironments(IReadOnlyList<string> patterns)
{
    // Without backtracking, because a pattern can have many wildcards.
    private readonly Regex _names = new(
        @"\A(?:"
            + string.Join('|', patterns.Select(pattern => string.Join(".*", pattern.Split('*').Select(Regex.Escape))))
            + @")\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking
    );

    public static PreviewEnvironments From(SettingValues settings) =>
        new(settings.Get(SettingTable.PreviewEnvironments));

    public bool Includes(string uniqueName) => patterns.Count > 0 && _names.IsMatch(uniqueName);
}
