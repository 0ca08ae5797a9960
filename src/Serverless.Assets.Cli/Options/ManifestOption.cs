using System.CommandLine;

namespace Serverless.Assets.Cli.Options;

/// <summary><c>--manifest</c>: where it goes, or where it is.</summary>
internal sealed class ManifestOption
{
    private const string DefaultPath = "serverless-assets.manifest.json";

    private readonly Option<string> _manifest = new("--manifest", "--manifest-path")
    {
        Description = $"Where the manifest is or goes (default {DefaultPath} in the project)",
    };

    public void AddTo(Command command) => command.Options.Add(_manifest);

    /// <returns>Full path.</returns>
    public string Path(OptionValues values, string projectDirectory) =>
        System.IO.Path.GetFullPath(
            values.GetValue(_manifest) is { Length: > 0 } path ? path : DefaultPath,
            projectDirectory
        );
}
