using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>
/// Reads settings from JSON. An error names the setting, its value and the valid values, and no setting changes.
/// </summary>
/// <param name="kind">What the settings are called, such as <c>fault setting</c>.</param>
internal sealed class SettingsReader<T>(string kind, IReadOnlyList<Setting<T>> table, JsonTypeInfo<T> type)
    where T : new()
{
    private const int MaxShownLength = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the settings in a request; those that the JSON omits have their defaults.</summary>
    /// <exception cref="ApiException">The settings are not valid.</exception>
    public async Task<T> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream();
        await body.CopyToAsync(json, cancellationToken);
        try
        {
            return Read(json.GetBuffer().AsMemory(0, (int)json.Length), new T());
        }
        catch (SettingsException exception)
        {
            throw ApiException.Invalid(exception.Message);
        }
    }

    /// <param name="defaults">The values of the settings that the JSON omits.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public T Read(ReadOnlyMemory<byte> json, T defaults)
    {
        if (FindInvalidByte(json.Span) is { } position)
        {
            throw NotText("UTF-8", GetLine(json.Span, position));
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement, json.Span, defaults);
        }
        catch (JsonException exception)
        {
            // The message of the exception ends with the position, whose line is counted from 0.
            var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var reason = end < 0 ? exception.Message : exception.Message[..end];
            throw new SettingsException($"The {kind}s are not valid JSON: {reason}", exception.LineNumber + 1);
        }
        catch (InvalidOperationException exception)
        {
            // A name or text is not valid Unicode, which is found only when it is read.
            throw new SettingsException($"The {kind}s are not valid JSON: {exception.Message}", line: null);
        }
    }

    /// <summary>The settings are not in the encoding that they should have.</summary>
    public SettingsException NotText(string encoding, long? line) =>
        new($"The {kind}s are not valid {encoding}. Save the JSON as UTF-8.", line);

    private T Read(JsonElement json, ReadOnlySpan<byte> source, T defaults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new SettingsException($"The {kind}s must be a JSON object. The value is {Format(json)}.", line: null);
        }

        var names = table.Select(setting => setting.JsonName).ToList();
        foreach (var property in json.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new SettingsException(
                    $"'{Shorten(property.Name)}' is not a {kind}. The settings are {string.Join(", ", names)}.",
                    FindLine(source, property.Name)
                );
            }
        }

        var settings = Deserialize(json, source, defaults);
        return table.FindProblem(settings) is { } problem
            ? throw new SettingsException(problem.ToString(), FindLine(source, problem.Name))
            : settings;
    }

    private T Deserialize(JsonElement json, ReadOnlySpan<byte> source, T defaults)
    {
        try
        {
            return JsonSerializer.Deserialize(AddDefaults(json, defaults), type)!;
        }
        catch (JsonException exception)
            when (exception.Path is ['$', '.', .. var name] && json.TryGetProperty(name, out var value))
        {
            var expected = table.Single(setting => setting.JsonName == name).ExpectedJson;
            throw new SettingsException(
                $"{name} must be {expected}. The value is {Format(value)}.",
                FindLine(source, name)
            );
        }
    }

    /// <summary>The generated code would not apply the initializers of properties that the JSON omits.</summary>
    private byte[] AddDefaults(JsonElement json, T defaults)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in JsonSerializer.SerializeToNode(defaults, type)!.AsObject())
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(
                    json.TryGetProperty(name, out var given) ? given.GetRawText() : value?.ToJsonString() ?? "null"
                );
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <returns>The line of a setting, from 1; null if the JSON does not contain it.</returns>
    private static long? FindLine(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (
                reader.TokenType == JsonTokenType.PropertyName
                && reader.CurrentDepth == 1
                && reader.ValueTextEquals(name)
            )
            {
                return GetLine(json, (int)reader.TokenStartIndex);
            }
        }

        return null;
    }

    private static long GetLine(ReadOnlySpan<byte> json, int position) => json[..position].Count((byte)'\n') + 1;

    /// <returns>Null if all bytes are UTF-8.</returns>
    private static int? FindInvalidByte(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (position < text.Length)
        {
            if (Rune.DecodeFromUtf8(text[position..], out _, out var length) != OperationStatus.Done)
            {
                return position;
            }

            position += length;
        }

        return null;
    }

    private static string Format(JsonElement json) => Shorten(json.GetRawText());

    private static string Shorten(string text) => text.Length <= MaxShownLength ? text : $"{text[..MaxShownLength]}…";
}

/// <summary>Settings in JSON that are not valid.</summary>
/// <param name="line">Where, from 1; null if that is not known.</param>
internal sealed class SettingsException(string message, long? line) : Exception(message)
{
    public long? Line => line;
}
