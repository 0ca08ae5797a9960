using System.Text;
using System.Text.Json;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Options;

/// <summary>Reads a config file, and collects all that is wrong with it, each with its line.</summary>
internal sealed class ConfigFileReader
{
    private readonly string _file;
    private readonly string _folder;
    private readonly byte[] _json;
    private readonly DiagnosticBag _problems = [];

    private ConfigFileReader(string file, byte[] json)
    {
        _file = file;
        _folder = Path.GetDirectoryName(file)!;
        _json = json;
    }

    /// <param name="file">Full path.</param>
    /// <exception cref="AssetException">It can't be read, or is wrong.</exception>
    public static ConfigFile Read(string file)
    {
        try
        {
            var json = File.ReadAllBytes(file);
            return new ConfigFileReader(
                file,
                json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json
            ).Read();
        }
        catch (JsonException broken)
        {
            // Only the place: the parser's own message quotes what it stumbled over.
            throw new AssetException(
                ConfigurationDiagnostics.UnreadableConfig(
                    file,
                    (int)(broken.LineNumber ?? 0) + 1,
                    "it is not valid JSON"
                )
            );
        }
        catch (InvalidOperationException)
        {
            throw new AssetException(
                ConfigurationDiagnostics.UnreadableConfig(file, 1, "it contains text that is not UTF-8")
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(ConfigurationDiagnostics.UnreadableConfig(file, 1, failure.Message));
        }
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
                ConfigurationDiagnostics.UnreadableConfig(_file, LineOf(reader), "it is not a JSON object")
            );
        }

        var values = ReadObject(ref reader, ConfigKeys.OfFile, "");
        while (reader.Read())
        {
            // to its end: what follows the object is no JSON
        }

        _problems.ThrowIfErrors();

        return new ConfigFile(_file, values, Entries(values, "folders"), Entries(values, "files"));
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, object>> Entries(
        Dictionary<string, object> values,
        string key
    ) => values.Remove(key, out var entries) ? (List<Dictionary<string, object>>)entries : [];

    /// <param name="path">What leads to the object, for messages: <c>folders[0].</c></param>
    private Dictionary<string, object> ReadObject(ref Utf8JsonReader reader, IReadOnlyList<ConfigKey> keys, string path)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var line = LineOf(reader);
            var name = reader.GetString()!;
            var key = keys.FirstOrDefault(key => key.Name == name);
            reader.Read();
            if (key is null)
            {
                _problems.Add(
                    ConfigSecrets.IsLikeOne(name)
                        ? ConfigurationDiagnostics.SecretInConfig(_file, line, path + name)
                        : ConfigurationDiagnostics.UnknownConfigKey(
                            _file,
                            line,
                            path + name,
                            NameSuggester.Of(name, keys.Select(known => known.Name))
                        )
                );
                reader.Skip();
            }
            else if (!seen.Add(name))
            {
                _problems.Add(ConfigurationDiagnostics.DoubledConfigKey(_file, line, path + name));
                reader.Skip();
            }
            else if (ReadValue(ref reader, key, path) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    /// <returns>Null when it is not what the key takes; the reader is at its end in any case.</returns>
    private object? ReadValue(ref Utf8JsonReader reader, ConfigKey key, string path)
    {
        switch (key.Kind, reader.TokenType)
        {
            case (ConfigKind.Text, JsonTokenType.String):
                return reader.GetString();
            case (ConfigKind.Path, JsonTokenType.String):
                return Full(reader.GetString()!);
            case (ConfigKind.Choice, JsonTokenType.String)
                when Array.Find(key.Words, Matches(reader.GetString()!)) is { } word:
                return word;
            case (ConfigKind.Flag, JsonTokenType.True or JsonTokenType.False):
                return reader.GetBoolean();
            case (ConfigKind.Number, JsonTokenType.Number) when reader.TryGetInt32(out var number):
                return number;
            case (ConfigKind.Texts, JsonTokenType.StartArray):
                return ReadTexts(ref reader, key, path);
            case (ConfigKind.Folders, JsonTokenType.StartArray):
                return ReadEntries(ref reader, key, "folder", ConfigKeys.OfFolder, path);
            case (ConfigKind.Files, JsonTokenType.StartArray):
                return ReadEntries(ref reader, key, "file", ConfigKeys.OfAssetFile, path);
            default:
                Refuse(ref reader, path + key.Name, key.Expected);
                return null;
        }
    }

    private string[] ReadTexts(ref Utf8JsonReader reader, ConfigKey key, string path)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            else
            {
                Refuse(ref reader, path + key.Name, key.Expected);
            }
        }

        return [.. texts];
    }

    /// <param name="nameKey">The key that an entry must have; a text is short for an object with nothing else.</param>
    private List<Dictionary<string, object>> ReadEntries(
        ref Utf8JsonReader reader,
        ConfigKey key,
        string nameKey,
        IReadOnlyList<ConfigKey> keys,
        string path
    )
    {
        var entries = new List<Dictionary<string, object>>();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var line = LineOf(reader);
            if (reader.TokenType == JsonTokenType.String)
            {
                entries.Add(new Dictionary<string, object> { [nameKey] = Full(reader.GetString()!) });
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                var problems = _problems.Count;
                var entry = ReadObject(ref reader, keys, $"{path}{key.Name}[{i}].");
                if (!entry.ContainsKey(nameKey) && _problems.Count == problems)
                {
                    _problems.Add(
                        ConfigurationDiagnostics.WrongConfigValue(
                            _file,
                            line,
                            $"{key.Name}[{i}]",
                            $"an object with the key {nameKey}",
                            "one without"
                        )
                    );
                }

                entries.Add(entry);
            }
            else
            {
                Refuse(ref reader, $"{key.Name}[{i}]", $"a text or an object with the key {nameKey}");
            }
        }

        return entries;
    }

    private void Refuse(ref Utf8JsonReader reader, string key, string expected)
    {
        var found = reader.TokenType switch
        {
            JsonTokenType.String => expected.StartsWith("one of", StringComparison.Ordinal) ? "another text" : "a text",
            JsonTokenType.Number => expected.EndsWith("number", StringComparison.Ordinal)
                ? "another number"
                : "a number",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.Null => "null",
            _ => "true or false",
        };
        _problems.Add(ConfigurationDiagnostics.WrongConfigValue(_file, LineOf(reader), key, expected, found));
        reader.Skip();
    }

    private string Full(string path) => path.Length == 0 ? "" : Path.GetFullPath(path, _folder);

    private int LineOf(Utf8JsonReader reader) => _json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n') + 1;

    private static Predicate<string> Matches(string text) =>
        word => word.Equals(text, StringComparison.OrdinalIgnoreCase);
}
