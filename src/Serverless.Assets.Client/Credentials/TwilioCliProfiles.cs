using System.Text.Json;

namespace Serverless.Assets.Client;

/// <summary>
/// The profiles that <c>twilio login</c> stores in <c>~/.twilio-cli/config.json</c>, in the format of
/// services/config.js of twilio-cli-core: since mid-2021, <c>profiles</c> by name, with key and secret; before that, a
/// list of <c>projects</c> whose secrets are in the system key chain.
/// </summary>
internal sealed class TwilioCliProfiles
{
    private readonly List<TwilioCliProfile> _profiles = [];
    private readonly string? _active;

    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string in it is not valid UTF-8.</exception>
    private TwilioCliProfiles(JsonElement root)
    {
        var projects = GetMember(root, "projects");
        foreach (var project in projects is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
        {
            if (GetText(project, "id") is { } name)
            {
                _profiles.Add(Read(name, project));
            }
        }

        var profiles = GetMember(root, "profiles");
        foreach (var profile in profiles is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : default)
        {
            _profiles.RemoveAll(older => older.Name == profile.Name);
            _profiles.Add(Read(profile.Name, profile.Value));
        }

        _active = GetText(root, "activeProject");
        Edge = GetText(root, "edge");
    }

    /// <summary>The edge that all profiles use, such as <c>dublin</c>.</summary>
    public string? Edge { get; }

    public IEnumerable<string> Names => _profiles.Select(profile => profile.Name);

    /// <summary>The profile selected with <c>twilio profiles:use</c>, otherwise the first.</summary>
    public TwilioCliProfile? Active => Find(_active) ?? _profiles.FirstOrDefault();

    /// <summary>
    /// The CLI is built with oclif, whose variable <c>TWILIO_CONFIG_DIR</c> replaces the folder <c>.twilio-cli</c>.
    /// </summary>
    /// <returns>Null if there is no home folder.</returns>
    public static string? FindPath(Func<string, string?> environment)
    {
        if (environment("TWILIO_CONFIG_DIR") is { Length: > 0 } folder)
        {
            return Path.Combine(folder, "config.json");
        }

        var home = environment("HOME") is { Length: > 0 } set ? set : environment("USERPROFILE");
        return string.IsNullOrEmpty(home) ? null : Path.Combine(home, ".twilio-cli", "config.json");
    }

    /// <inheritdoc cref="TwilioCliProfiles(JsonElement)"/>
    public static TwilioCliProfiles Read(string file)
    {
        using var document = JsonDocument.Parse(RegularFile.Buffer(file));
        return new TwilioCliProfiles(document.RootElement);
    }

    /// <summary>Reads the profiles. The parser's message can quote a secret, so the exception only states the line.</summary>
    /// <exception cref="InvalidDataException">The file is not valid.</exception>
    public static TwilioCliProfiles ReadStrictly(string file)
    {
        try
        {
            return Read(file);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} has invalid JSON in line {broken.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            throw new InvalidDataException($"{file} contains text that is not UTF-8");
        }
    }

    public TwilioCliProfile? Find(string? name) => _profiles.FirstOrDefault(profile => profile.Name == name);

    private static TwilioCliProfile Read(string name, JsonElement profile) =>
        new()
        {
            Name = name,
            ApiKey = GetText(profile, "apiKey"),
            ApiSecret = GetText(profile, "apiSecret"),
            Region = GetText(profile, "region"),
        };

    private static JsonElement? GetMember(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? GetText(JsonElement element, string name) =>
        GetMember(element, name) is { ValueKind: JsonValueKind.String } member
        && member.GetString()!.Trim() is { Length: > 0 } text
            ? text
            : null;
}

/// <summary>A profile of the Twilio CLI. Not a record, because a record's <c>ToString</c> prints the secret.</summary>
internal sealed class TwilioCliProfile
{
    /// <summary>The name that <c>--profile</c> takes.</summary>
    public required string Name { get; init; }

    /// <summary><c>SK…</c>; null if the system key chain holds it and its secret.</summary>
    public string? ApiKey { get; init; }

    public string? ApiSecret { get; init; }

    /// <summary>Such as <c>ie1</c>; null means the default region.</summary>
    public string? Region { get; init; }
}
