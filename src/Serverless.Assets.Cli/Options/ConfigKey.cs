namespace Serverless.Assets.Cli.Options;

/// <summary>A key that a config file may have.</summary>
/// <param name="Words">Of <see cref="ConfigKind.Choice"/>.</param>
internal sealed record ConfigKey(string Name, ConfigKind Kind, params string[] Words)
{
    /// <summary>For messages: <c>expected …</c>.</summary>
    public string Expected =>
        Kind switch
        {
            ConfigKind.Choice => $"one of {string.Join(", ", Words)}",
            ConfigKind.Flag => "true or false",
            ConfigKind.Number => "a whole number",
            ConfigKind.Texts => "a list of texts",
            ConfigKind.Folders => "a list of folders, each a text or an object with its key folder",
            ConfigKind.Files => "a list of files, each a text or an object with its key file",
            _ => "a text",
        };
}
