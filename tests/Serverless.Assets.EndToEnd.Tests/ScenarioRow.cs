namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>A row of the scenario table: a change, a command, and what the command must do.</summary>
/// <param name="Uploads">Asset Versions that are created.</param>
/// <param name="Assets">Assets of the manifest; null: there is none.</param>
/// <param name="Requests">Operations and their counts: <c>Asset.List 1, AssetVersion.Create 3</c>.</param>
/// <param name="Targets">Targets of the package that run: see <see cref="DescribeTargets"/>.</param>
/// <param name="Warning">Codes of the warnings.</param>
internal sealed record ScenarioRow(
    string Name,
    Action<ConsumerProject> Mutate,
    string[] Command,
    int Uploads,
    int? Assets,
    string Requests,
    string Targets,
    string Warning = ""
)
{
    public string Description =>
        $"{Name}: {Uploads} uploads; manifest of {Assets?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}; requests {Requests}; "
        + $"targets {Targets}; warnings {Warning}";

    /// <summary>Names without <c>ServerlessAssets</c>, sorted, with the number of runs if there are several.</summary>
    public static string DescribeTargets(IEnumerable<KeyValuePair<string, int>> targets) =>
        string.Join(
            ' ',
            targets
                .Select(target =>
                    target.Key.Replace("ServerlessAssets", "", StringComparison.Ordinal)
                    + (target.Value == 1 ? "" : $"*{target.Value}")
                )
                .Order(StringComparer.Ordinal)
        );
}
