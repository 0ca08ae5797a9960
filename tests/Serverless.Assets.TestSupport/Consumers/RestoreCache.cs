using System.Collections.Concurrent;
using System.Text.Json;
using System.Xml.Linq;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Lets builds skip a restore whose result is known: a restore takes a third of the time of a build, and most test
/// projects differ only in their assets and settings. The first project with certain references is restored; later ones
/// get a copy of the files that the restore wrote.
/// </summary>
internal sealed class RestoreCache(ConsumerProject project)
{
    /// <summary>
    /// The files of the restores of this process by what was restored: names and texts, with a
    /// placeholder for the root folder.
    /// </summary>
    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Results = new();

    private const string RootPlaceholder = "{root}";
    private const string EscapedRootPlaceholder = "{escaped-root}";

    /// <summary>What the files in the folder of the project are the result of; null: unknown.</summary>
    private string? _restored;

    /// <summary>The arguments of a command without its implicit restore; null if it does not restore.</summary>
    public static string[]? WithoutRestore(IReadOnlyCollection<string> arguments) =>
        arguments.First() switch
        {
            "msbuild" when arguments.Contains("-restore") => [.. arguments.Where(argument => argument != "-restore")],
            "build"
            or "publish"
            or "pack" when !arguments.Contains("--no-restore") && !arguments.Contains("--no-build") =>
            [
                .. arguments,
                "--no-restore",
            ],
            _ => null,
        };

    /// <summary>Makes the files of a restore available, if that is possible without one.</summary>
    public bool TryUse()
    {
        if (DescribeInputs() is not { } inputs)
        {
            return false;
        }

        if (_restored == inputs && File.Exists(project.PathOf("obj/project.assets.json")))
        {
            return true;
        }

        if (!Results.TryGetValue(inputs, out var files))
        {
            return false;
        }

        foreach (var (file, text) in files)
        {
            project.File(
                $"obj/{file}",
                text.Replace(EscapedRootPlaceholder, Escape(project.Root), StringComparison.Ordinal)
                    .Replace(RootPlaceholder, project.Root, StringComparison.Ordinal)
            );
        }

        _restored = inputs;
        return true;
    }

    /// <summary>Keeps what a command has restored, if it has.</summary>
    public void Add()
    {
        if (DescribeInputs() is not { } inputs || !HasSucceeded())
        {
            return;
        }

        _restored = inputs;
        Results[inputs] = Directory
            .EnumerateFiles(project.PathOf("obj"))
            .Where(file =>
                Path.GetFileName(file) is var name
                && (
                    name is "project.assets.json" or "project.nuget.cache"
                    || name.Contains(".nuget.", StringComparison.Ordinal)
                )
            )
            .ToDictionary(
                file => Path.GetFileName(file),
                file =>
                    File.ReadAllText(file)
                        .Replace(project.Root, RootPlaceholder, StringComparison.Ordinal)
                        .Replace(Escape(project.Root), EscapedRootPlaceholder, StringComparison.Ordinal)
            );
    }

    private bool HasSucceeded()
    {
        var cache = project.PathOf("obj/project.nuget.cache");
        return File.Exists(cache)
            && JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(cache)).GetProperty("success").GetBoolean();
    }

    /// <summary>
    /// The project file without what never changes a restore: the package's settings and items, targets and tasks.
    /// </summary>
    /// <returns>Null if the restore also depends on other projects or on files beside the project file.</returns>
    private string? DescribeInputs()
    {
        var content = XElement.Load(project.PathOf($"{project.Name}.csproj"));
        content
            .Descendants()
            .Where(element =>
                element.Name.LocalName.StartsWith("ServerlessAsset", StringComparison.Ordinal)
                || element.Name.LocalName is "Target" or "UsingTask"
            )
            .Remove();
        var hasOtherInputs =
            content.Descendants("ProjectReference").Any()
            || Directory.EnumerateFiles(project.Folder, "*.props").Any()
            || Directory.EnumerateFiles(project.Folder, "*.targets").Any();
        return hasOtherInputs ? null : $"{project.Name}\n{content.ToString(SaveOptions.DisableFormatting)}";
    }

    private static string Escape(string path) => JsonEncodedText.Encode(path).ToString();
}
