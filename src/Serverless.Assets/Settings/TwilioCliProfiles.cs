using System.Text.Json;

namespace Serverless.Assets.Settings;

/// <summary>
/// The profiles that <c>twilio login</c> makes, in <c>~/.twilio-cli/config.json</c>. Written as in services/config.js of
/// twilio-cli-core: <c>profiles</c> by name, with key and secret, since mid-2021; before, a list <c>projects</c>,
/// whose keys are in the key chain of the system.
/// </summary>
internal sealed class TwilioCliProfiles
{
    private readonly List<TwilioCliProfile> _profiles = [];
    private readonly string? _active;

    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is not UTF-8.</exception>
    private TwilioCliProfiles(JsonElement root)
    {
        foreach (
            var project in Member(root, "projects") is { ValueKind: JsonValueKind.Array } projects
                ? projects.EnumerateArray()
                : default
        )
        {
            if (Text(project, "id") is { } name)
            {
                _profiles.Add(Read(name, project));
            }
        }

        foreach (
            var profile in Member(root, "profiles") is { ValueKind: JsonValueKind.Object } profiles
                ? profiles.EnumerateObject()
                : default
        )
        {
            _profiles.RemoveAll(older => older.Name == profile.Name);
            _profiles.Add(Read(profile.Name, profile.Value));
        }

        _active = Text(root, "activeProject");
        Edge = Text(root, "edge");
    }

    /// <summary>Such as <c>dublin</c>, for all profiles.</summary>
    public string? Edge { get; }

    public IEnumerable<string> Names => _profiles.Select(profile => profile.Name);

    /// <summary>That of <c>twilio profiles:use</c>, else the first.</summary>
    public TwilioCliProfile? Active => Find(_active) ?? _profiles.FirstOrDefault();

    /// <returns>Null when there is no home to look in.</returns>
    public static string? PathOf(Func<string, string?> environment)
    {
        var home = environment("HOME") is { Length: > 0 } set ? set : environment("USERPROFILE");
        return string.IsNullOrEmpty(home) ? null : Path.Combine(home, ".twilio-cli", "config.json");
    }

    /// <inheritdoc cref="TwilioCliProfiles(JsonElement)"/>
    public static TwilioCliProfiles Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var document = JsonDocument.Parse(stream);
        return new TwilioCliProfiles(document.RootElement);
    }

    public TwilioCliProfile? Find(string? name) => _profiles.FirstOrDefault(profile => profile.Name == name);

    private static TwilioCliProfile Read(string name, JsonElement profile) =>
        new()
        {
            Name = name,
            ApiKey = Text(profile, "apiKey"),
            ApiSecret = Text(profile, "apiSecret"),
            Region = Text(profile, "region"),
        };

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } member
        && member.GetString()!.Trim() is { Length: > 0 } text
            ? text
            : null;
}
