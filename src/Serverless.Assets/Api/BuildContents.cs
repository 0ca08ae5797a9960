using System.Text.Json;

namespace Serverless.Assets.Api;

/// <summary>What a Build is made of.</summary>
internal sealed record BuildContents
{
    public required IReadOnlyList<string> AssetVersions { get; init; }

    public IReadOnlyList<string> FunctionVersions { get; init; } = [];

    public IReadOnlyList<DependencyResource> Dependencies { get; init; } = [];

    /// <summary>Null: the service chooses.</summary>
    public string? Runtime { get; init; }

    /// <summary>The form fields: lists are repeated, dependencies are a JSON string.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToFields()
    {
        List<KeyValuePair<string, string>> fields =
        [
            .. AssetVersions.Select(sid => KeyValuePair.Create("AssetVersions", sid)),
            .. FunctionVersions.Select(sid => KeyValuePair.Create("FunctionVersions", sid)),
        ];
        if (Dependencies.Count > 0)
        {
            fields.Add(
                new(
                    "Dependencies",
                    JsonSerializer.Serialize(Dependencies, ApiJson.Default.IReadOnlyListDependencyResource)
                )
            );
        }

        if (Runtime is not null)
        {
            fields.Add(new("Runtime", Runtime));
        }

        return fields;
    }
}
