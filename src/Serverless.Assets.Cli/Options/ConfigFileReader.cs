using System.Globalization;
using System.Text;
using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>Reads a config file and collects all problems, with line numbers.</summary>
internal sealed class ConfigFileReader
{
    /// <summary>Parts of key names that suggest a secret, which the config file must not contain.</summary>
    private static readonly string[] SecretWords =
    [
        "secret",
        "token",
        "password",
        "apikey",
        "credential",
        "accountsid",
    ];

    private readonly string _file;
    private readonly string _folder;
    private readonly string _project;
    private readonly IReadOnlyList<string> _roots;
    private readonly byte[] _json;
    private readonly DiagnosticBag _problems = [];
    private List<ConfigEntry> _folders = [];
    private List<ConfigEntry> _files = [];

    private ConfigFileReader(string file, string project, byte[] json)
    {
        _file = file;
        _folder = Path.GetDirectoryName(file)!;
        _project = project;
        _roots = [PathResolver.Resolve(project), PathResolver.Resolve(_folder)];
        _json = json;
    }

    /// <param name="file">Full path. Relative paths in the file start at its folder.</param>
    /// <param name="project">
    /// Full path. The file can only name paths in this folder and in its own, because it can come from someone else.
    /// </param>
    /// <exception cref="AssetException">The file can't be read or is invalid.</exception>
    public static ConfigFile Read(string file, string project)
    {
        try
        {
            var json = RegularFile.ReadAllBytes(file);
            return new ConfigFileReader(
                file,
                project,
                json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json
            ).Read();
        }
        catch (JsonException broken)
        {
            // Report only the line: the parser's message quotes the text, which may be a secret.
            throw Unreadable((int)(broken.LineNumber ?? 0) + 1, "it is not valid JSON");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(1, failure.Message);
        }

        AssetException Unreadable(int line, string reason) =>
            new(ConfigurationDiagnostics.UnreadableConfig(file, line, reason));
    }

    private ConfigFile Read()
    {
        var reader = new Utf8JsonReader(
            _json,
            new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
        );
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new AssetException(
                ConfigurationDiagnostics.UnreadableConfig(_file, GetLine(reader), "it is not a JSON object")
            );
        }

        var values = ReadObject(
            ref reader,
            ConfigKeys.General,
            [ConfigKeys.Schema, ConfigKeys.Folders, ConfigKeys.Files],
            path: ""
        );
        while (reader.Read())
        {
            // Reports anything after the object, which is not valid JSON.
        }

