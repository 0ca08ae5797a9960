using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// Reads a log as the agent does: <c>##vso[area.action property=value;…]data</c> anywhere in a line.
/// </summary>
/// <param name="sources">Folder that the paths of issues are relative to.</param>
internal sealed partial class AzureLog(string sources, IDictionary<string, string> variables)
{
    private readonly List<string> _shown = [];
    private readonly List<string> _issues = [];
    private readonly List<(string Name, string Text)> _summaries = [];

    /// <summary>Masked strings; initially the values of secret variables.</summary>
    public List<string> Masks { get; } = [];

    public IReadOnlyList<string> Issues => _issues;

    public IReadOnlyList<(string Name, string Text)> Summaries => _summaries;

    public string Shown => string.Join('\n', _shown);

    /// <param name="step">Name of the step, for its outputs.</param>
    public void Read(string log, string? step)
    {
        foreach (var line in log.Split('\n'))
        {
            if (Command().Match(line) is { Success: true } command)
            {
                var properties = command
                    .Groups["properties"]
                    .Value.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(property => property.Split('=', 2))
                    .ToDictionary(property => property[0].Trim(), property => Unescape(property[1]));
                Obey(command.Groups["name"].Value, properties, Unescape(command.Groups["data"].Value), step);
            }
            else
            {
                _shown.Add(Masked(line));
            }
        }
    }

    private void Obey(string name, Dictionary<string, string> properties, string data, string? step)
    {
        switch (name)
        {
            case "task.setvariable":
                variables[
                    properties.ContainsKey("isOutput") ? $"{step}.{properties["variable"]}" : properties["variable"]
                ] = data;
                break;
            case "task.setsecret":
                Assert.NotEqual("", data);
                Masks.Add(data);
                break;
            case "task.uploadsummary":
                _summaries.Add((Path.GetFileNameWithoutExtension(data), File.ReadAllText(data)));
                break;
            case "task.logissue":
                var place = properties.TryGetValue("sourcepath", out var path)
                    ? $"{Path.GetRelativePath(sources, path)}({properties["linenumber"]}) "
                    : "";
                Assert.StartsWith($"{properties["code"]}: ", data, StringComparison.Ordinal);
                _issues.Add(Masked($"{properties["type"]} {place}{data}"));
                break;
            default:
                Assert.Fail($"unknown command {name}");
                break;
        }
    }

    private string Masked(string line) =>
        Masks.Aggregate(line, (text, mask) => text.Replace(mask, "***", StringComparison.Ordinal));

    private static string Unescape(string text) =>
        text.Replace("%3B", ";", StringComparison.Ordinal)
            .Replace("%5D", "]", StringComparison.Ordinal)
            .Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%AZP25", "%", StringComparison.Ordinal);

    [GeneratedRegex(@"##vso\[(?<name>[a-z.]+)(?: (?<properties>[^\]]*))?\](?<data>.*)$")]
    private static partial Regex Command();
}
