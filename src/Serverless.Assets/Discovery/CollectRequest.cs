using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Discovery;

/// <summary>What to collect, and how files become URL paths. Nothing here is validated yet.</summary>
public sealed record CollectRequest
{
    /// <summary>Full path; file names in messages and the manifest are relative to it.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>What a publish made; taken together with <see cref="Sources"/>.</summary>
    public PublishedSite? Published { get; init; }

    /// <summary>None, and no <see cref="Published"/>: the folder <c>assets</c>, then <c>static</c>, of the project, if it exists.</summary>
    public IReadOnlyList<AssetSource> Sources { get; init; } = [];

    /// <summary>Full path of the file with the settings; it is never an asset.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Whether <c>.private.</c> and <c>.protected.</c> in a file name set the visibility.</summary>
    public bool VisibilityFromFileName { get; init; } = true;

    /// <summary><c>Strict</c> or <c>Dash</c>; empty: <c>Strict</c>.</summary>
    public string PathCharacters { get; init; } = "";

    /// <summary>Patterns of file names or paths that the secret guard lets through.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];
}