        _problems.ThrowIfErrors();
        return new ConfigFile(_file, values, _folders, _files);
    }

    /// <param name="others">Keys that are not settings.</param>
    /// <param name="path">The path of the object, for messages: <c>folders[0].</c></param>
    private Dictionary<Setting, string> ReadObject(
        ref Utf8JsonReader reader,
        IReadOnlyList<Setting> settings,
        IReadOnlyList<string> others,
        string path
    )
    {
        var values = new Dictionary<Setting, string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var line = GetLine(reader);
            var key = ReadText(reader);
            var setting = settings.FirstOrDefault(setting => setting.ConfigKey == key);
            reader.Read();
            if (setting is null && !others.Contains(key))
            {
                var known = settings.Select(setting => setting.ConfigKey).Concat(others);
                _problems.Add(
                    IsSecret(key)
                        ? ConfigurationDiagnostics.SecretInConfig(_file, line, path + key)
                        : ConfigurationDiagnostics.UnknownConfigKey(
                            _file,
                            line,
                            path + key,
                            NameSuggester.Find(key, known)
                        )
                );
                reader.Skip();
            }
            else if (!seen.Add(key))
            {
                _problems.Add(ConfigurationDiagnostics.DuplicateConfigKey(_file, line, path + key));
                reader.Skip();
            }
            else if (setting is null)
            {
                ReadOther(ref reader, key);
            }
            else if (ReadValue(ref reader, setting, path + key) is { } value)
            {
                values[setting] = value;
            }
        }

        return values;
    }

    private void ReadOther(ref Utf8JsonReader reader, string key)
    {
        switch (key, reader.TokenType)
        {
            case (ConfigKeys.Schema, JsonTokenType.String):
                break;
            case (ConfigKeys.Schema, _):
                Reject(ref reader, key, "a string");
                break;
            case (ConfigKeys.Folders, JsonTokenType.StartArray):
                _folders = ReadEntries(ref reader, key, ConfigKeys.Folder, ConfigKeys.FolderKeys);
                break;
            case (ConfigKeys.Files, JsonTokenType.StartArray):
                _files = ReadEntries(ref reader, key, ConfigKeys.File, ConfigKeys.FileKeys);
                break;
            default:
                var entry = key.TrimEnd('s');
                Reject(ref reader, key, $"a list of {key}, each a string or an object with the key {entry}");
                break;
        }
    }

    /// <returns>
    /// Null if the setting does not accept the value. The reader ends at the end of the value in either case.
    /// </returns>
    private string? ReadValue(ref Utf8JsonReader reader, Setting setting, string key)
    {
        switch (setting, reader.TokenType)
        {
            case (SwitchSetting, JsonTokenType.True or JsonTokenType.False):
                return reader.GetBoolean() ? "true" : "false";
            case (NumberSetting or AgeSetting, JsonTokenType.Number) when reader.TryGetInt32(out var number):
                return number.ToString(CultureInfo.InvariantCulture);
            case (ListSetting, JsonTokenType.StartArray):
                return ReadList(ref reader, setting, key);
            case (PathSetting, JsonTokenType.String):
                return ReadPath(reader, key, isRequired: setting == ConfigKeys.Folder || setting == ConfigKeys.File);
            case (AgeSetting, JsonTokenType.String) when setting.IsValid(ReadText(reader)):
            case (TextSetting { Words: [] }, JsonTokenType.String):
                return ReadText(reader);
            case ({ Words: [_, ..] words }, JsonTokenType.String)
                when words.Contains(ReadText(reader), StringComparer.OrdinalIgnoreCase):
                return ReadText(reader);
        }

        var isOtherValue =
            (setting, reader.TokenType)
            is
                (NumberSetting or AgeSetting, JsonTokenType.Number)
                or
                (AgeSetting or { Words: [_, ..] }, JsonTokenType.String);
        Reject(ref reader, key, setting.Expected, isOtherValue);
        return null;
    }

    private string ReadList(ref Utf8JsonReader reader, Setting setting, string key)
    {
        var values = new List<string>();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                Reject(ref reader, key, setting.Expected);
            }
            else if (ReadText(reader) is var value && ListSetting.HasSeparator(value))
            {
                Reject(ref reader, $"{key}[{i}]", "one entry, without semicolons and line breaks", isOtherValue: true);
            }
            else if (setting == SettingTable.NoWarn && !WarningCode.IsValid(value))
            {
                Reject(ref reader, $"{key}[{i}]", WarningCode.Expected, isOtherValue: true);
            }
            else
            {
                values.Add(value);
            }
        }

        return string.Join(';', values);
    }

    /// <param name="required">
    /// The key that each entry needs. A string is short for an object that has only this key.
    /// </param>
    private List<ConfigEntry> ReadEntries(
        ref Utf8JsonReader reader,
        string key,
        PathSetting required,
        IReadOnlyList<Setting> settings
    )
    {
        var entries = new List<ConfigEntry>();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var line = GetLine(reader);
            if (reader.TokenType == JsonTokenType.String)
            {
                entries.Add(
                    new ConfigEntry(
                        ReadPath(reader, $"{key}[{i}]", isRequired: true) ?? "",
                        new Dictionary<Setting, string>()
                    )
                );
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                var problems = _problems.Count;
                var values = ReadObject(ref reader, settings, others: [], $"{key}[{i}].");
                if (values.Remove(required, out var path))
                {
                    entries.Add(new ConfigEntry(path, values));
                }
                else if (_problems.Count == problems)
                {
                    _problems.Add(
                        ConfigurationDiagnostics.WrongConfigValue(
                            _file,
                            line,
                            $"{key}[{i}]",
                            $"an object with the key {required.ConfigKey}",
                            "an object without it"
                        )
                    );
                }
            }
            else
            {
                Reject(ref reader, $"{key}[{i}]", $"a string or an object with the key {required.ConfigKey}");
            }
        }

        return entries;
    }

    /// <param name="isOtherValue">Whether the value has the right type, but is not valid.</param>
    private void Reject(ref Utf8JsonReader reader, string key, string expected, bool isOtherValue = false)
    {
        var found = reader.TokenType switch
        {
            JsonTokenType.String when isOtherValue => $"'{LogSanitizer.HideSecret(ReadText(reader))}'",
            JsonTokenType.Number when isOtherValue => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.Null => "null",
            _ => "true or false",
        };
        _problems.Add(ConfigurationDiagnostics.WrongConfigValue(_file, GetLine(reader), key, expected, found));
        reader.Skip();
    }

    private static bool IsSecret(string key)
    {
        var letters = string.Concat(key.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return SecretWords.Any(word => letters.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Reads a path, and reports one that leads out of the project, also through symbolic links.</summary>
    /// <param name="isRequired">
    /// Whether an empty value, which stands for the default of a setting, is an error. Such a path is that of assets,
    /// whose names can contain control characters.
    /// </param>
    /// <returns>A full path; empty if the value is empty; null if it is not valid.</returns>
    private string? ReadPath(Utf8JsonReader reader, string key, bool isRequired)
    {
        var text = ReadText(reader);
        if (text.Length == 0 && !isRequired)
        {
            return "";
        }

        var found =
            text.Length == 0 ? "an empty string"
            : text.Contains('\0', StringComparison.Ordinal) ? "a null character"
            : !isRequired && LogSanitizer.HasControlCharacter(text) ? "a line break or another control character"
            : null;
        if (found is not null)
        {
            _problems.Add(ConfigurationDiagnostics.WrongConfigValue(_file, GetLine(reader), key, "a path", found));
            return null;
        }

        var path = Path.GetFullPath(text, _folder);
        var target = PathResolver.Resolve(path);
        if (!_roots.Any(root => PathResolver.Contains(root, target)))
        {
            _problems.Add(ConfigurationDiagnostics.ConfigPathOutside(_file, GetLine(reader), key, target, _project));
        }

        return path;
    }

    /// <summary>Reads a string or a key.</summary>
    /// <exception cref="AssetException">
    /// It is not valid UTF-8, or an escape sequence is half of a surrogate pair.
    /// </exception>
    private string ReadText(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new AssetException(
                ConfigurationDiagnostics.UnreadableConfig(
                    _file,
                    GetLine(reader),
                    "it contains text that is not valid Unicode"
                )
            );
        }
    }

    private int GetLine(Utf8JsonReader reader) => _json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n') + 1;
}
