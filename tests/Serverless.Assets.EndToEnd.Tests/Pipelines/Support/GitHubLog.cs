using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// Reads a log as the runner does: commands at the start of lines, and problem matchers on all others.
/// </summary>
internal sealed partial class GitHubLog(string workspace)
{
    private readonly List<string> _masks = [];
    private readonly List<string> _shown = [];
    private readonly Dictionary<string, (Regex Pattern, JsonElement Fields)> _matchers = [];
    private readonly List<string> _annotations = [];
    private readonly List<string> _groups = [];
    private string? _resume;

    public IReadOnlyList<string> Annotations => _annotations;

    public IReadOnlyList<string> Groups => _groups;

    public string Shown => string.Join('\n', _shown);

    public void Read(string log)
    {
        foreach (var line in log.Split('\n'))
        {
            if (_resume is not null && line.Trim() == $"::{_resume}::")
            {
                _resume = null;
                continue;
            }

            if (_resume is null && Command().Match(line) is { Success: true } command)
            {
                Obey(
                    command.Groups["name"].Value,
                    command.Groups["properties"].Value,
                    Unescape(command.Groups["data"].Value)
                );
                continue;
            }

            Match(line);
            _shown.Add(Masked(line));
        }
    }

    /// <summary>Checks the end of a step: groups are closed, and the step's matchers are removed.</summary>
    public void EndStep()
    {
        Assert.Null(_resume);
        Assert.Empty(_matchers);
        Assert.DoesNotContain(_groups, group => group.StartsWith("open ", StringComparison.Ordinal));
    }

    private void Obey(string name, string properties, string data)
    {
        switch (name)
        {
            case "add-mask":
                Assert.NotEqual("", data.Trim());
                _masks.AddRange(data.Split('\n', '\r').Append(data).Where(mask => mask.Length > 0));
                break;
            case "stop-commands":
                Assert.True(data.Length > 20, data);
                _resume = data;
                break;
            case "group":
                _groups.Add($"open {Masked(data)}");
                break;
            case "endgroup":
                _groups[^1] = _groups[^1].Replace("open ", "", StringComparison.Ordinal);
                break;
            case "add-matcher":
                foreach (
                    var matcher in JsonDocument
                        .Parse(File.ReadAllText(data))
                        .RootElement.GetProperty("problemMatcher")
                        .EnumerateArray()
                )
                {
                    var pattern = Assert.Single(matcher.GetProperty("pattern").EnumerateArray());
                    _matchers[matcher.GetProperty("owner").GetString()!] = (
                        new Regex(
                            pattern.GetProperty("regexp").GetString()!,
                            RegexOptions.CultureInvariant | RegexOptions.ECMAScript,
                            TimeSpan.FromSeconds(1)
                        ),
                        pattern
                    );
                }

                break;
            case "remove-matcher":
                Assert.True(_matchers.Remove(properties.Replace("owner=", "", StringComparison.Ordinal)));
                break;
            case "error" or "warning" or "notice":
                _annotations.Add($"{name} {Masked(data)}");
                break;
            default:
                Assert.Fail($"unknown command {name}");
                break;
        }
    }

    private void Match(string line)
    {
        foreach (var (pattern, fields) in _matchers.Values)
        {
            if (pattern.Match(Color().Replace(line, "")) is { Success: true } match)
            {
                // The runner drops files that are not in the workspace.
                var file = Field("file");
                var isThere =
                    file.Length > 0
                    && File.Exists(Path.Combine(workspace, file))
                    && Path.GetFullPath(file, workspace).StartsWith(workspace, StringComparison.Ordinal);
                var place = isThere ? $"{Path.GetRelativePath(workspace, file)}({Field("line")}) " : "";
                _annotations.Add(Masked($"{Field("severity")} {place}{Field("code")}: {Field("message")}"));

                string Field(string name) => match.Groups[fields.GetProperty(name).GetInt32()].Value;
            }
        }
    }

    private string Masked(string line) =>
        _masks
            .OrderByDescending(mask => mask.Length)
            .Aggregate(line, (text, mask) => text.Replace(mask, "***", StringComparison.Ordinal));

    private static string Unescape(string data) =>
        data.Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);

    [GeneratedRegex("^\\s*::(?<name>[a-z-]+)(?: (?<properties>.*?))?::(?<data>.*)$")]
    private static partial Regex Command();

    [GeneratedRegex(@"\x1b\[[0-9;]*m?")]
    private static partial Regex Color();
}
