namespace Serverless.Assets.Cli.Options;

/// <summary>All keys of <c>serverless-assets.json</c>. docs/serverless-assets.schema.json has the same, and a test compares them.</summary>
internal static class ConfigKeys
{
    private static readonly ConfigKey PathPrefix = new("pathPrefix", ConfigKind.Text);
    private static readonly ConfigKey Visibility = new(
        "visibility",
        ConfigKind.Choice,
        "public",
        "protected",
        "private"
    );
    private static readonly ConfigKey Patterns = new("patterns", ConfigKind.Texts);
    private static readonly ConfigKey ExcludePatterns = new("excludePatterns", ConfigKind.Texts);

    /// <summary>Of the file: the options, in camelCase, and what a command line has no words for.</summary>
    public static IReadOnlyList<ConfigKey> OfFile { get; } =
    [
        new("$schema", ConfigKind.Text),
        new("folders", ConfigKind.Folders),
        new("files", ConfigKind.Files),
        Patterns,
        ExcludePatterns,
        PathPrefix,
        Visibility,
        new("visibilityFromFileName", ConfigKind.Flag),
        new("pathCharacters", ConfigKind.Choice, "Strict", "Dash"),
        new("allow", ConfigKind.Texts),
        new("serviceSid", ConfigKind.Text),
        new("serviceName", ConfigKind.Text),
        new("createService", ConfigKind.Flag),
        new("environment", ConfigKind.Text),
        new("domainSuffix", ConfigKind.Text),
        new("otherAssets", ConfigKind.Choice, "Keep", "Remove"),
        new("runtime", ConfigKind.Text),
        new("verify", ConfigKind.Flag),
        new("region", ConfigKind.Text),
        new("edge", ConfigKind.Text),
        new("apiBaseUrl", ConfigKind.Text),
        new("uploadBaseUrl", ConfigKind.Text),
        new("userSecretsId", ConfigKind.Text),
        new("profile", ConfigKind.Text),
        new("manifest", ConfigKind.Path),
        new("statePath", ConfigKind.Path),
        new("maxConcurrency", ConfigKind.Number),
        new("requestTimeout", ConfigKind.Number),
        new("timeout", ConfigKind.Number),
        new("emulator", ConfigKind.Flag),
        new("emulatorData", ConfigKind.Path),
        new("noWarn", ConfigKind.Texts),
        new("summary", ConfigKind.Path),
        new("outputs", ConfigKind.Path),
        new("report", ConfigKind.Path),
    ];

    /// <summary>Of one of <c>folders</c>.</summary>
    public static IReadOnlyList<ConfigKey> OfFolder { get; } =
    [new("folder", ConfigKind.Path), Patterns, ExcludePatterns, PathPrefix, Visibility];

    /// <summary>Of one of <c>files</c>.</summary>
    public static IReadOnlyList<ConfigKey> OfAssetFile { get; } =
    [
        new("file", ConfigKind.Path),
        new("assetPath", ConfigKind.Text),
        PathPrefix,
        Visibility,
        new("contentType", ConfigKind.Text),
    ];
}
