using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>YAML as dictionaries, lists and strings.</summary>
internal static partial class Yaml
{
    public static Dictionary<string, object?> Load(string path) => Parse(File.ReadAllText(path));

    public static Dictionary<string, object?> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (Dictionary<string, object?>)Convert(Assert.Single(stream.Documents).RootNode)!;
    }

    /// <summary>The code blocks of a language in a document, in their order.</summary>
    public static IReadOnlyList<string> Blocks(string path, string language) =>
        [
            .. Block()
                .Matches(File.ReadAllText(path).ReplaceLineEndings("\n"))
                .Where(match => match.Groups["language"].Value == language)
                .Select(match => match.Groups["text"].Value),
        ];

    public static Dictionary<string, object?> Map(this IReadOnlyDictionary<string, object?> map, string key) =>
        (Dictionary<string, object?>?)map.GetValueOrDefault(key) ?? [];

    public static IReadOnlyList<object?> List(this IReadOnlyDictionary<string, object?> map, string key) =>
        (List<object?>?)map.GetValueOrDefault(key) ?? [];

    public static IEnumerable<Dictionary<string, object?>> Maps(
        this IReadOnlyDictionary<string, object?> map,
        string key
    ) => map.List(key).Cast<Dictionary<string, object?>>();

    public static string? Text(this IReadOnlyDictionary<string, object?> map, string key) =>
        (string?)map.GetValueOrDefault(key);

    private static object? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => map.Children.ToDictionary(
                entry => ((YamlScalarNode)entry.Key).Value!,
                entry => Convert(entry.Value)
            ),
            YamlSequenceNode list => list.Children.Select(Convert).ToList(),
            YamlScalarNode { Value: "" or "~" or "null", Style: YamlDotNet.Core.ScalarStyle.Plain } => null,
            YamlScalarNode scalar => scalar.Value,
            _ => throw new InvalidOperationException($"{node.NodeType} is not expected"),
        };

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
