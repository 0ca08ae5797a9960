namespace Serverless.Assets.Cli.Options;

/// <summary>The settings of a <c>serverless-assets.json</c>.</summary>
/// <param name="File">Full path; null: there is none.</param>
/// <param name="Values">By key: a text, a list of texts, a whole number, or true or false. Paths are full ones.</param>
/// <param name="Folders">The values of each; <c>folder</c> is among them.</param>
/// <param name="Files">The values of each; <c>file</c> is among them.</param>
internal sealed record ConfigFile(
    string? File,
    IReadOnlyDictionary<string, object> Values,
    IReadOnlyList<IReadOnlyDictionary<string, object>> Folders,
    IReadOnlyList<IReadOnlyDictionary<string, object>> Files
)
{
    /// <summary>Looked for in the folder of the project.</summary>
    public const string DefaultName = "serverless-assets.json";

    public static ConfigFile None { get; } = new(null, new Dictionary<string, object>(), [], []);
}
