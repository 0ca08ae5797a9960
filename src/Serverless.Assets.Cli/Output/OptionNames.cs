using System.Text.RegularExpressions;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// The core's messages name the settings as MSBuild has them. The options of the command line are the same names in
/// kebab-case, so a message is turned into the user's words here, and the core has each text once.
/// </summary>
internal static partial class OptionNames
{
    /// <summary>What the items of a project file are on a command line, which has no settings per file.</summary>
    private static readonly (string Project, string CommandLine)[] Phrases =
    [
        ("mend the Include of its ServerlessAssetFolder", "name another folder"),
        ("mend the Include of its ServerlessAsset", "name another file"),
        ("name its real place as a ServerlessAsset", "name the folder that it is in"),
        ("Name the other folder as a ServerlessAssetFolder of its own", "Name the other folder too"),
        ("or a ServerlessAssetFolder or ServerlessAsset item", "or name a folder"),
        (", or give it an AssetPath of its own", ""),
        ("set its AssetPath, or set", "or set"),
        ("AssetPath or PathPrefix", "PathPrefix"),
        ("set its Visibility", "set Visibility"),
    ];

    /// <summary>A message with the options instead of the properties and metadata, and the verbs instead of the targets.</summary>
    public static string Translate(string message)
    {
        foreach (var (project, commandLine) in Phrases)
        {
            message = message.Replace(project, commandLine, StringComparison.Ordinal);
        }

        return Doubled().Replace(Names().Replace(message, Translate), "$1");
    }

    private static string Translate(Match match)
    {
        if (match.Groups["verb"] is { Success: true } verb)
        {
            return $"serverless-assets {verb.Value.ToLowerInvariant()}";
        }

        if (match.Groups["name"] is not { Success: true } name)
        {
            return match.Value; // a quoted text is somebody's: a file's name, a value
        }

        var option = "--" + string.Join('-', Words().Matches(name.Value).Select(word => word.Value.ToLowerInvariant()));
        return match.Groups["value"] switch
        {
            { Success: true, Value: not "true" } value => $"{option} {value.Value}",
            _ => option, // "=true": a switch is given or not
        };
    }

    [GeneratedRegex(
        """
            (?<!\w)'[^']*'(?!\w)
            | \b(?<verb>Upload|Build|Deploy|Verify|Rollback|Prune|Plan)ServerlessAssets\b
            | (?<![\w/\\.-])(?:ServerlessAssets(?<name>(?:[A-Z][a-z]+)+)|(?<name>PathPrefix|ExcludePatterns)|(?<=set\ )(?<name>Visibility)\b)(?:=(?<value>\w+))?
            """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Names();

    [GeneratedRegex("[A-Z][a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    /// <summary>Where a text has the option and, in brackets, the property of the same name.</summary>
    [GeneratedRegex(@"(--[a-z-]+) \(\1\)", RegexOptions.CultureInvariant)]
    private static partial Regex Doubled();
}
